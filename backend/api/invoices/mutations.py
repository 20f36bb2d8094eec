"""What may be done with invoices: draft, revise, discard, issue."""

from typing import Annotated

import strawberry

from backend.api.attachments import check_stored
from backend.api.graphql.context import Info
from backend.api.graphql.documented import mutation, output
from backend.api.graphql.identifiers import encoded, the
from backend.api.graphql.results import Refused, Success, outcome, refused
from backend.api.graphql.words import word
from backend.api.invoices import inputs
from backend.api.invoices.answered import answered_invoice
from backend.api.invoices.types import Invoice
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId
from backend.write.execute import Receipt
from backend.write.invoices.discard import DiscardDraft
from backend.write.invoices.draft import DraftInvoice, WantedContent
from backend.write.invoices.issue import IssueInvoice
from backend.write.invoices.revise import ReviseDraft
from backend.write.refusal import Refusal


@output
class DraftInvoiceSuccess(Success):
    """The draft. It has no number, and nothing is owed."""

    invoice: Invoice | None


@output
class ReviseDraftSuccess(Success):
    """The draft as it reads now, with the version to expect when revising it again."""

    invoice: Invoice | None
    version: int


@output
class DiscardDraftSuccess(Success):
    """The draft is gone. It never had a number, so none is missing."""

    invoice_id: strawberry.ID


@output
class IssueInvoiceSuccess(Success):
    """The invoice became a legal document. Nothing on it changes after this."""

    invoice: Invoice | None
    number: str


DraftInvoiceResult = Annotated[DraftInvoiceSuccess | Refused, strawberry.union("DraftInvoiceResult")]
ReviseDraftResult = Annotated[ReviseDraftSuccess | Refused, strawberry.union("ReviseDraftResult")]
DiscardDraftResult = Annotated[DiscardDraftSuccess | Refused, strawberry.union("DiscardDraftResult")]
IssueInvoiceResult = Annotated[IssueInvoiceSuccess | Refused, strawberry.union("IssueInvoiceResult")]


@output
class InvoiceMutations:
    """What may be done with invoices."""

    @mutation
    async def draft_invoice(self, info: Info, input: inputs.DraftInvoiceInput) -> DraftInvoiceResult:
        """Begin an invoice."""
        command = DraftInvoice(
            invoice_id=InvoiceId(info.context.new_id()),
            issuer_id=IssuerId(the("Issuer", input.issuer_id, "issuerId")),
            debtor_id=DebtorId(the("Debtor", input.debtor_id, "debtorId")),
            content=input.content.value(),
            type=word(input.type),
        )
        if (missing := await _missing(info, command.content, input)) is not None:
            return missing
        return await outcome(info, command, input, DraftInvoiceSuccess, invoice=answered_invoice)

    @mutation
    async def revise_draft(self, info: Info, input: inputs.ReviseDraftInput) -> ReviseDraftResult:
        """Replace the content of a draft."""
        command = ReviseDraft(
            invoice_id=_id(input.invoice_id), content=input.content.value(), expected_version=input.expected_version
        )
        if (missing := await _missing(info, command.content, input)) is not None:
            return missing
        return await outcome(info, command, input, ReviseDraftSuccess, invoice=answered_invoice, version=_version)

    @mutation
    async def discard_draft(self, info: Info, input: inputs.DiscardDraftInput) -> DiscardDraftResult:
        """Throw a draft away. An issued invoice is cancelled instead."""
        command = DiscardDraft(invoice_id=_id(input.invoice_id))
        return await outcome(info, command, input, DiscardDraftSuccess, invoice_id=_invoice_id)

    @mutation
    async def issue_invoice(self, info: Info, input: inputs.IssueInvoiceInput) -> IssueInvoiceResult:
        """Make a draft a legal document, with the next number of its series."""
        command = IssueInvoice(
            invoice_id=_id(input.invoice_id),
            issued_on=input.issued_on,
            deliver=input.deliver,
            override_reason=input.override_reason,
        )
        return await outcome(info, command, input, IssueInvoiceSuccess, invoice=answered_invoice, number=_number)


async def _missing(
    info: Info, content: WantedContent, input: inputs.DraftInvoiceInput | inputs.ReviseDraftInput
) -> Refused | None:
    """Why the content cannot be: it names a file that is not stored here."""
    try:
        await check_stored(info.context.services, info.context.actor, content.attachments)
    except Refusal as refusal:
        return refused(refusal, input)
    return None


def _id(opaque: str) -> InvoiceId:
    return InvoiceId(the("Invoice", opaque, "invoiceId"))


async def _invoice_id(info: Info, receipt: Receipt) -> strawberry.ID:
    return encoded("Invoice", receipt.answer["invoice_id"])


async def _number(info: Info, receipt: Receipt) -> str:
    return str(receipt.answer["number"])


async def _version(info: Info, receipt: Receipt) -> int:
    return int(receipt.answer["version"])
