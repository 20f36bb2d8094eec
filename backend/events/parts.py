"""Everything stored that several events share: facts of documents, printed lines, issuers and templates, rates.

Frozen with the events that hold them. Shapes that rules compute with as well (taxes, the gate's policy, document
references) are in `values`, so that neither events nor rules know the other.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, OrgNodeId, TemplateId, TenantId
from backend.values.parties import Identity, IssuerType, PaymentAccount
from backend.values.tax import AppliedTax

# Why a document travels: because it was just issued, or because somebody asked for it (again).
DeliveryPurpose = Literal["issue", "request"]
# Who says that money came: a person, a statement of the bank, a payment provider.
PaymentSource = Literal["manual", "bank_file", "provider"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFacts:
    """What every event about an invoice says of it, so that nobody who reads the event must look the invoice up.

    The org nodes are those of the day of issue. `season` is empty for an invoice of the time before Carreau.
    """

    invoice_id: InvoiceId
    number: str
    season: str
    issuer_id: IssuerId
    issuer_org_node_id: OrgNodeId | None
    debtor_id: DebtorId
    debtor_org_node_id: OrgNodeId | None
    currency: str
    issued_on: date
    due_on: date
    total_minor: int


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
    """One line as issued: rounded net, its share of the group's tax, and the account that is credited.

    `unit_code` is that of UN/ECE Recommendation 20; empty where nobody gave one.
    """

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
    unit_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditedLine(IssuedLine):
    """How much of one line of the invoice (counted from 1) is taken back, printed as that line was. Tax comes from the
    stored allocation."""

    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerReferences:
    """What the buyer wants to read on an e-invoice: BT-10, BT-13 and BT-49 of EN 16931, the last with its scheme."""

    buyer_reference: str = ""
    order_reference: str = ""
    endpoint_id: str = ""
    endpoint_scheme: str = ""


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
    """Who issued, as it was on the day of issue. `jurisdiction` is the country whose VAT it charges."""

    issuer_id: IssuerId
    issuer_type: IssuerType
    issuer_tenant_id: TenantId
    issuer_org_node_id: OrgNodeId | None
    jurisdiction: str
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
