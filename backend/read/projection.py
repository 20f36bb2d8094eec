"""What a read model is made of, how it declares itself, and how its rows are addressed.

`read/received.py` shows a small one whole: tables, projector and queries in one file, in this order. From 250 lines
on a read model is a package `read/<question>/{tables,projector,queries}.py`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Any, Final, TypeVar, get_args

from sqlalchemy import Table

from backend.journal.codec import Recorded
from backend.journal.projection import Projection, Target
from backend.runtime.database import Connection

__all__ = ["Projection", "Recorded", "Target", "declared", "key_of", "live", "projection"]

# The conventions every read model follows:
#
# Tables      `INVOICES: Final = read_table("read_invoices", …, key=("invoice_id",))`: names begin with `read_`, keys
#             and indexes with (tenant_id, generation). Amounts are `*_minor` beside `currency`; due dates are stored,
#             never anything that moves with the calendar. Columns no event decides carry info={"operational": True}.
# Projector   One function `fold(connection, target, events)` and `projection(name, tables=…, handles=…, fold=…)`, or
#             `fact_list(…)` where an event is a row. A fold gets up to 5,000 events of many streams: it folds them in
#             Python into rows, then writes sets (`bulk.insert_rows`, `update_rows`, `delete_rows`), each row at most
#             once per statement. It depends on the events and its own tables only, so that a rebuild gives the same
#             rows however the batches fall. It never asks for the time; it does not catch errors.
#             Personal fields of an event may be None (erased); `PersonalDataErased` blanks the rows written before,
#             to exactly what a rebuild without the key would write. Other read models and inline tables are not read.
# Queries     `@query(Capability.X) async def name(connection, reader, *, …)`; every statement says
#             `tenant_id = %b AND generation = {live('name')}` and filters by the reader's reach (see `where.Where`).
#             Results are frozen slotted dataclasses, lists come as `paging.Page` or have a limit constant. What
#             depends on today takes `today: date` or `now: datetime`.

Fold = Callable[[Connection, Target, Sequence[Recorded]], Awaitable[None]]
P = TypeVar("P", bound=Projection)

# By name, as far as their modules are imported: `registry.projections()` imports them all.
DECLARED: Final[dict[str, Projection]] = {}


@dataclass(frozen=True, slots=True)
class ReadModel:
    """A projection made of one function."""

    name: str
    tables: tuple[Table, ...]
    handles: frozenset[type]
    fold: Fold

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        await self.fold(connection, target, events)


def projection(name: str, *, tables: Sequence[Table], handles: type | UnionType, fold: Fold) -> ReadModel:
    """Declare a projection. `handles` is the union of the events it folds, and what its `match` is checked against:

        Handled = TokenCreated | TokenRevoked

        async def _fold(connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
            for recorded in events:
                event: Handled = recorded.event
                match event:
                    case TokenCreated(): …
                    case TokenRevoked(): …
                    case _: assert_never(event)

        ACCESS: Final = projection("access", tables=(TOKENS,), handles=Handled, fold=_fold)

    A type without a case does not type-check, and a case without a type is unreachable: the two cannot part.
    """
    return declared(ReadModel(name, tuple(tables), frozenset(get_args(handles) or (handles,)), fold))


def declared(model: P) -> P:
    """Register a projection under its name."""
    if DECLARED.setdefault(model.name, model) is not model:
        raise TypeError(f"the projection {model.name} exists twice")
    return model


def live(projection: str) -> str:
    """SQL for the live generation of a projection in the tenant of the transaction. The name is a literal of ours."""
    assert projection.isidentifier(), "a projection is named by a constant"
    return (
        "(SELECT generation FROM checkpoints WHERE tenant_id = current_setting('app.tenant_id')::uuid"
        # Of both books it is the same: they are switched together.
        f" AND projection = '{projection}' AND live LIMIT 1)"
    )


def key_of(target: Target) -> tuple[Any, int]:
    """The first two columns of every row a projector writes."""
    return target.tenant_id, target.generation
