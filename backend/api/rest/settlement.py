"""How an issued invoice ends: money arrives, or it is taken back by a credit note."""

from dataclasses import dataclass
from uuid import UUID

from backend.api.invoices.invoice import WholeInvoice
from backend.api.rest.endpoint import Answer, Call, needs
from backend.api.rest.invoice_bodies import CancelSent, PaymentSent
from backend.api.rest.invoices import invoice_answer
from backend.api.rest.shapes import Money, money
from backend.api.shown import Shown, shape
from backend.values.identifiers import CreditNoteId, InvoiceId, PaymentId
from backend.write.credit_notes import CancelInvoice
from backend.write.payments import RegisterPayment


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNoteIssued:
    """The credit note that reverses the invoice; `applied` was set against its open balance."""

    id: UUID
    credit_note_number: str
    total: Money
    applied: Money


@shape
class Cancelled:
    """The invoice no longer counts, and its credit note says so."""

    invoice: Shown[WholeInvoice]
    credit_note: CreditNoteIssued


@shape
class PaymentRegistered:
    """The money is booked: `allocated` settles the invoice, `unallocated` stays the debtor's credit."""

    id: UUID
    allocated: Money
    unallocated: Money
    amount_residual: Money
    invoice: Shown[WholeInvoice]


@needs(CancelInvoice)
async def cancel_invoice(call: Call, invoice_id: InvoiceId, body: CancelSent) -> Answer[Cancelled]:
    """Take an issued invoice back in full, by a numbered credit note. A draft is discarded instead."""
    receipt = await call.carry_out(
        CancelInvoice(
            credit_note_id=CreditNoteId(call.services.write.new_id()), invoice_id=invoice_id, reason=body.reason
        )
    )
    said, answer = receipt.answer, await invoice_answer(call, receipt)
    note = CreditNoteIssued(
        id=UUID(said["credit_note_id"]),
        credit_note_number=said["number"],
        total=money(said["total_minor"], said["currency"]),
        applied=money(said["applied_minor"], said["currency"]),
    )
    return Answer(Cancelled(invoice=answer.body, credit_note=note), replayed=receipt.replayed)


@needs(RegisterPayment)
async def register_payment(call: Call, invoice_id: InvoiceId, body: PaymentSent) -> Answer[PaymentRegistered]:
    """Register a payment by hand, allocated to this invoice.

    More than the balance is refused with PAYMENT_EXCEEDS_BALANCE. Registering is at once seen by the debt gate.
    """
    receipt = await call.carry_out(
        RegisterPayment(
            payment_id=PaymentId(call.services.write.new_id()),
            invoice_id=invoice_id,
            amount_minor=body.payment_amount.amount_minor,
            currency=body.payment_amount.currency,
            method=body.payment_method,
            received_on=body.received_on,
            reference=body.payment_reference,
            notes=body.notes,
            allow_overpayment=body.allow_overpayment,
        )
    )
    said, answer = receipt.answer, await invoice_answer(call, receipt)
    return Answer(
        PaymentRegistered(
            id=UUID(said["payment_id"]),
            allocated=money(said["allocated_minor"], said["currency"]),
            unallocated=money(said["unallocated_minor"], said["currency"]),
            amount_residual=money(said["balance_minor"], said["currency"]),
            invoice=answer.body,
        ),
        replayed=receipt.replayed,
    )
