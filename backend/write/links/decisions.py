"""When a link is made, how long it opens the invoice, and what revokes it. Pure."""

from datetime import UTC, date, datetime, time

from backend.events.links import InvoiceLinkMade, InvoiceLinksRevoked, InvoiceViewed
from backend.tenants.invoice_links import LINK_LASTS, MAX_GENERATION
from backend.values.identifiers import InvoiceId
from backend.write.invoices.refusals import InvoiceNotIssued
from backend.write.links.link import Shared
from backend.write.refusal import InvalidValue


def expiry(due_on: date, made_at: datetime) -> datetime:
    """When a link made now ends. The same for every attempt of one dispatch, so that its mail stays the same."""
    due_at = datetime.combine(due_on, time(), UTC)
    return max(made_at, due_at).replace(microsecond=0) + LINK_LASTS


def make_link(invoice_id: InvoiceId, shared: Shared, now: datetime) -> InvoiceLinkMade:
    """A link of the generation in force. Raises `InvoiceNotIssued`."""
    return InvoiceLinkMade(invoice_id=invoice_id, generation=shared.generation, expires_at=expiry(issued(shared), now))


def revoke_links(invoice_id: InvoiceId, shared: Shared) -> InvoiceLinksRevoked:
    """All links before end. Also of a cancelled invoice, and of one whose debtor was erased."""
    issued(shared)
    if shared.generation >= MAX_GENERATION:
        raise InvalidValue("the links of this invoice were revoked too often", path=("invoiceId",))
    return InvoiceLinksRevoked(invoice_id=invoice_id, generation=shared.generation + 1)


def viewed(invoice_id: InvoiceId, shared: Shared, today: date) -> InvoiceViewed | None:
    """That somebody followed a link; `None` when the day has its event already."""
    issued(shared)
    if shared.viewed_on is not None and shared.viewed_on >= today:
        return None
    return InvoiceViewed(invoice_id=invoice_id, viewed_on=today)


def issued(shared: Shared) -> date:
    """The due date. Raises `InvoiceNotIssued` for a draft and for an invoice from before our time."""
    if shared.due_on is None:
        raise InvoiceNotIssued("only an invoice issued here has links", path=("invoiceId",))
    return shared.due_on
