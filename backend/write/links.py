"""Links that open one invoice without an account: made, revoked, followed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from backend.events.links import InvoiceLinkMade, InvoiceLinksRevoked, InvoiceViewed
from backend.tenants.capabilities import Capability
from backend.tenants.invoice_links import LINK_LASTS, MAX_GENERATION
from backend.values.identifiers import InvoiceId
from backend.values.why import Why
from backend.write.command import command
from backend.write.debtors.erase import still_known
from backend.write.invoices.refusals import InvoiceNotIssued
from backend.write.refusal import InvalidValue
from backend.write.states.debtor import DEBTOR
from backend.write.states.issuer import ISSUER
from backend.write.states.shared_invoice import SHARED, Shared
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
        raise InvalidValue(Why.LINKS_REVOKED_TOO_OFTEN, path=("invoiceId",))
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


@command(Capability.DELIVERIES_SEND)
async def make_invoice_link(command: MakeInvoiceLink, work: UnitOfWork) -> None:
    shared = await work.get(SHARED, command.invoice_id, path=("invoiceId",))
    work.authorise((await work.get(ISSUER, shared.issuer_id)).node)
    issued(shared)
    still_known(await work.get(DEBTOR, shared.debtor_id))
    made = make_link(command.invoice_id, shared, work.now)
    work.record(command.invoice_id, made)
    # What the link is signed from, and never the link: receipts are kept.
    work.answer = {
        "invoice_id": str(command.invoice_id),
        "generation": made.generation,
        "expires_at": made.expires_at.isoformat(),
    }


@command(Capability.DELIVERIES_SEND)
async def revoke_invoice_links(command: RevokeInvoiceLinks, work: UnitOfWork) -> None:
    shared = await work.get(SHARED, command.invoice_id, path=("invoiceId",))
    work.authorise((await work.get(ISSUER, shared.issuer_id)).node)
    work.record(command.invoice_id, revoke_links(command.invoice_id, shared))
    work.answer = {"invoice_id": str(command.invoice_id)}


@command(Capability.SYSTEM)
async def record_invoice_viewed(command: RecordInvoiceViewed, work: UnitOfWork) -> None:
    work.authorise(None)
    shared = await work.get(SHARED, command.invoice_id, path=("invoiceId",))
    issued(shared)
    if (event := viewed(command.invoice_id, shared, work.today(shared.zone))) is not None:
        work.record(command.invoice_id, event)
    work.answer = {"invoice_id": str(command.invoice_id)}
