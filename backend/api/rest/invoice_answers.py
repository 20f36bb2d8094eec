"""An invoice as REST shows it: in a list, and whole. Names are those of the field (S002, S003)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from backend.api.rest.actors import ActorShown, actor_shown
from backend.api.rest.shapes import Money, money
from backend.read.invoices.answers import DetailLine, InvoiceDetail, InvoiceRow, StatusChange
from backend.rules.status import DeliveryState, DocumentState, PaymentState, Status
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, OrgNodeId, RunId, TenantId
from backend.values.parties import Identity, Particulars, PaymentAccount
from backend.values.tax import TaxGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceListed:
    """One invoice of a list. `status` is the one word; the three states are what it is made of.

    A draft has no number and no dates, and its amounts are before tax. `historical` invoices come from before Carreau.
    `issuer_org_node_id` and `debtor_org_node_id` tell issuer (utställare) and debtor (gäldenär) apart.
    """

    id: InvoiceId
    invoice_number: str | None
    type: str
    status: Status
    invoice_state: DocumentState
    payment_state: PaymentState
    delivery_state: DeliveryState
    overdue: bool
    historical: bool
    season: str | None
    language: str
    issuer_id: IssuerId
    issuer_name: str
    issuer_org_node_id: OrgNodeId | None
    debtor_id: DebtorId
    debtor_name: str
    debtor_reference: str
    debtor_org_node_id: OrgNodeId | None
    run_id: RunId | None
    invoice_date: date | None
    invoice_date_due: date | None
    currency: str
    subtotal: Money
    tax_total: Money
    total: Money
    amount_residual: Money
    credited: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """One line. `tax_rate` is in percent; it and the amounts are null on a draft, which is taxed when it is issued."""

    description: str
    component: str
    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal
    recipient_type: str
    tax_category: str
    tax_rate: Decimal | None
    tax_code: str | None
    subtotal: Money | None
    tax_amount: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxSubtotal:
    """The VAT of one category and rate (BG-23 of EN 16931)."""

    category: str
    tax_rate: Decimal
    taxable: Money
    tax_amount: Money
    exemption_reason: str
    exemption_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerPrinted:
    """Who issued, as printed."""

    issuer_type: str
    issuer_tenant_id: TenantId
    issuer_org_node_id: OrgNodeId | None
    identity: Identity
    account: PaymentAccount | None
    template: str
    template_revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRateShown:
    """ECB's rates as captured at issue: for one euro, and into the accounting currency."""

    ecb_reference_rate: Decimal
    ecb_reference_date: date
    requested_date: date
    accounting_currency: str
    accounting_rate: Decimal
    accounting_reference_date: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentShown:
    """A stored file that goes with the invoice; `digest` is its SHA-256."""

    name: str
    media_type: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusHistoryEntry:
    """One change of one axis (`document`, `payment`, `delivery`): from, to, by whom, why, when."""

    axis: str
    from_status: str
    to_status: str
    changed_by: ActorShown
    reason: str
    at: datetime
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceShown(InvoiceListed):
    """One invoice with everything on it. `version` counts the revisions of a draft; it is in the ETag.

    `lines` are the blueprint's `invoice_lines`; `issuer`, `debtor` and `exchange_rate` are null until it is issued.
    """

    version: int
    lines: tuple[InvoiceLine, ...]
    tax_subtotals: tuple[TaxSubtotal, ...]
    issuer: IssuerPrinted | None
    debtor: Particulars | None
    exchange_rate: ReferenceRateShown | None
    terms_days: int | None
    discount: Money
    ocr_reference: str | None
    rf_reference: str | None
    fiscal_position: str | None
    override_reason: str
    notes: str
    attachments: tuple[AttachmentShown, ...]
    status_history: tuple[StatusHistoryEntry, ...]


def listed(row: InvoiceRow) -> InvoiceListed:
    return InvoiceListed(**_listed_fields(row))


def shown(detail: InvoiceDetail) -> InvoiceShown:
    currency = detail.row.currency
    return InvoiceShown(
        **_listed_fields(detail.row),
        version=detail.row.draft_version,
        lines=tuple(_line(line, currency) for line in detail.lines),
        tax_subtotals=tuple(_tax_subtotal(group, currency) for group in detail.tax_groups),
        issuer=_issuer(detail),
        debtor=detail.debtor,
        exchange_rate=_rate(detail),
        terms_days=detail.terms_days,
        discount=money(detail.discount_minor, currency),
        ocr_reference=detail.ocr_reference or None,
        rf_reference=detail.rf_reference or None,
        fiscal_position=detail.fiscal_position or None,
        override_reason=detail.override_reason,
        notes=detail.notes,
        attachments=tuple(
            AttachmentShown(name=each.name, media_type=each.media_type, digest=each.digest, size=each.size)
            for each in detail.attachments
        ),
        status_history=tuple(history_entry(change) for change in detail.history),
    )


def history_entry(change: StatusChange) -> StatusHistoryEntry:
    return StatusHistoryEntry(
        axis=change.axis,
        from_status=change.from_status,
        to_status=change.to_status,
        changed_by=actor_shown(change.changed_by),
        reason=change.reason,
        at=change.at,
        position=change.position,
    )


def _listed_fields(row: InvoiceRow) -> dict[str, Any]:
    amounts = {
        "subtotal": row.net_minor,
        "tax_total": row.tax_minor,
        "total": row.total_minor,
        "amount_residual": row.open_minor,
        "credited": row.credited_minor,
    }
    return {
        "id": row.invoice_id,
        "invoice_number": row.number or None,
        "type": row.type,
        "status": row.status,
        "invoice_state": row.document_state,
        "payment_state": row.payment_state,
        "delivery_state": row.delivery_state,
        "overdue": row.overdue,
        "historical": row.historical,
        "season": row.season or None,
        "language": row.language,
        "issuer_id": row.issuer_id,
        "issuer_name": row.issuer_name,
        "issuer_org_node_id": row.issuer_org_node_id,
        "debtor_id": row.debtor_id,
        "debtor_name": row.debtor_name,
        "debtor_reference": row.debtor_reference,
        "debtor_org_node_id": row.debtor_org_node_id,
        "run_id": row.run_id,
        "invoice_date": row.issued_on,
        "invoice_date_due": row.due_on,
        "currency": row.currency,
        **{name: money(minor, row.currency) for name, minor in amounts.items()},
    }


def _line(line: DetailLine, currency: str) -> InvoiceLine:
    return InvoiceLine(
        description=line.description,
        component=line.component,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount_percent=line.discount_percent,
        recipient_type=line.recipient,
        tax_category=line.tax_category,
        tax_rate=line.tax.percent if line.tax else None,
        tax_code=line.tax.rate_code if line.tax else None,
        subtotal=None if line.net_minor is None else money(line.net_minor, currency),
        tax_amount=None if line.tax_minor is None else money(line.tax_minor, currency),
    )


def _tax_subtotal(group: TaxGroup, currency: str) -> TaxSubtotal:
    return TaxSubtotal(
        category=group.category_code,
        tax_rate=group.percent,
        taxable=money(group.base_minor, currency),
        tax_amount=money(group.tax_minor, currency),
        exemption_reason=group.exemption_reason,
        exemption_code=group.exemption_code,
    )


def _issuer(detail: InvoiceDetail) -> IssuerPrinted | None:
    issuer = detail.issuer
    if issuer is None:
        return None
    return IssuerPrinted(
        issuer_type=issuer.issuer_type,
        issuer_tenant_id=issuer.issuer_tenant_id,
        issuer_org_node_id=issuer.issuer_org_node_id,
        identity=issuer.identity,
        account=issuer.account,
        template=issuer.template.name,
        template_revision=issuer.template.revision,
    )


def _rate(detail: InvoiceDetail) -> ReferenceRateShown | None:
    rate = detail.rate
    if rate is None:
        return None
    return ReferenceRateShown(
        ecb_reference_rate=rate.eur_to_invoice,
        ecb_reference_date=rate.published_on,
        requested_date=rate.requested_on,
        accounting_currency=rate.accounting_currency,
        accounting_rate=rate.invoice_to_accounting,
        accounting_reference_date=rate.accounting_published_on,
        source=rate.source,
    )
