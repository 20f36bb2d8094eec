"""What settled invoices: the payments that arrived, and the credit notes that took invoices back."""

from dataclasses import dataclass
from datetime import date, datetime

from backend.api.rest.endpoint import Answer, Call
from backend.api.rest.invoice_bodies import PaymentMethod
from backend.api.rest.invoices import invoice_of
from backend.api.rest.shapes import Money, Page, PageQuery, money, paged
from backend.read.credit_notes.queries import CreditNoteRow, credit_notes
from backend.read.payments.queries import PaymentRow, payments
from backend.values.identifiers import CreditNoteId, DebtorId, InvoiceId, IssuerId, PaymentId


class SettledQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which invoice, of which debtor; of all, if nothing is said."""

    invoice_id: InvoiceId | None = None
    debtor_id: DebtorId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationShown:
    """How much of the payment settled one invoice."""

    invoice_id: InvoiceId
    invoice_number: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentShown:
    """Money that arrived. `unallocated` stays the debtor's credit; `position` is its place in the journal.

    `payment_reference` and `notes` are empty once the person was erased.
    """

    id: PaymentId
    debtor_id: DebtorId
    payment_method: PaymentMethod
    received_on: date
    payment_amount: Money
    unallocated: Money
    allocations: tuple[AllocationShown, ...]
    payment_reference: str
    notes: str
    registered_at: datetime
    registered_by: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNoteShown:
    """A document that takes an invoice back; amounts are positive. `reason` is empty once the person was erased."""

    id: CreditNoteId
    credit_note_number: str
    invoice_id: InvoiceId
    invoice_number: str
    issuer_id: IssuerId
    debtor_id: DebtorId
    issued_on: date
    subtotal: Money
    tax_total: Money
    total: Money
    applied: Money
    reason: str
    issued_at: datetime
    issued_by: str


async def list_all_payments(call: Call, query: SettledQuery) -> Answer[Page[PaymentShown]]:
    """Payments, the newest first."""
    found = await call.ask(payments, invoice_id=query.invoice_id, debtor_id=query.debtor_id, page=query.page)
    return paged(call, found, _payment)


async def list_payments(call: Call, invoice_id: InvoiceId, query: PageQuery) -> Answer[Page[PaymentShown]]:
    """What was paid on an invoice, the newest first."""
    await invoice_of(call, invoice_id)
    return paged(call, await call.ask(payments, invoice_id=invoice_id, page=query.page), _payment)


async def list_credit_notes(call: Call, query: SettledQuery) -> Answer[Page[CreditNoteShown]]:
    """Credit notes, the newest first."""
    found = await call.ask(credit_notes, invoice_id=query.invoice_id, debtor_id=query.debtor_id, page=query.page)
    return paged(call, found, _credit_note)


def _payment(row: PaymentRow) -> PaymentShown:
    return PaymentShown(
        id=row.payment_id,
        debtor_id=row.debtor_id,
        payment_method=row.method,
        received_on=row.received_on,
        payment_amount=money(row.amount_minor, row.currency),
        unallocated=money(row.unallocated_minor, row.currency),
        allocations=tuple(
            AllocationShown(
                invoice_id=part.invoice_id, invoice_number=part.number, amount=money(part.amount_minor, row.currency)
            )
            for part in row.allocations
        ),
        payment_reference=row.reference,
        notes=row.notes,
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        position=row.position,
    )


def _credit_note(row: CreditNoteRow) -> CreditNoteShown:
    return CreditNoteShown(
        id=row.credit_note_id,
        credit_note_number=row.number,
        invoice_id=row.invoice_id,
        invoice_number=row.invoice_number,
        issuer_id=row.issuer_id,
        debtor_id=row.debtor_id,
        issued_on=row.issued_on,
        subtotal=money(row.net_minor, row.currency),
        tax_total=money(row.tax_minor, row.currency),
        total=money(row.total_minor, row.currency),
        applied=money(row.applied_minor, row.currency),
        reason=row.reason,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
    )
