"""What a read model is made of, and how its rows are addressed. `read/received` shows a small one whole.

A read model is `read/<name>/{tables,projector,queries}.py`: disposable tables computed from the journal.
"""

from typing import Any

from backend.journal.codec import Recorded
from backend.journal.projection import Projection, Target

__all__ = ["Projection", "Recorded", "Target", "key_of", "live"]

# The conventions every read model follows:
#
# tables.py     `invoices: Final = read_table("read_invoices", …, key=("invoice_id",))`: names begin with `read_`, keys
#               and indexes with (tenant_id, generation). Amounts are `*_minor` beside `currency`; due dates are stored,
#               never anything that moves with the calendar. Columns no event decides carry info={"operational": True}.
# projector.py  a frozen slotted dataclass with `name`, `tables`, `handles`, `apply`, and one constant of it, added to
#               `PROJECTIONS` in `registry.py`. `apply` gets up to 5,000 events of many streams: fold them in Python
#               into rows, then write sets (`bulk.insert_rows`, `update_rows`, `delete_rows`), each row at most once
#               per statement. It depends on the events and its own tables only, so that a rebuild gives the same rows
#               however the batches fall. It never asks for the time; it does not catch errors.
#               Personal fields of an event may be None (erased); `PersonalDataErased` blanks the rows written before,
#               to exactly what a rebuild without the key would write. Other read models and inline tables are not read.
# queries.py    `@query(Capability.X) async def name(connection, reader, *, …)`, registered in `query.QUERIES`; every
#               statement says `tenant_id = %b AND generation = {live('name')}` and filters by the reader's reach
#               (see `where.Where`). Results are frozen slotted dataclasses, lists come as `paging.Page` or have a limit
#               constant. What depends on today takes `today: date`.


def live(projection: str) -> str:
    """SQL for the live generation of a projection in the tenant of the transaction. The name is a literal of ours."""
    assert projection.isidentifier(), "a projection is named by a constant"
    return (
        "(SELECT generation FROM checkpoints WHERE tenant_id = current_setting('app.tenant_id')::uuid"
        f" AND projection = '{projection}' AND live)"
    )


def key_of(target: Target) -> tuple[Any, int]:
    """The first two columns of every row a projector writes."""
    return target.tenant_id, target.generation
