"""An invoice as clients see it: narrow in a list, with its document and history on demand."""

from uuid import UUID

import strawberry

from backend.api.credit_notes import CreditNote
from backend.api.debtors import Debtor, load_debtor
from backend.api.graphql.context import Info
from backend.api.graphql.documented import resolved
from backend.api.graphql.node import Node, found_by
from backend.api.invoices.actions import NEEDS, AvailableAction, available_actions_of
from backend.api.invoices.document import InvoiceDocument, StatusChange
from backend.api.mirror import Mirror, derived
from backend.api.payments import Payment
from backend.api.template_drafts import preview_url
from backend.read.credit_notes import credit_notes
from backend.read.invoices import queries
from backend.read.invoices.answers import InvoiceDetail, InvoiceRow
from backend.read.paging import PAGE_LIMIT, PageRequest
from backend.read.payments import payments
from backend.values.identifiers import InvoiceId


def _is_printed(row: InvoiceRow) -> bool:
    return row.document_state != "draft" and not row.historical


class Invoice(
    Mirror[InvoiceRow],
    Node,
    key="invoice_id",
    shown="InvoiceListed",
    rest={
        "number": "invoice_number",
        "document_state": "invoice_state",
        "issued_on": "invoice_date",
        "due_on": "invoice_date_due",
    },
    only_rest=("issuer_org_node_id", "debtor_org_node_id"),
    only_graphql=("draft_version",),
    leave_out=("document_digest",),
    or_null=("number", "season"),
):
    """An invoice, from its draft on. A draft has no number and no dates, and its amounts are before tax.

    `status` is the one word people read, on the day of the question; the states beside it are its axes.
    """

    currency: str
    pdf_url: str | None = derived(
        lambda row: f"/api/v1/invoices/{row.invoice_id}/pdf" if _is_printed(row) else None,
        "Where the page is, relative to this service; null for a draft.",
        only="graphql",
    )
    template_preview_url: str | None = derived(
        lambda row: preview_url(row.issuer_id, row.invoice_id) if _is_printed(row) else None,
        "Where a template that is not saved yet is looked at with this invoice; null for a draft.",
        only="graphql",
    )
    detail: strawberry.Private[InvoiceDetail | None] = None

    @resolved(size=(len(NEEDS), len(NEEDS)))
    def available_actions(self, info: Info) -> list[AvailableAction]:
        """What may be done with it now, by you, and if not, why not."""
        return available_actions_of(self.row, info.context.actor)

    @resolved
    async def debtor(self, info: Info) -> Debtor | None:
        """Who owes it, as they are today; null if you may not see them."""
        return await load_debtor(info, self.row.debtor_id)

    @resolved(statements=1)
    async def document(self, info: Info) -> InvoiceDocument | None:
        """Everything on the page. Frozen at issue."""
        detail = await self._detail(info)
        return InvoiceDocument.of(detail, self.row.currency) if detail else None

    @resolved(size=(10, queries.HISTORY_LIMIT), statements=1)
    async def history(self, info: Info) -> list[StatusChange]:
        """Every change of every state: from what, to what, by whom, why, when. The newest 500."""
        detail = await self._detail(info)
        return [StatusChange.of(change) for change in detail.history] if detail else []

    @resolved(size=(2, PAGE_LIMIT), statements=1)
    async def payments(self, info: Info) -> list[Payment]:
        """What was paid on it: the newest 100."""
        found = await info.context.ask(payments, invoice_id=self.row.invoice_id, page=PageRequest(first=PAGE_LIMIT))
        return [Payment.of(row) for row in found.items]

    @resolved(size=(1, PAGE_LIMIT), statements=1)
    async def credit_notes(self, info: Info) -> list[CreditNote]:
        """What was taken back of it: the newest 100."""
        found = await info.context.ask(credit_notes, invoice_id=self.row.invoice_id, page=PageRequest(first=PAGE_LIMIT))
        return [CreditNote.of(row) for row in found.items]

    async def _detail(self, info: Info) -> InvoiceDetail | None:
        if self.detail is None:
            self.detail = await asked(info, self.row.invoice_id)
        return self.detail


class WholeInvoice(
    Mirror[InvoiceDetail],
    shown="InvoiceShown",
    inline=("row",),
    rest={"tax_groups": "tax_subtotals", "rate": "exchange_rate", "history": "status_history"},
    or_null=("ocr_reference", "rf_reference", "fiscal_position"),
):
    """One invoice with everything on it. `version` counts the revisions of a draft; it is in the ETag.

    `lines` are the blueprint's `invoice_lines`; `issuer`, `debtor` and `exchange_rate` are null until it is issued.
    """

    version: int = derived(lambda detail: detail.row.draft_version)


@found_by("Invoice")
async def find_invoice(info: Info, invoice_id: UUID) -> Invoice | None:
    detail = await asked(info, InvoiceId(invoice_id))
    return with_detail(detail) if detail else None


def with_detail(detail: InvoiceDetail) -> Invoice:
    """The invoice, whose document need not be asked for again."""
    made = Invoice.of(detail.row)
    made.detail = detail
    return made


async def asked(info: Info, invoice_id: InvoiceId) -> InvoiceDetail | None:
    """Everything about one invoice, as it is today."""
    now = info.context.services.clock.now()
    return await info.context.ask(queries.invoice, invoice_id=invoice_id, now=now)
