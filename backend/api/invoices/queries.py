"""Questions about invoices."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, ClassVar

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, output, resolved
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.results import Refused, refused
from backend.api.invoices.commands import CONTENT_PATHS, InvoiceContentInput
from backend.api.invoices.document import MAX_LINES
from backend.api.invoices.invoice import Invoice, asked, find_invoice, with_detail
from backend.api.invoices.steps import CalculationStep, steps_of
from backend.api.problems import Fault, Malformed
from backend.read.invoices import filters, queries
from backend.read.invoices.answers import InvoiceDetail
from backend.read.invoices.previewed import previewed
from backend.rules.status import Status
from backend.values.documents import InvoiceType
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, RunId
from backend.write.execute import preview
from backend.write.invoices.draft import DraftInvoice
from backend.write.invoices.issue import IssueInvoice
from backend.write.invoices.revise import ReviseDraft
from backend.write.refusal import Refusal


@given
class InvoiceSortInput:
    """The order of the list."""

    field: filters.SortField
    descending: bool = False


@given
class InvoiceFilterInput:
    """What is wanted; what is left out asks for nothing. Dates are inclusive. `search` finds beginnings of words in the
    number, the references, the debtor's name and the member number."""

    WITHIN: ClassVar = ("filter",)
    status: list[Status] | None = None
    something_paid: bool | None = None
    issuer_id: IssuerId | None = None
    debtor_id: DebtorId | None = None
    run_id: RunId | None = None
    season: str | None = None
    currency: str | None = None
    issued_from: date | None = None
    issued_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    search: str = ""

    def value(self) -> filters.InvoiceFilter:
        said = vars(self) | {"status": tuple(dict.fromkeys(self.status or ()))}
        return filters.InvoiceFilter(**said)


@given
class PreviewInvoiceInput:
    """The invoice as it would be issued now: of an existing draft by its id alone, or of content that is no draft yet
    (then with issuer and debtor)."""

    PATHS: ClassVar = CONTENT_PATHS
    invoice_id: InvoiceId | None = None
    issuer_id: IssuerId | None = None
    debtor_id: DebtorId | None = None
    content: InvoiceContentInput | None = None
    type: InvoiceType = "standard"
    issued_on: date | None = None


@output
class InvoiceCount:
    """How many invoices have a status."""

    status: Status
    count: int


@output
class PreviewInvoiceSuccess:
    """The invoice as it would be issued now. Nothing was recorded; its number may go to somebody else."""

    invoice: Invoice


PreviewInvoiceResult = Annotated[PreviewInvoiceSuccess | Refused, strawberry.union("PreviewInvoiceResult")]


@output
class InvoiceQueries:
    """Questions about invoices."""

    @resolved
    async def invoices(
        self,
        info: Info,
        filter: InvoiceFilterInput | None = None,
        sort: InvoiceSortInput | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Invoice]:
        """The invoices you may see, the newest first unless said otherwise."""
        found = await info.context.ask(
            queries.invoices,
            now=info.context.services.clock.now(),
            filter=filter.value() if filter else filters.ANY_INVOICE,
            sort=filters.InvoiceSort(sort.field, sort.descending) if sort else filters.NEWEST_FIRST,
            page=page(first, after, last, before),
        )
        return connection(found, Invoice.of)

    @resolved
    async def invoice(self, info: Info, id: InvoiceId) -> Invoice | None:
        """One invoice; null for one there is not, or that you may not see."""
        return await find_invoice(info, id)

    @resolved(size=(9, 9))
    async def invoice_counts(self, info: Info, filter: InvoiceFilterInput | None = None) -> list[InvoiceCount]:
        """How many invoices there are of each status."""
        counts = await info.context.ask(
            queries.invoice_counts,
            now=info.context.services.clock.now(),
            filter=filter.value() if filter else filters.ANY_INVOICE,
        )
        return [InvoiceCount(status=status, count=count) for status, count in counts.items()]

    @resolved(size=(20, 5 * MAX_LINES))
    async def explain_invoice(self, info: Info, id: InvoiceId) -> list[CalculationStep] | None:
        """Every minor unit of an issued invoice, step by step. Null for one there is not, or that you may not see."""
        detail = await asked(info, id)
        return steps_of(detail) if detail else None

    @resolved
    async def preview_invoice(self, info: Info, input: PreviewInvoiceInput) -> PreviewInvoiceResult:
        """The invoice as it would be issued now, decided by the same rules; nothing is recorded."""
        try:
            return PreviewInvoiceSuccess(invoice=with_detail(await _preview(info, input)))
        except Refusal as refusal:
            return refused(refusal, input)


async def _preview(info: Info, input: PreviewInvoiceInput) -> InvoiceDetail:
    """Decided by the very handlers that issue, and nothing recorded. Raises `Refusal` where issuing would be
    refused."""
    context = info.context
    recorded = await preview(context.services.write, context.actor, *_commands(info, input))
    return previewed(recorded, context.services.clock.now())


def _commands(info: Info, input: PreviewInvoiceInput) -> Sequence[Any]:
    content = input.content.value() if input.content else None
    if input.invoice_id is not None:
        revised = [ReviseDraft(invoice_id=input.invoice_id, content=content)] if content else []
        return [*revised, IssueInvoice(invoice_id=input.invoice_id, issued_on=input.issued_on)]
    if input.issuer_id is None or input.debtor_id is None or content is None:
        raise Malformed(Fault(detail="name a draft by invoiceId, or give issuerId, debtorId and content"))
    invoice_id = InvoiceId(info.context.new_id())
    drafted = DraftInvoice(
        invoice_id=invoice_id, issuer_id=input.issuer_id, debtor_id=input.debtor_id, content=content, type=input.type
    )
    return [drafted, IssueInvoice(invoice_id=invoice_id, issued_on=input.issued_on)]
