"""Questions about invoices."""

from datetime import date
from enum import Enum
from typing import Annotated

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, output, resolved, words
from backend.api.graphql.identifiers import optional, the
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.results import Refused, refused
from backend.api.graphql.words import word
from backend.api.invoices.explained import CalculationStep, steps_of
from backend.api.invoices.inputs import PreviewInvoiceInput
from backend.api.invoices.previewing import preview_of
from backend.api.invoices.states import InvoiceStatus
from backend.api.invoices.types import Invoice, find_invoice, invoice_of
from backend.read.invoices import filters, queries
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, RunId
from backend.write.refusal import Refusal


@words
class InvoiceSortField(Enum):
    """What a list of invoices is sorted by."""

    CREATED = "created"
    NUMBER = "number"
    ISSUED_ON = "issued_on"
    DUE_ON = "due_on"
    TOTAL = "total"
    OPEN = "open"
    DEBTOR = "debtor"


@given
class InvoiceSortInput:
    """The order of the list."""

    field: InvoiceSortField
    descending: bool = False


@given
class InvoiceFilterInput:
    """What is wanted; what is left out asks for nothing. Dates are inclusive. `search` finds beginnings of words in the
    number, the references, the debtor's name and the member number."""

    status: list[InvoiceStatus] | None = None
    something_paid: bool | None = None
    issuer_id: strawberry.ID | None = None
    debtor_id: strawberry.ID | None = None
    run_id: strawberry.ID | None = None
    season: str | None = None
    currency: str | None = None
    issued_from: date | None = None
    issued_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    search: str = ""

    def value(self) -> filters.InvoiceFilter:
        issuer = optional("Issuer", self.issuer_id, "filter", "issuerId")
        debtor = optional("Debtor", self.debtor_id, "filter", "debtorId")
        run = optional("Run", self.run_id, "filter", "runId")
        return filters.InvoiceFilter(
            status=tuple(word(each) for each in dict.fromkeys(self.status or ())),
            something_paid=self.something_paid,
            issuer_id=IssuerId(issuer) if issuer else None,
            debtor_id=DebtorId(debtor) if debtor else None,
            run_id=RunId(run) if run else None,
            season=self.season,
            currency=self.currency,
            issued_from=self.issued_from,
            issued_to=self.issued_to,
            due_from=self.due_from,
            due_to=self.due_to,
            search=self.search,
        )


@output
class InvoiceCount:
    """How many invoices have a status."""

    status: InvoiceStatus
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
        order = filters.InvoiceSort(word(sort.field), sort.descending) if sort else filters.NEWEST_FIRST
        found = await info.context.ask(
            queries.invoices,
            now=info.context.services.clock.now(),
            filter=filter.value() if filter else filters.ANY_INVOICE,
            sort=order,
            page=page(first, after, last, before),
        )
        return connection(found, invoice_of)

    @resolved
    async def invoice(self, info: Info, id: strawberry.ID) -> Invoice | None:
        """One invoice; null for one there is not, or that you may not see."""
        found: Invoice | None = await find_invoice(info, the("Invoice", id, "id"))
        return found

    @resolved
    async def invoice_counts(self, info: Info, filter: InvoiceFilterInput | None = None) -> list[InvoiceCount]:
        """How many invoices there are of each status."""
        counts = await info.context.ask(
            queries.invoice_counts,
            now=info.context.services.clock.now(),
            filter=filter.value() if filter else filters.ANY_INVOICE,
        )
        return [InvoiceCount(status=InvoiceStatus(status), count=count) for status, count in counts.items()]

    @resolved
    async def explain_invoice(self, info: Info, id: strawberry.ID) -> list[CalculationStep] | None:
        """Every minor unit of an issued invoice, step by step. Null for one there is not, or that you may not see."""
        detail = await info.context.ask(
            queries.invoice, invoice_id=InvoiceId(the("Invoice", id, "id")), now=info.context.services.clock.now()
        )
        return steps_of(detail) if detail else None

    @resolved
    async def preview_invoice(self, info: Info, input: PreviewInvoiceInput) -> PreviewInvoiceResult:
        """The invoice as it would be issued now, decided by the same rules; nothing is recorded."""
        try:
            detail = await preview_of(info, input)
        except Refusal as refusal:
            return refused(refusal, input)
        return PreviewInvoiceSuccess(invoice=invoice_of(detail.row, detail))
