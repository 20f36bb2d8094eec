"""The invoice as it would be issued now: decided by the very handlers that issue, and nothing recorded."""

from collections.abc import Sequence
from typing import Any

from backend.api.graphql.context import Info
from backend.api.graphql.identifiers import the
from backend.api.graphql.words import word
from backend.api.invoices.inputs import PreviewInvoiceInput
from backend.api.problems import Fault, Malformed
from backend.read.invoices.answers import InvoiceDetail
from backend.read.invoices.previewed import previewed
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId
from backend.write.execute import preview
from backend.write.invoices.draft import DraftInvoice
from backend.write.invoices.issue import IssueInvoice
from backend.write.invoices.revise import ReviseDraft


async def preview_of(info: Info, input: PreviewInvoiceInput) -> InvoiceDetail:
    """The detail of the invoice. Raises `Refusal` where issuing would be refused."""
    context = info.context
    recorded = await preview(context.services.write, context.actor, *_commands(info, input))
    return previewed(recorded, context.services.clock.now())


def _commands(info: Info, input: PreviewInvoiceInput) -> Sequence[Any]:
    content = input.content.value() if input.content else None
    if input.invoice_id is not None:
        invoice_id = InvoiceId(the("Invoice", input.invoice_id, "invoiceId"))
        revised = [ReviseDraft(invoice_id=invoice_id, content=content)] if content else []
        return [*revised, IssueInvoice(invoice_id=invoice_id, issued_on=input.issued_on)]
    if input.issuer_id is None or input.debtor_id is None or content is None:
        raise Malformed(Fault(detail="name a draft by invoiceId, or give issuerId, debtorId and content"))
    invoice_id = InvoiceId(info.context.new_id())
    drafted = DraftInvoice(
        invoice_id=invoice_id,
        issuer_id=IssuerId(the("Issuer", input.issuer_id, "issuerId")),
        debtor_id=DebtorId(the("Debtor", input.debtor_id, "debtorId")),
        content=content,
        type=word(input.type),
    )
    return [drafted, IssueInvoice(invoice_id=invoice_id, issued_on=input.issued_on)]
