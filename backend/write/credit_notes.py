"""How an invoice is taken back: a full credit note that mirrors it line by line.

Nothing is computed again: every amount is the one allocated at issue, so that invoice and credit note cancel out.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar, Final, assert_never

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import InvoiceCancelled, InvoiceIssued
from backend.events.parts import CreditedLine, IssuedLine
from backend.inline.open_receivables import balance_of
from backend.rules.numbering import CREDIT_NOTES, Counter
from backend.tenants.capabilities import Capability
from backend.values.identifiers import CreditNoteId, InvoiceId
from backend.write.command import command
from backend.write.debtors.erase import still_known
from backend.write.invoices.refusals import InvoiceIsCancelled, InvoiceNotIssued
from backend.write.ledger import entry_of
from backend.write.states.debtor import DEBTOR
from backend.write.states.invoice import INVOICE, DiscardedState, DraftState, HistoricalState, Invoice, IssuedState
from backend.write.states.issuer import ISSUER
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import required_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelInvoice:
    """Take an issued invoice back in full, by a numbered credit note. A draft is discarded instead."""

    ASSIGNED: ClassVar = ("credit_note_id",)
    # The events seal the reason with the debtor's key; the envelope, which nobody can erase, does not repeat it.
    SEALED: ClassVar = ("reason",)
    credit_note_id: CreditNoteId
    invoice_id: InvoiceId
    reason: str


FIRST_NUMBER: Final = 1


def cancellable(invoice: Invoice) -> InvoiceIssued:
    """What was issued, if it can still be taken back."""
    match invoice:
        case IssuedState(cancelled=True):
            raise InvoiceIsCancelled("this invoice is cancelled already", path=("invoiceId",))
        case IssuedState(event=issued):
            return issued
        case DraftState() | DiscardedState():
            raise InvoiceNotIssued("a draft is not a document yet: discard it instead", path=("invoiceId",))
        case HistoricalState():
            raise InvoiceNotIssued(
                "this invoice was issued before Carreau: credit it where it was issued", path=("invoiceId",)
            )
        case _:
            assert_never(invoice)


def series_of(on: date) -> str:
    """The counter of credit notes: one per tenant and calendar year (S002-33, X5)."""
    return f"credit_note:{on.year}"


def cancel(
    command: CancelInvoice, issued: InvoiceIssued, *, today: date, last: Counter | None, balance_minor: int
) -> tuple[CreditNoteIssued, InvoiceCancelled]:
    """The full credit note and the cancellation. `last` is the counter of `series_of(today)`.

    The open balance is settled by it; what was paid already is owed to the debtor.
    """
    reason = required_reason(command.reason)
    # The series is the tenant's (X5), the day is the issuer's: that it is tomorrow elsewhere moves nobody's date.
    sequence = last.last_value + 1 if last else FIRST_NUMBER
    note = CreditNoteIssued(
        credit_note_id=command.credit_note_id,
        number=CREDIT_NOTES.format(today.year, sequence),
        series=series_of(today),
        sequence=sequence,
        invoice=issued.facts,
        issuer=issued.issuer,
        debtor_id=issued.debtor_id,
        payer_id=issued.payer_id,
        debtor_kind=issued.debtor_kind,
        debtor_reference=issued.debtor_reference,
        debtor_country=issued.debtor_country,
        language=issued.language,
        issued_on=today,
        currency=issued.currency,
        lines=tuple(credited(line, index) for index, line in enumerate(issued.lines, start=1)),
        tax_groups=issued.tax_groups,
        discount_minor=issued.discount_minor,
        net_minor=issued.net_minor,
        tax_minor=issued.tax_minor,
        total_minor=issued.total_minor,
        applied_minor=balance_minor,
        remaining_minor=0,
        rate=issued.rate,
        fiscal_position=issued.fiscal_position,
        debtor=issued.debtor,
        descriptions=issued.descriptions,
        reason=reason,
    )
    return note, InvoiceCancelled(
        invoice_id=issued.invoice_id,
        series=issued.series,
        issuer_org_node_id=issued.issuer.issuer_org_node_id,
        debtor_id=issued.debtor_id,
        debtor_org_node_id=issued.debtor_org_node_id,
        credit_note_id=command.credit_note_id,
        reason=reason,
    )


def credited(line: IssuedLine, number: int) -> CreditedLine:
    """The whole of one line, taken back."""
    return CreditedLine(line=number, **{name.name: getattr(line, name.name) for name in fields(line)})


@command(Capability.INVOICES_CANCEL, once=True)
async def cancel_invoice(command: CancelInvoice, work: UnitOfWork) -> None:
    """Load the invoice and its open balance, and record the credit note."""
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    work.authorise((await work.get(ISSUER, invoice.issuer_id)).node)
    issued = cancellable(invoice)
    still_known(await work.get(DEBTOR, issued.debtor_id))
    today = work.today(issued.issuer.time_zone)
    series = series_of(today)
    note, cancelled = cancel(
        command,
        issued,
        today=today,
        last=(await work.counters((series,))).get(series),
        balance_minor=await balance_of(*work.place, issued.invoice_id),
    )
    work.record(note.credit_note_id, note, entry=entry_of(note))
    work.record(issued.invoice_id, cancelled)
    work.answer = {
        "invoice_id": str(issued.invoice_id),
        "credit_note_id": str(note.credit_note_id),
        "number": note.number,
        "total_minor": note.total_minor,
        "applied_minor": note.applied_minor,
        "currency": note.currency,
    }
