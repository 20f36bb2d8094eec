"""Handlers of the links' commands: load, authorise, decide, record."""

from backend.write.debtors.debtor import DEBTOR
from backend.write.debtors.decisions import still_known
from backend.write.issuers.issuer import ISSUER
from backend.write.links.commands import MakeInvoiceLink, RecordInvoiceViewed, RevokeInvoiceLinks
from backend.write.links.decisions import issued, make_link, revoke_links, viewed
from backend.write.links.link import SHARED
from backend.write.unit_of_work import UnitOfWork


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


async def revoke_invoice_links(command: RevokeInvoiceLinks, work: UnitOfWork) -> None:
    shared = await work.get(SHARED, command.invoice_id, path=("invoiceId",))
    work.authorise((await work.get(ISSUER, shared.issuer_id)).node)
    work.record(command.invoice_id, revoke_links(command.invoice_id, shared))
    work.answer = {"invoice_id": str(command.invoice_id)}


async def record_invoice_viewed(command: RecordInvoiceViewed, work: UnitOfWork) -> None:
    work.authorise(None)
    shared = await work.get(SHARED, command.invoice_id, path=("invoiceId",))
    issued(shared)
    if (event := viewed(command.invoice_id, shared, work.today(shared.zone))) is not None:
        work.record(command.invoice_id, event)
    work.answer = {"invoice_id": str(command.invoice_id)}
