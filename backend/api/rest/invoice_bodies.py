"""What a client sends about an invoice."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final

import msgspec
from msgspec import Meta

from backend.api.rest.reading import Body, Query
from backend.api.rest.shapes import CurrencyCode, MoneySent, Reason, Text60, Text250
from backend.read.invoices.filters import InvoiceFilter, InvoiceSort, SortField
from backend.read.paging import MAX_CURSOR, PAGE_LIMIT, PageRequest
from backend.rules.attachments import MAX_ATTACHMENTS
from backend.rules.status import STATUS_ALIASES, Status
from backend.values.documents import InvoiceType
from backend.values.identifiers import DebtorId, IssuerId, RunId
from backend.values.payments import PaymentMethod
from backend.write.invoices.draft import WantedContent

# Beyond these the write side refuses as well, with its own code; here they bound what is read at all.
MAX_LINES: Final = 1_000

Season = Annotated[str, Meta(max_length=20, description="The season's code as printed: `2026`, `2026-27`")]
Language = Annotated[str, Meta(max_length=2, description="ISO 639-1")]


class LineSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line. `unit_price` is before tax, in major units, as a decimal string with at most six decimals.

    Without `tax_category` the template's default applies. `component` tells fees apart when duplicates are looked for,
    `recipient_type` says who earns it.
    """

    description: Annotated[str, Meta(max_length=2_000)]
    unit_price: Decimal
    quantity: Decimal = Decimal(1)
    discount_percent: Decimal = Decimal(0)
    tax_category: Text60 = ""
    component: Text250 = ""
    recipient_type: Text250 = ""


class AttachmentSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stored file; `digest` is its SHA-256 in hexadecimal."""

    name: Text250
    media_type: Annotated[str, Meta(max_length=100)]
    digest: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, Meta(ge=0, le=1 << 40)]


class ContentSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything about a draft that may still change. What is left out follows the issuer's and debtor's defaults."""

    POINTERS: ClassVar[Mapping[str, str]] = {"recipient": "recipient_type"}
    lines: Annotated[tuple[LineSent, ...], Meta(max_length=MAX_LINES)]
    currency: CurrencyCode | None = None
    season: Season | None = None
    language: Language | None = None
    terms_days: int | None = None
    discount_minor: Annotated[int, Meta(ge=0)] = 0
    notes: Annotated[str, Meta(max_length=4_000)] = ""
    attachments: Annotated[tuple[AttachmentSent, ...], Meta(max_length=MAX_ATTACHMENTS)] = ()


class DraftSent(ContentSent, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new draft. Its issuer and debtor are fixed from here on."""

    issuer_id: IssuerId
    debtor_id: DebtorId
    type: InvoiceType = "standard"


class PreviewSent(DraftSent, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draft that is not kept, as if issued on `invoice_date` (today, unless said otherwise)."""

    POINTERS: ClassVar[Mapping[str, str]] = {"recipient": "recipient_type", "issued_on": "invoice_date"}
    invoice_date: date | None = None


class IssueSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`invoice_date` is today where the issuer is, unless said otherwise; `deliver` overrides whether it is e-mailed at
    once; `override_reason` admits a second invoice for the same season and component."""

    POINTERS: ClassVar[Mapping[str, str]] = {"issued_on": "invoice_date"}
    invoice_date: date | None = None
    deliver: bool | None = None
    override_reason: Reason = ""


class CancelSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`reason` is required. It is about a person, and is forgotten when they are."""

    reason: Reason


class PaymentSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money that arrived, whole or in part. `received_on` is a date where the issuer is.

    More than the balance is refused, unless `allow_overpayment` keeps the rest as the debtor's credit.
    """

    POINTERS: ClassVar[Mapping[str, str]] = {
        "amount_minor": "payment_amount",
        "currency": "payment_amount",
        "method": "payment_method",
        "reference": "payment_reference",
    }
    payment_amount: MoneySent
    payment_method: PaymentMethod
    received_on: date
    payment_reference: Annotated[str, Meta(max_length=500)] = ""
    notes: Annotated[str, Meta(max_length=4_000)] = ""
    allow_overpayment: bool = False


class DeliverSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`to_address` overrides the debtor's address for this dispatch."""

    to_address: Annotated[str, Meta(max_length=320)] = ""


class InvoicesAsked(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which invoices, in which order. Dates are inclusive.

    `status` may name several, with commas; the words of older systems (`posted`, `partial`) are understood. `search`
    finds beginnings of words in number, references, debtor name and member number. `sort` with a minus is descending.
    """

    status: Annotated[str, Meta(max_length=200)] = ""
    issuer_id: IssuerId | None = None
    debtor_id: DebtorId | None = None
    season: Season | None = None
    run_id: RunId | None = None
    invoice_date_from: date | None = None
    invoice_date_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    currency: CurrencyCode | None = None
    search: Annotated[str, Meta(max_length=200)] = ""
    sort: Annotated[str, Meta(max_length=20)] = "-created"

    @property
    def filter(self) -> InvoiceFilter:
        """Raises `ValidationError` for a status nobody knows."""
        words = [word.strip() for word in self.status.split(",") if word.strip()]
        return InvoiceFilter(
            status=msgspec.convert([STATUS_ALIASES.get(word, word) for word in words], tuple[Status, ...]),
            issuer_id=self.issuer_id,
            debtor_id=self.debtor_id,
            season=self.season,
            run_id=self.run_id,
            issued_from=self.invoice_date_from,
            issued_to=self.invoice_date_to,
            due_from=self.due_from,
            due_to=self.due_to,
            currency=self.currency,
            search=self.search,
        )

    @property
    def order(self) -> InvoiceSort:
        """Raises `ValidationError` for a column nobody can sort by."""
        return InvoiceSort(msgspec.convert(self.sort.removeprefix("-"), SortField), self.sort.startswith("-"))


class InvoicesQuery(InvoicesAsked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of them: as `PageQuery`, which a Struct cannot have as a second parent."""

    first: Annotated[int, Meta(ge=0, le=PAGE_LIMIT)] | None = None
    after: Annotated[str, Meta(max_length=MAX_CURSOR)] | None = None
    last: Annotated[int, Meta(ge=0, le=PAGE_LIMIT)] | None = None
    before: Annotated[str, Meta(max_length=MAX_CURSOR)] | None = None

    @property
    def page(self) -> PageRequest:
        return PageRequest(first=self.first, after=self.after, last=self.last, before=self.before)


def content_of(sent: ContentSent) -> WantedContent:
    """The content as the command takes it."""
    said = {each.name: getattr(sent, each.name) for each in msgspec.structs.fields(ContentSent)}
    plain = msgspec.to_builtins(said)
    for line in plain["lines"]:
        line["recipient"] = line.pop("recipient_type")
    return msgspec.convert(plain, WantedContent)
