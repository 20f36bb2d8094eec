"""The handler of credit notes: load, authorise, decide, record."""

from backend.inline.open_receivables import balance_of
from backend.write.credit_notes.commands import CancelInvoice
from backend.write.credit_notes.decisions import cancel, cancellable, entry_of, series_of
from backend.write.debtors.debtor import DEBTOR
from backend.write.debtors.decisions import still_known
from backend.write.invoices.invoice import INVOICE
from backend.write.issuers.issuer import ISSUER
from backend.write.unit_of_work import UnitOfWork


async def cancel_invoice(command: CancelInvoice, work: UnitOfWork) -> None:
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
        balance_minor=await balance_of(work.connection, work.tenant_id, work.generation, issued.invoice_id),
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
