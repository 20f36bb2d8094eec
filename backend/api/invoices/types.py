"""An invoice as clients see it: narrow in a list, with its document and history on demand."""

from datetime import date
from uuid import UUID

import strawberry

from backend.api.credit_notes import CreditNote
from backend.api.debtors.types import Debtor, load_debtor
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.node import Node, found_by
from backend.api.invoices.actions import AvailableAction, available_actions_of
from backend.api.invoices.document import InvoiceDocument, StatusChange, document_of, status_change_of
from backend.api.invoices.inputs import InvoiceType
from backend.api.invoices.states import DeliveryState, DocumentState, InvoiceStatus, PaymentState
from backend.api.payments import Payment
from backend.api.template_drafts import preview_url
from backend.read.credit_notes import credit_notes
from backend.read.invoices import queries
from backend.read.invoices.answers import InvoiceDetail, InvoiceRow
from backend.read.paging import PAGE_LIMIT, PageRequest
from backend.read.payments import payments
from backend.values.identifiers import InvoiceId


@output
class Invoice(Node):
    """An invoice, from its draft on. A draft has no number and no dates, and its amounts are before tax.

    `status` is the one word people read, on the day of the question; the states beside it are its axes.
    """

    number: str
    type: InvoiceType
    historical: bool
    status: InvoiceStatus
    document_state: DocumentState
    payment_state: PaymentState
    delivery_state: DeliveryState
    overdue: bool
    season: str
    language: str
    issuer_id: strawberry.ID
    issuer_name: str
    debtor_id: strawberry.ID
    debtor_name: str
    debtor_reference: str
    run_id: strawberry.ID | None
    issued_on: date | None
    due_on: date | None
    currency: str
    net: Money
    tax: Money
    total: Money
    open: Money
    credited: Money
    draft_version: int
    pdf_url: str | None = strawberry.field(description="Where the page is, relative to this service; null for a draft.")
    template_preview_url: str | None = strawberry.field(
        description="Where a template that is not saved yet is looked at with this invoice; null for a draft."
    )
    row: strawberry.Private[InvoiceRow]
    detail: strawberry.Private[InvoiceDetail | None]

    @resolved
    def available_actions(self, info: Info) -> list[AvailableAction]:
        """What may be done with it now, by you, and if not, why not."""
        return available_actions_of(self.row, info.context.actor)

    @resolved
    async def debtor(self, info: Info) -> Debtor | None:
        """Who owes it, as they are today; null if you may not see them."""
        return await load_debtor(info, self.row.debtor_id)

    @resolved
    async def document(self, info: Info) -> InvoiceDocument | None:
        """Everything on the page. Frozen at issue."""
        detail = await self._detail(info)
        return document_of(detail) if detail else None

    @resolved
    async def history(self, info: Info) -> list[StatusChange]:
        """Every change of every state: from what, to what, by whom, why, when. The newest 500."""
        detail = await self._detail(info)
        return [status_change_of(change) for change in detail.history] if detail else []

    @resolved
    async def payments(self, info: Info) -> list[Payment]:
        """What was paid on it: the newest 100."""
        found = await info.context.ask(payments, invoice_id=self.row.invoice_id, page=PageRequest(first=PAGE_LIMIT))
        return [Payment.of(row) for row in found.items]

    @resolved
    async def credit_notes(self, info: Info) -> list[CreditNote]:
        """What was taken back of it: the newest 100."""
        found = await info.context.ask(credit_notes, invoice_id=self.row.invoice_id, page=PageRequest(first=PAGE_LIMIT))
        return [CreditNote.of(row) for row in found.items]

    async def _detail(self, info: Info) -> InvoiceDetail | None:
        if self.detail is None:
            self.detail = await _asked(info, self.row.invoice_id)
        return self.detail


@found_by("Invoice")
async def find_invoice(info: Info, invoice_id: UUID) -> Invoice | None:
    detail = await _asked(info, InvoiceId(invoice_id))
    return invoice_of(detail.row, detail) if detail else None


def invoice_of(row: InvoiceRow, detail: InvoiceDetail | None = None) -> Invoice:
    currency, issued = row.currency, row.document_state != "draft" and not row.historical
    return Invoice(
        id=encoded("Invoice", row.invoice_id),
        number=row.number,
        type=InvoiceType(row.type),
        historical=row.historical,
        status=InvoiceStatus(row.status),
        document_state=DocumentState(row.document_state),
        payment_state=PaymentState(row.payment_state),
        delivery_state=DeliveryState(row.delivery_state),
        overdue=row.overdue,
        season=row.season,
        language=row.language,
        issuer_id=encoded("Issuer", row.issuer_id),
        issuer_name=row.issuer_name,
        debtor_id=encoded("Debtor", row.debtor_id),
        debtor_name=row.debtor_name,
        debtor_reference=row.debtor_reference,
        run_id=encoded("Run", row.run_id) if row.run_id else None,
        issued_on=row.issued_on,
        due_on=row.due_on,
        currency=currency,
        net=money(row.net_minor, currency),
        tax=money(row.tax_minor, currency),
        total=money(row.total_minor, currency),
        open=money(row.open_minor, currency),
        credited=money(row.credited_minor, currency),
        draft_version=row.draft_version,
        pdf_url=f"/api/v1/invoices/{row.invoice_id}/pdf" if issued else None,
        template_preview_url=preview_url(row.issuer_id, row.invoice_id) if issued else None,
        row=row,
        detail=detail,
    )


async def _asked(info: Info, invoice_id: InvoiceId) -> InvoiceDetail | None:
    now = info.context.services.clock.now()
    return await info.context.ask(queries.invoice, invoice_id=invoice_id, now=now)
