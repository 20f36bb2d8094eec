"""What may be done with invoices: draft, revise, discard, issue; pay, cancel."""

from typing import Any, ClassVar, Final

import strawberry

from backend.api.attachments import check_stored
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.inputs import Input
from backend.api.graphql.money import Money, money
from backend.api.graphql.results import Once, Repeatable, Success, mutation, succeeds
from backend.api.invoices.invoice import Invoice
from backend.values.identifiers import InvoiceId, PaymentId
from backend.write.credit_notes import CancelInvoice
from backend.write.execute import Receipt
from backend.write.invoices.discard import DiscardDraft
from backend.write.invoices.draft import Attachment, DraftInvoice, WantedContent, WantedLine
from backend.write.invoices.issue import IssueInvoice
from backend.write.invoices.revise import ReviseDraft
from backend.write.payments import RegisterPayment


class InvoiceLineInput(Input[WantedLine]):
    """One line. `unitPrice` is net, in major units, with at most six decimals; an empty `taxCategory` means the
    template's."""


class AttachmentInput(Input[Attachment]):
    """A stored file, as `POST /api/v1/attachments` answered it."""


class InvoiceContentInput(Input[WantedContent]):
    """Everything of a draft that may change. What is left out follows the issuer and the debtor."""

    attachments: list[AttachmentInput] | None = None


# The commands know the content's fields as their own.
CONTENT_PATHS: Final = {
    name: ("content", name)
    for name in ("lines", "currency", "season", "language", "termsDays", "discountMinor", "notes", "attachments")
}


class DraftInvoiceInput(Input[DraftInvoice], Repeatable):
    """Issuer and debtor are fixed from here on."""

    PATHS: ClassVar = CONTENT_PATHS

    async def command(self, info: Info) -> DraftInvoice:
        command = await super().command(info)
        await check_stored(info.context.services, info.context.actor, command.content.attachments)
        return command


class ReviseDraftInput(Input[ReviseDraft], Repeatable):
    """The whole new content. `expectedVersion` refuses when somebody else revised the draft in between."""

    PATHS: ClassVar = CONTENT_PATHS

    async def command(self, info: Info) -> ReviseDraft:
        command = await super().command(info)
        await check_stored(info.context.services, info.context.actor, command.content.attachments)
        return command


class DiscardDraftInput(Input[DiscardDraft], Repeatable):
    """The draft to throw away."""


class IssueInvoiceInput(Input[IssueInvoice], Once):
    """`issuedOn` is today where the issuer is, unless said; `deliver` overrides whether the invoice is e-mailed at
    once; `overrideReason` admits a second invoice for the same season and component."""


class RegisterPaymentInput(Input[RegisterPayment], Once):
    """Money for one invoice, whole or in part; `receivedOn` is a date where the issuer is. Without
    `allowOverpayment` more than the balance is refused."""


class CancelInvoiceInput(Input[CancelInvoice], Once):
    """`reason` is required. It is about a person, and is forgotten when they are."""


@succeeds
class DraftInvoiceSuccess(Success):
    """The draft. It has no number, and nothing is owed."""

    invoice: Invoice | None


@succeeds
class ReviseDraftSuccess(Success):
    """The draft as it reads now, with the version to expect when revising it again."""

    invoice: Invoice | None
    version: int


@succeeds
class DiscardDraftSuccess(Success):
    """The draft is gone. It never had a number, so none is missing."""

    invoice_id: InvoiceId


@succeeds
class IssueInvoiceSuccess(Success):
    """The invoice became a legal document. Nothing on it changes after this."""

    invoice: Invoice | None
    number: str


@succeeds
class RegisterPaymentSuccess(Success):
    """The money is booked: `allocated` settles the invoice, `unallocated` stays the debtor's credit."""

    payment_id: PaymentId
    invoice: Invoice | None
    allocated: Money
    unallocated: Money
    balance: Money


@output
class IssuedCreditNote:
    """The credit note that reverses the invoice; `applied` was set against its open balance."""

    id: strawberry.ID
    number: str
    total: Money
    applied: Money


@succeeds
class CancelInvoiceSuccess(Success):
    """The invoice no longer counts, and its credit note says so."""

    invoice: Invoice | None
    credit_note: IssuedCreditNote


async def _credit_note(info: Info, receipt: Receipt) -> Any:
    said = receipt.answer
    return IssuedCreditNote(
        id=encoded("CreditNote", said["credit_note_id"]),
        number=said["number"],
        total=money(said["total_minor"], said["currency"]),
        applied=money(said["applied_minor"], said["currency"]),
    )


@output
class InvoiceMutations:
    """What may be done with invoices."""

    draft_invoice = mutation(DraftInvoiceInput, DraftInvoiceSuccess, "Begin an invoice.")
    revise_draft = mutation(ReviseDraftInput, ReviseDraftSuccess, "Replace the content of a draft.")
    discard_draft = mutation(
        DiscardDraftInput, DiscardDraftSuccess, "Throw a draft away. An issued invoice is cancelled instead."
    )
    issue_invoice = mutation(
        IssueInvoiceInput, IssueInvoiceSuccess, "Make a draft a legal document, with the next number of its series."
    )
    register_payment = mutation(
        RegisterPaymentInput, RegisterPaymentSuccess, "Register a payment by hand, allocated to one invoice."
    )
    cancel_invoice = mutation(
        CancelInvoiceInput,
        CancelInvoiceSuccess,
        "Take an issued invoice back in full, by a numbered credit note. A draft is discarded instead.",
        credit_note=_credit_note,
    )
