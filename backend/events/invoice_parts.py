"""The parts an invoice is printed from: lines, issuer, branding, rate. Frozen with the events that hold them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from backend.events.issuers import IssuerType
from backend.rules.tax import AppliedTax
from backend.values.identifiers import IssuerId, OrgNodeId, TemplateId, TenantId
from backend.values.parties import Identity, PaymentAccount

InvoiceType = Literal["standard", "licence_renewal", "affiliation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One line as drafted. `unit_price` is in major units; `account` and `recipient` say who earns it."""

    component: str
    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal
    tax_category: str
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedLine:
    """One line as issued: rounded net, its share of the group's tax, and the account that is credited."""

    component: str
    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal
    recipient: str
    account: str
    net_minor: int
    tax_minor: int
    discount_minor: int
    tax: AppliedTax


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A stored file that goes with the invoice; `digest` is its SHA-256."""

    name: str
    media_type: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTemplate:
    """The branding as it was on the day of issue, in the invoice's language."""

    template_id: TemplateId
    name: str
    revision: int
    primary_colour: str
    secondary_colour: str
    logo: str
    logo_media_type: str
    header: str
    footer: str
    payment_instructions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedIssuer:
    """Who issued, as it was on the day of issue."""

    issuer_id: IssuerId
    issuer_type: IssuerType
    issuer_tenant_id: TenantId
    issuer_org_node_id: OrgNodeId | None
    identity: Identity
    account: PaymentAccount | None
    time_zone: str
    template: PrintedTemplate


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRate:
    """ECB reference rates captured at issue (S002-28): units of the invoice currency for one euro, and units of the
    accounting currency for one unit of the invoice currency, with the publication they come from."""

    source: str
    requested_on: date
    published_on: date
    eur_to_invoice: Decimal
    accounting_currency: str
    accounting_published_on: date
    invoice_to_accounting: Decimal
