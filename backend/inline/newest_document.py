"""How new a debtor's newest invoice is, settled or not: what a retention period runs from."""

from datetime import date

from backend.runtime.database import Connection
from backend.values.identifiers import DebtorId, TenantId


async def newest_due_on(
    connection: Connection, tenant_id: TenantId, generation: int, debtor_id: DebtorId
) -> date | None:
    """The latest due date of all invoices of the debtor; `None` without any. Reads the whole tenant: rare use only."""
    found = await connection.execute(
        b"SELECT max(due_on) FROM inline_open_receivables WHERE tenant_id = %b AND generation = %b AND debtor_id = %b",
        (tenant_id, generation, debtor_id),
    )
    row = await found.fetchone()
    return row[0] if row else None
