"""How an issued invoice is taken back: always by a credit note."""

from typing import Annotated

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, mutation, output
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.results import Once, Refused, Success, outcome
from backend.api.invoices.answered import answered_invoice
from backend.api.invoices.types import Invoice
from backend.values.identifiers import CreditNoteId, InvoiceId
from backend.write.credit_notes import CancelInvoice
from backend.write.execute import Receipt


@given
class CancelInvoiceInput(Once):
    """`reason` is required. It is about a person, and is forgotten when they are."""

    invoice_id: InvoiceId
    reason: str


@output
class IssuedCreditNote:
    """The credit note that reverses the invoice; `applied` was set against its open balance."""

    id: strawberry.ID
    number: str
    total: Money
    applied: Money


@output
class CancelInvoiceSuccess(Success):
    """The invoice no longer counts, and its credit note says so."""

    invoice: Invoice | None
    credit_note: IssuedCreditNote


CancelInvoiceResult = Annotated[CancelInvoiceSuccess | Refused, strawberry.union("CancelInvoiceResult")]


@output
class CreditNoteMutations:
    """How an issued invoice is taken back."""

    @mutation
    async def cancel_invoice(self, info: Info, input: CancelInvoiceInput) -> CancelInvoiceResult:
        """Take an issued invoice back in full, by a numbered credit note. A draft is discarded instead."""
        command = CancelInvoice(
            credit_note_id=CreditNoteId(info.context.new_id()), invoice_id=input.invoice_id, reason=input.reason
        )
        return await outcome(
            info, command, input, CancelInvoiceSuccess, invoice=answered_invoice, credit_note=_credit_note
        )


async def _credit_note(info: Info, receipt: Receipt) -> IssuedCreditNote:
    said = receipt.answer
    return IssuedCreditNote(
        id=encoded("CreditNote", said["credit_note_id"]),
        number=said["number"],
        total=money(said["total_minor"], said["currency"]),
        applied=money(said["applied_minor"], said["currency"]),
    )
