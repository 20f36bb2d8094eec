"""What each debtor was already billed for: the semantic fingerprint that stops a double licence invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Column, Index, Integer, Table, Text, Uuid

from backend.events.invoices import InvoiceCancelled, InvoiceIssued
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.rules.billed import Billed
from backend.rules.invoice_kinds import INVOICE_KINDS
from backend.runtime.bulk import delete_rows, insert_rows
from backend.runtime.database import Connection
from backend.runtime.tables import read_table
from backend.values.identifiers import DebtorId, TenantId

billed: Final = read_table(
    "inline_billed",
    Column("debtor_id", Uuid, nullable=False),
    Column("season", Text, nullable=False),
    Column("component", Text, nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("invoice_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    key=("debtor_id", "season", "component", "occurrence"),
)
Index("inline_billed_invoice", billed.c.tenant_id, billed.c.generation, billed.c.invoice_id)
_COLUMNS: Final = ("tenant_id", "generation", "debtor_id", "season", "component", "occurrence", "invoice_id", "number")


async def billed_for(
    connection: Connection,
    tenant_id: TenantId,
    generation: int,
    debtors: Sequence[DebtorId],
    season: str,
    components: Sequence[str],
) -> dict[DebtorId, list[Billed]]:
    """For each of `debtors`, which of `components` it was already billed for in `season`."""
    found = await connection.execute(
        b"SELECT debtor_id, component, occurrence, number FROM inline_billed WHERE tenant_id = %b AND generation = %b"
        b" AND debtor_id = ANY(%b) AND season = %b AND component = ANY(%b) ORDER BY occurrence",
        (tenant_id, generation, list(debtors), season, list(components)),
    )
    result: dict[DebtorId, list[Billed]] = {debtor: [] for debtor in debtors}
    for row in await found.fetchall():
        result[row[0]].append(Billed(*row))
    return result


@dataclass(frozen=True, slots=True)
class _BilledProjection:
    name: str = "billed"
    tables: tuple[Table, ...] = (billed,)
    handles: frozenset[type] = frozenset({InvoiceIssued, InvoiceCancelled})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        tenant, generation, rows = target.tenant_id, target.generation, []
        # A rebuild meets an invoice, its cancellation and the next invoice for the same component at once: what is
        # free again must be free before it is taken again.
        cancelled = {recorded.event.invoice_id for recorded in events if isinstance(recorded.event, InvoiceCancelled)}
        for recorded in events:
            match recorded.event:
                case InvoiceIssued() as e if not INVOICE_KINDS[e.type].repeats and e.invoice_id not in cancelled:
                    for component in {line.component for line in e.lines}:
                        rows.append(
                            (tenant, generation, e.debtor_id, e.season, component, e.occurrence, e.invoice_id, e.number)
                        )
        free = [(tenant, generation, invoice_id) for invoice_id in cancelled]
        await delete_rows(connection, billed, ("tenant_id", "generation", "invoice_id"), free)
        await insert_rows(connection, billed, _COLUMNS, rows)


BILLED: Final = _BilledProjection()
