"""The invoice a receipt speaks of, read again after its command."""

from uuid import UUID

from backend.api.graphql.context import Info
from backend.api.invoices.types import Invoice, find_invoice
from backend.write.execute import Receipt


async def answered_invoice(info: Info, receipt: Receipt) -> Invoice | None:
    """As it is now; null when it is gone, or beyond what you may read."""
    found: Invoice | None = await find_invoice(info, UUID(receipt.answer["invoice_id"]))
    return found
