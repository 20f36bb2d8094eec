"""An invoice as its link shows it: what was issued, and what has become of it up to this moment.

Read from the journal and the inline balance, because a link that was revoked, a person who was erased and a debt that
was paid must show at once, whatever the projections are doing.
"""

from dataclasses import dataclass
from datetime import date

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import InvoiceIssued
from backend.inline.open_receivables import balance_of
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of, inline_generation
from backend.read.payments import payments
from backend.runtime.database import ReadConnection
from backend.services import Services
from backend.tenants.actor import Reader
from backend.tenants.invoice_links import InvoiceLink
from backend.values.identifiers import CreditNoteId, InvoiceId, TenantId
from backend.values.money import Money
from backend.write.states.invoice import INVOICE, IssuedState


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """The credit note that took the invoice back."""

    number: str
    issued_on: date
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedInvoice:
    """`digest` is that of its stored PDF, `credit` of a cancelled invoice only, `paid_on` the day of the last payment
    of one that is settled."""

    issued: InvoiceIssued
    digest: str
    cancelled: bool
    open: Money
    credit: Credit | None
    paid_on: date | None


async def shared_invoice(services: Services, link: InvoiceLink) -> SharedInvoice | None:
    """What `link` opens; `None` when it ended, was revoked, or when nothing of it may be shown any more."""
    if services.clock.now() >= link.expires_at:
        return None
    async with services.database.snapshot(link.tenant_id) as connection:
        keys = PersonKeys(services.keyring, connection, link.tenant_id)
        found = await events_of(connection, link.tenant_id, {link.invoice_id: 0}, keys)
        invoice = INVOICE.fold(recorded.event for recorded in found[link.invoice_id])
        if not isinstance(invoice, IssuedState) or invoice.event.debtor is None:
            return None
        if link.generation != invoice.link_generation:
            return None
        return await _as_it_stands(connection, link, invoice, keys)


async def _as_it_stands(
    connection: ReadConnection, link: InvoiceLink, invoice: IssuedState, keys: PersonKeys
) -> SharedInvoice:
    issued, cancelled_by = invoice.event, invoice.cancelled_by
    generation = await inline_generation(connection, link.tenant_id)
    open_minor = await balance_of(connection, link.tenant_id, generation, link.invoice_id)
    settled = cancelled_by is None and open_minor <= 0
    return SharedInvoice(
        issued=issued,
        digest=invoice.document,
        cancelled=invoice.cancelled,
        open=Money(open_minor, issued.currency),
        credit=await _credit(connection, link.tenant_id, cancelled_by, keys) if cancelled_by else None,
        paid_on=await _paid_on(connection, link.tenant_id, link.invoice_id) if settled else None,
    )


async def _credit(
    connection: ReadConnection, tenant_id: TenantId, credit_note_id: CreditNoteId, keys: PersonKeys
) -> Credit | None:
    found = await events_of(connection, tenant_id, {credit_note_id: 0}, keys)
    event = next((each.event for each in found[credit_note_id] if isinstance(each.event, CreditNoteIssued)), None)
    if event is None:
        return None
    return Credit(number=event.number, issued_on=event.issued_on, total=Money(event.total_minor, event.currency))


async def _paid_on(connection: ReadConnection, tenant_id: TenantId, invoice_id: InvoiceId) -> date | None:
    """The day the last money came. From a projection: it may be missing for a moment, it is never wrong."""
    page = await payments(connection, Reader(tenant_id=tenant_id), invoice_id=invoice_id)
    return max((row.received_on for row in page.items), default=None)
