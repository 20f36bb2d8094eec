"""How a dispatch begins: one delivery record with one Message-ID for ever."""

from typing import Final

from backend.events.deliveries import DeliveryQueued
from backend.events.invoices import InvoiceIssued
from backend.values.identifiers import DeliveryId

# The domain of Message-IDs is part of an identifier and not an address; it need not exist (RFC 5322, 3.6.4).
MESSAGE_ID_DOMAIN: Final = "invoices.carreau"


def queue_delivery(issued: InvoiceIssued, delivery_id: DeliveryId, *, to_address: str) -> DeliveryQueued:
    """The invoice is to be e-mailed to `to_address`, in its own language."""
    return DeliveryQueued(
        delivery_id=delivery_id,
        invoice_id=issued.invoice_id,
        debtor_id=issued.debtor_id,
        channel="email",
        language=issued.language,
        message_id=f"<{delivery_id}@{MESSAGE_ID_DOMAIN}>",
        to_address=to_address,
    )
