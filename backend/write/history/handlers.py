"""The handler of historical invoices: load, authorise, decide, record."""

from backend.inline.debtor_references import debtors_by_reference
from backend.values.identifiers import InvoiceId
from backend.write.debtors.debtor import DEBTOR
from backend.write.history.commands import ImportHistoricalInvoices
from backend.write.history.decisions import Around, entry_of, invoice_of, platform_issuer, references_of, take_over
from backend.write.invoices.invoice import INVOICE
from backend.write.issuers.issuer import ISSUER
from backend.write.unit_of_work import UnitOfWork


async def import_historical_invoices(command: ImportHistoricalInvoices, work: UnitOfWork) -> None:
    work.authorise(None)
    issuer = platform_issuer(await work.get(ISSUER, command.issuer_id, path=("issuerId",)))
    references, today = references_of(command.rows), work.today(issuer.time_zone)
    taken = await debtors_by_reference(work.connection, work.tenant_id, work.generation, references)
    debtors = await work.load_many(DEBTOR, taken.values())
    known = await work.load_many(INVOICE, {invoice_of(issuer.issuer_id, row.number) for row in command.rows})
    result = take_over(
        command.rows,
        Around(
            issuer=issuer,
            tenant_id=work.tenant_id,
            source=command.source,
            today=today,
            new_id=work.new_id,
            known={InvoiceId(stream): state for stream, state in known.items() if state is not None},
            debtors={debtor.reference: debtor for debtor in debtors.values() if debtor is not None},
        ),
    )
    for debtor in result.debtors:
        work.record(debtor.debtor_id, debtor)
    for invoice in result.invoices:
        work.record(invoice.invoice_id, invoice, entry=entry_of(invoice, on=today))
    work.answer = {"imported": len(result.invoices), "unchanged": result.unchanged, "debtors": len(result.debtors)}
