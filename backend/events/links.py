"""What happens to the links that open one invoice without an account."""

from datetime import date, datetime

from backend.events.event import event
from backend.values.identifiers import InvoiceId


@event("invoice-link-made", about="invoice_id")
class InvoiceLinkMade:
    """Somebody took a link for the debtor. The link itself is kept nowhere; it opens the invoice until `expires_at`,
    unless links of its `generation` are revoked before."""

    invoice_id: InvoiceId
    generation: int
    expires_at: datetime


@event("invoice-links-revoked", about="invoice_id")
class InvoiceLinksRevoked:
    """Every link made or mailed before opens nothing any more. `generation` is that of the links made from now on."""

    invoice_id: InvoiceId
    generation: int


@event("invoice-viewed", about="invoice_id")
class InvoiceViewed:
    """The invoice was opened by its link, for the first time on this day of the issuer's calendar."""

    invoice_id: InvoiceId
    viewed_on: date
