"""Throwing a draft away."""

from dataclasses import dataclass

from backend.events.invoices import DraftDiscarded
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId
from backend.write.command import command
from backend.write.invoices.revise import still_draft
from backend.write.states.invoice import INVOICE, Invoice
from backend.write.states.issuer import ISSUER
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDraft:
    """Throw a draft away. Issued invoices cannot be thrown away."""

    invoice_id: InvoiceId


def discard(invoice: Invoice) -> DraftDiscarded:
    """The end of a draft. An issued invoice is cancelled instead."""
    return DraftDiscarded(invoice_id=still_draft(invoice).invoice_id)


@command(Capability.INVOICES_DRAFT)
async def discard_draft(command: DiscardDraft, work: UnitOfWork) -> None:
    """Load the draft, and record that it is discarded."""
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    work.authorise((await work.get(ISSUER, invoice.issuer_id)).node)
    work.record(command.invoice_id, discard(invoice))
    work.answer = {"invoice_id": str(command.invoice_id)}
