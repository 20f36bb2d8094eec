"""Which member and club numbers are taken, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Column, Table, Text, Uuid

from backend.events.debtors import DebtorRegistered
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.runtime.tables import read_table
from backend.values.identifiers import DebtorId, TenantId

debtor_references: Final = read_table(
    "inline_debtor_references",
    Column("reference", Text, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    key=("reference",),
)


async def debtors_by_reference(
    connection: Connection, tenant_id: TenantId, generation: int, references: Sequence[str]
) -> dict[str, DebtorId]:
    """The debtors that have one of `references`."""
    found = await connection.execute(
        b"SELECT reference, debtor_id FROM inline_debtor_references"
        b" WHERE tenant_id = %b AND generation = %b AND reference = ANY(%b)",
        (tenant_id, generation, list(references)),
    )
    return {reference: DebtorId(debtor_id) for reference, debtor_id in await found.fetchall()}


@dataclass(frozen=True, slots=True)
class _DebtorReferences:
    name: str = "debtor_references"
    tables: tuple[Table, ...] = (debtor_references,)
    handles: frozenset[type] = frozenset({DebtorRegistered})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        rows = [(target.tenant_id, target.generation, r.event.reference, r.event.debtor_id) for r in events]
        await insert_rows(connection, debtor_references, ("tenant_id", "generation", "reference", "debtor_id"), rows)


DEBTOR_REFERENCES: Final = _DebtorReferences()
