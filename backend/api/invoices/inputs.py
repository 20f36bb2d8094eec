"""What clients send about drafts and issuing."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import ClassVar, Final

import strawberry

from backend.api.graphql.documented import given, words
from backend.api.graphql.results import Once, Repeatable
from backend.api.graphql.scalars import BigInt
from backend.write.invoices.draft import Attachment, WantedContent, WantedLine


@words
class InvoiceType(Enum):
    """What an invoice is for. Renewals and affiliations are never billed twice without a reason."""

    STANDARD = "standard"
    LICENCE_RENEWAL = "licence_renewal"
    AFFILIATION = "affiliation"


@given
class InvoiceLineInput:
    """One line. `unitPrice` is net, in major units, with at most six decimals; an empty `taxCategory` means the
    template's."""

    description: str
    unit_price: Decimal
    quantity: Decimal = Decimal(1)
    discount_percent: Decimal = Decimal(0)
    tax_category: str = ""
    component: str = ""
    recipient: str = ""

    def value(self) -> WantedLine:
        return WantedLine(
            description=self.description,
            unit_price=self.unit_price,
            quantity=self.quantity,
            discount_percent=self.discount_percent,
            tax_category=self.tax_category,
            component=self.component,
            recipient=self.recipient,
        )


@given
class AttachmentInput:
    """A stored file, as `POST /api/v1/attachments` answered it."""

    name: str
    media_type: str
    digest: str
    size: int


@given
class InvoiceContentInput:
    """Everything of a draft that may change. What is left out follows the issuer and the debtor."""

    lines: list[InvoiceLineInput]
    currency: str | None = None
    season: str | None = None
    language: str | None = None
    terms_days: int | None = None
    discount_minor: BigInt = BigInt(0)
    notes: str = ""
    attachments: list[AttachmentInput] | None = None

    def value(self) -> WantedContent:
        return WantedContent(
            lines=tuple(line.value() for line in self.lines),
            currency=self.currency,
            season=self.season,
            language=self.language,
            terms_days=self.terms_days,
            discount_minor=self.discount_minor,
            notes=self.notes,
            attachments=tuple(
                Attachment(name=each.name, media_type=each.media_type, digest=each.digest, size=each.size)
                for each in self.attachments or ()
            ),
        )


# The commands know the content's fields as their own.
CONTENT_PATHS: Final = {
    name: ("content", name)
    for name in ("lines", "currency", "season", "language", "termsDays", "discountMinor", "notes", "attachments")
}


@given
class DraftInvoiceInput(Repeatable):
    """Issuer and debtor are fixed from here on."""

    PATHS: ClassVar = CONTENT_PATHS
    issuer_id: strawberry.ID
    debtor_id: strawberry.ID
    content: InvoiceContentInput
    type: InvoiceType = strawberry.field(default=InvoiceType.STANDARD)


@given
class ReviseDraftInput(Repeatable):
    """The whole new content. `expectedVersion` refuses when somebody else revised the draft in between."""

    PATHS: ClassVar = CONTENT_PATHS
    invoice_id: strawberry.ID
    content: InvoiceContentInput
    expected_version: int | None = None


@given
class DiscardDraftInput(Repeatable):
    """The draft to throw away."""

    invoice_id: strawberry.ID


@given
class IssueInvoiceInput(Once):
    """`issuedOn` is today where the issuer is, unless said; `deliver` overrides whether the invoice is e-mailed at
    once; `overrideReason` admits a second invoice for the same season and component."""

    invoice_id: strawberry.ID
    issued_on: date | None = None
    deliver: bool | None = None
    override_reason: str = ""


@given
class PreviewInvoiceInput:
    """The invoice as it would be issued now: of an existing draft by its id alone, or of content that is no draft yet
    (then with issuer and debtor)."""

    PATHS: ClassVar = CONTENT_PATHS
    invoice_id: strawberry.ID | None = None
    issuer_id: strawberry.ID | None = None
    debtor_id: strawberry.ID | None = None
    content: InvoiceContentInput | None = None
    type: InvoiceType = strawberry.field(default=InvoiceType.STANDARD)
    issued_on: date | None = None
