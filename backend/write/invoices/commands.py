"""What somebody may want of an invoice."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from backend.events.invoice_parts import Attachment as Attachment
from backend.events.invoice_parts import InvoiceType
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLine:
    """A line as asked for. `unit_price` is net, in major units, with at most six decimals.

    `tax_category` names a category of the tax matrix; empty means the template's default.
    """

    description: str
    unit_price: Decimal
    quantity: Decimal = Decimal(1)
    discount_percent: Decimal = Decimal(0)
    tax_category: str = ""
    component: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedContent:
    """Everything about a draft that may still change. `None` means: by the issuer's and the debtor's defaults."""

    lines: tuple[WantedLine, ...]
    currency: str | None = None
    season: str | None = None
    language: str | None = None
    terms_days: int | None = None
    discount_minor: int = 0
    notes: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftInvoice:
    """Begin an invoice. Its issuer and debtor are fixed from here on."""

    ASSIGNED: ClassVar = ("invoice_id",)
    invoice_id: InvoiceId
    issuer_id: IssuerId
    debtor_id: DebtorId
    content: WantedContent
    type: InvoiceType = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseDraft:
    """Replace the content of a draft. `expected_version` refuses when somebody else revised it in between."""

    invoice_id: InvoiceId
    content: WantedContent
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDraft:
    """Throw a draft away. Issued invoices cannot be thrown away."""

    invoice_id: InvoiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueInvoice:
    """Make a draft a legal document. `issued_on` defaults to today where the issuer is.

    `deliver` overrides whether the invoice is e-mailed at once; `override_reason` admits a semantic duplicate.
    """

    invoice_id: InvoiceId
    issued_on: date | None = None
    deliver: bool | None = None
    override_reason: str = ""
