"""How often Python searches for circular garbage: rarely, because almost nothing here is circular."""

import gc
from typing import Final

# Objects made beyond those freed, before the youngest are searched. With Python's 700, folding a batch of events spends
# 40 per cent of its time in searches that find nothing, and a renewal run 30 (`carreau bench`).
YOUNGEST: Final = 50_000


def search_rarely() -> None:
    """Exempt the loaded modules from the search for garbage, and make it rare, for the whole process."""
    gc.freeze()
    gc.set_threshold(YOUNGEST, 20, 100)
