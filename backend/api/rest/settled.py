"""What settled invoices: the payments that arrived, and the credit notes that took invoices back."""

from backend.api.credit_notes import CreditNote
from backend.api.payments import Payment
from backend.api.rest.endpoint import Answer, Call, needs
from backend.api.rest.invoices import invoice_of
from backend.api.rest.shapes import Page, PageQuery, paged
from backend.api.shown import Shown
from backend.read.credit_notes import credit_notes
from backend.read.payments import payments
from backend.values.identifiers import DebtorId, InvoiceId


class SettledQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which invoice, of which debtor; of all, if nothing is said."""

    invoice_id: InvoiceId | None = None
    debtor_id: DebtorId | None = None


@needs(payments)
async def list_all_payments(call: Call, query: SettledQuery) -> Answer[Page[Shown[Payment]]]:
    """Payments, the newest first."""
    found = await call.ask(payments, invoice_id=query.invoice_id, debtor_id=query.debtor_id, page=query.page)
    return paged(call, found, Payment.shown)


@needs(payments)
async def list_payments(call: Call, invoice_id: InvoiceId, query: PageQuery) -> Answer[Page[Shown[Payment]]]:
    """What was paid on an invoice, the newest first."""
    await invoice_of(call, invoice_id)
    return paged(call, await call.ask(payments, invoice_id=invoice_id, page=query.page), Payment.shown)


@needs(credit_notes)
async def list_credit_notes(call: Call, query: SettledQuery) -> Answer[Page[Shown[CreditNote]]]:
    """Credit notes, the newest first."""
    found = await call.ask(credit_notes, invoice_id=query.invoice_id, debtor_id=query.debtor_id, page=query.page)
    return paged(call, found, CreditNote.shown)
