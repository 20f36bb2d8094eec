"""The handler of payments: load, authorise, decide, record."""

from backend.inline.open_receivables import balance_of
from backend.write.debtors.debtor import DEBTOR
from backend.write.debtors.decisions import still_known
from backend.write.invoices.invoice import INVOICE
from backend.write.issuers.issuer import ISSUER
from backend.write.payments.commands import RegisterPayment
from backend.write.payments.decisions import Owed, entry_of, payable, register
from backend.write.unit_of_work import UnitOfWork


async def register_payment(command: RegisterPayment, work: UnitOfWork) -> None:
    found = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    issuer = await work.get(ISSUER, found.issuer_id)
    work.authorise(issuer.node)
    invoice = payable(found)
    still_known(await work.get(DEBTOR, invoice.debtor_id))
    balance = await balance_of(work.connection, work.tenant_id, work.generation, invoice.invoice_id)
    payment = register(command, Owed(payable=invoice, balance_minor=balance), today=work.today(issuer.time_zone))
    work.record(payment.payment_id, payment, entry=entry_of(payment))
    settled = payment.amount_minor - payment.unallocated_minor
    work.answer = {
        "payment_id": str(payment.payment_id),
        "invoice_id": str(invoice.invoice_id),
        "currency": payment.currency,
        "allocated_minor": settled,
        "unallocated_minor": payment.unallocated_minor,
        "balance_minor": balance - settled,
    }
