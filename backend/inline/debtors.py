"""Who may be billed: which member and club numbers are taken and by whom, and where each debtor belongs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from sqlalchemy import Column, Index, Table, Text, Uuid

from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.runtime.bulk import insert_rows, update_rows
from backend.runtime.database import Connection
from backend.runtime.tables import read_table
from backend.values.identifiers import DebtorId, TenantId

debtors: Final = read_table(
    "inline_debtors",
    Column("debtor_id", Uuid, nullable=False),
    Column("reference", Text, nullable=False),
    # The member's club, or the club itself: the debt gate answers whoever reaches it.
    Column("org_node_id", Uuid),
    key=("debtor_id",),
)
Index("inline_debtors_reference", debtors.c.tenant_id, debtors.c.generation, debtors.c.reference, unique=True)

_KEY: Final = ("tenant_id", "generation", "debtor_id")


async def debtors_by_reference(
    connection: Connection, tenant_id: TenantId, generation: int, references: Sequence[str]
) -> dict[str, DebtorId]:
    """The debtors that have one of `references`."""
    found = await connection.execute(
        b"SELECT reference, debtor_id FROM inline_debtors"
        b" WHERE tenant_id = %b AND generation = %b AND reference = ANY(%b)",
        (tenant_id, generation, list(references)),
    )
    return {reference: DebtorId(debtor_id) for reference, debtor_id in await found.fetchall()}


@dataclass(frozen=True, slots=True)
class _Debtors:
    name: str = "debtors"
    tables: tuple[Table, ...] = (debtors,)
    handles: frozenset[type] = frozenset({DebtorRegistered, DebtorRevised})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        registered: dict[DebtorId, tuple[object, ...]] = {}
        moved: dict[DebtorId, tuple[object, ...]] = {}
        for recorded in events:
            event: DebtorRegistered | DebtorRevised = recorded.event
            place = (target.tenant_id, target.generation, event.debtor_id)
            match event:
                case DebtorRegistered():
                    registered[event.debtor_id] = (*place, event.org_node_id, event.reference)
                case DebtorRevised():
                    moved[event.debtor_id] = (*place, event.org_node_id)
                case _:
                    assert_never(event)
        await insert_rows(connection, debtors, (*_KEY, "org_node_id", "reference"), list(registered.values()))
        # Afterwards: who was registered in this batch may have moved in it, too.
        await update_rows(
            connection, debtors, _KEY, {"org_node_id": "v.org_node_id"}, (*_KEY, "org_node_id"), list(moved.values())
        )


DEBTORS: Final = _Debtors()
