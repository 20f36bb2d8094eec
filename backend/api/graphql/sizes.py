"""How long every list is that is no connection: what it typically holds (for the cost), and what it can hold at most.

A test walks the schema: a list that is not named here fails it.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Size:
    """`typical` is what a query pays for, `limit` what the rules or the query behind it allow."""

    typical: int
    limit: int


LIST_SIZES: Final[dict[str, Size]] = {
    "Query.nodes": Size(100, 100),
    "Refused.path": Size(3, 20),
}
