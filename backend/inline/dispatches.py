"""Whether an invoice is being dispatched at this moment: asked before a second dispatch is queued."""

from backend.runtime.database import Connection
from backend.values.identifiers import InvoiceId, TenantId


async def is_under_way(connection: Connection, tenant_id: TenantId, generation: int, invoice_id: InvoiceId) -> bool:
    """Whether an attempt of any of the invoice's deliveries is still due. Reads the due ones only, which are few."""
    found = await connection.execute(
        b"SELECT 1 FROM inline_delivery_work"
        b" WHERE tenant_id = %b AND generation = %b AND due_at IS NOT NULL AND invoice_id = %b LIMIT 1",
        (tenant_id, generation, invoice_id),
    )
    return await found.fetchone() is not None
