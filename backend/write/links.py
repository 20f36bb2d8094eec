"""Links that open one invoice without an account: made, revoked, followed."""

from dataclasses import dataclass
from datetime import date, datetime

from backend.events.links import InvoiceLinkMade, InvoiceLinksRevoked, InvoiceViewed
from backend.tenants.capabilities import Capability
from backend.tenants.invoice_links import MAX_GENERATION, expiry
from backend.values.identifiers import InvoiceId
from backend.values.why import Why
from backend.write.command import command
from backend.write.debtors.erase import still_known
from backend.write.invoices.refusals import InvoiceNotIssued
from backend.write.refusal import InvalidValue
from backend.write.states.debtor import DEBTOR
from backend.write.states.invoice import INVOICE, Invoice, IssuedState
from backend.write.states.issuer import ISSUER
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeInvoiceLink:
    """A link for the debtor, to hand over by other means than our mail."""

    invoice_id: InvoiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeInvoiceLinks:
    """Let no link to the invoice open anything that was made or mailed before."""

    invoice_id: InvoiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInvoiceViewed:
    """A link was followed. Once a day is news; more often is not."""

    invoice_id: InvoiceId


def make_link(invoice: Invoice, now: datetime) -> InvoiceLinkMade:
    """A link of the generation in force. Raises `InvoiceNotIssued`."""
    shared = issued(invoice)
    return InvoiceLinkMade(
        invoice_id=shared.event.invoice_id,
        generation=shared.link_generation,
        expires_at=expiry(shared.event.due_on, now),
    )


def revoke_links(invoice: Invoice) -> InvoiceLinksRevoked:
    """All links before end. Also of a cancelled invoice, and of one whose debtor was erased."""
    shared = issued(invoice)
    if shared.link_generation >= MAX_GENERATION:
        raise InvalidValue(Why.LINKS_REVOKED_TOO_OFTEN, path=("invoiceId",))
    return InvoiceLinksRevoked(invoice_id=shared.event.invoice_id, generation=shared.link_generation + 1)


def viewed(shared: IssuedState, today: date) -> InvoiceViewed | None:
    """That somebody followed a link; `None` when the day has its event already."""
    if shared.viewed_on is not None and shared.viewed_on >= today:
        return None
    return InvoiceViewed(invoice_id=shared.event.invoice_id, viewed_on=today)


def issued(invoice: Invoice) -> IssuedState:
    """The invoice, if it was issued here. Raises `InvoiceNotIssued` for a draft and for one from before our time."""
    if not isinstance(invoice, IssuedState):
        raise InvoiceNotIssued("only an invoice issued here has links", path=("invoiceId",))
    return invoice


@command(Capability.DELIVERIES_SEND)
async def make_invoice_link(command: MakeInvoiceLink, work: UnitOfWork) -> None:
    """Load the invoice, record that a link was made, and answer what the link is derived from."""
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    work.authorise((await work.get(ISSUER, invoice.issuer_id)).node)
    still_known(await work.get(DEBTOR, issued(invoice).event.debtor_id))
    made = make_link(invoice, work.now)
    work.record(command.invoice_id, made)
    # What the link is signed from, and never the link: receipts are kept.
    work.answer = {
        "invoice_id": str(command.invoice_id),
        "generation": made.generation,
        "expires_at": made.expires_at.isoformat(),
    }


@command(Capability.DELIVERIES_SEND)
async def revoke_invoice_links(command: RevokeInvoiceLinks, work: UnitOfWork) -> None:
    """Load the invoice, and record that its links end."""
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    work.authorise((await work.get(ISSUER, invoice.issuer_id)).node)
    work.record(command.invoice_id, revoke_links(invoice))
    work.answer = {"invoice_id": str(command.invoice_id)}


@command(Capability.SYSTEM)
async def record_invoice_viewed(command: RecordInvoiceViewed, work: UnitOfWork) -> None:
    """Load the invoice, and record that it was seen, once a day."""
    work.authorise(None)
    shared = issued(await work.get(INVOICE, command.invoice_id, path=("invoiceId",)))
    work.record(command.invoice_id, viewed(shared, work.today(shared.event.issuer.time_zone)))
    work.answer = {"invoice_id": str(command.invoice_id)}
