"""What stands on the page of an invoice, and the history of its states."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from backend.api.graphql.actors import Actor, actor_of
from backend.api.graphql.documented import output, words
from backend.api.graphql.money import Money, money
from backend.api.parties import Address, Identity, PaymentAccount, address_of, identity_of, payment_account_of
from backend.read.invoices import answers
from backend.values.tax import AppliedTax as Applied
from backend.values.tax import TaxGroup as Group


@output
class AppliedTax:
    """The tax of a line, frozen at issue."""

    category_code: str
    percent: Decimal
    rate_code: str
    exemption_reason: str
    exemption_code: str


@output
class InvoiceLine:
    """One line. A draft's line has no amounts and no tax yet."""

    description: str
    component: str
    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal
    recipient: str
    tax_category: str
    applied_tax: AppliedTax | None
    net: Money | None
    tax: Money | None
    discount: Money | None


@output
class TaxGroup:
    """The tax of one category and rate: the sum of the rounded line nets, and the tax on it."""

    category_code: str
    percent: Decimal
    exemption_reason: str
    exemption_code: str
    base: Money
    tax: Money


@output
class PrintedDebtor:
    """Who owes it, as printed."""

    name: str
    email: str
    address: Address
    organisation_number: str
    vat_number: str


@output
class ReferenceRate:
    """The ECB reference rates captured at issue, with their publication dates."""

    source: str
    requested_on: date
    published_on: date
    eur_to_invoice: Decimal
    accounting_currency: str
    invoice_to_accounting: Decimal


@output
class Attachment:
    """A stored file that goes with the invoice. `url` is where it is, relative to this service."""

    name: str
    media_type: str
    digest: str
    size: int
    url: str


@output
class InvoiceDocument:
    """Everything on the page. What is only decided at issue is null, or empty, on a draft."""

    lines: list[InvoiceLine]
    tax_groups: list[TaxGroup]
    issuer: Identity | None
    payment_account: PaymentAccount | None
    debtor: PrintedDebtor | None
    rate: ReferenceRate | None
    terms_days: int | None
    discount: Money
    ocr_reference: str
    rf_reference: str
    fiscal_position: str
    override_reason: str
    notes: str
    attachments: list[Attachment]
    digest: str


@words
class HistoryAxis(Enum):
    """Which state changed."""

    DOCUMENT = "document"
    PAYMENT = "payment"
    DELIVERY = "delivery"


@output
class StatusChange:
    """One change of one state: from what, to what, by whom, why, when."""

    axis: HistoryAxis
    from_status: str
    to_status: str
    changed_by: Actor
    reason: str
    at: datetime


def document_of(detail: answers.InvoiceDetail) -> InvoiceDocument:
    row, issuer, debtor = detail.row, detail.issuer, detail.debtor
    return InvoiceDocument(
        lines=[_line(line, row.currency) for line in detail.lines],
        tax_groups=[tax_group_of(group, row.currency) for group in detail.tax_groups],
        issuer=identity_of(issuer.identity) if issuer else None,
        payment_account=payment_account_of(issuer.account) if issuer and issuer.account else None,
        debtor=PrintedDebtor(
            name=debtor.name,
            email=debtor.email,
            address=address_of(debtor.address),
            organisation_number=debtor.organisation_number,
            vat_number=debtor.vat_number,
        )
        if debtor
        else None,
        rate=_rate(detail),
        terms_days=detail.terms_days,
        discount=money(detail.discount_minor, row.currency),
        ocr_reference=detail.ocr_reference,
        rf_reference=detail.rf_reference,
        fiscal_position=detail.fiscal_position,
        override_reason=detail.override_reason,
        notes=detail.notes,
        attachments=[
            Attachment(
                name=each.name,
                media_type=each.media_type,
                digest=each.digest,
                size=each.size,
                url=f"/api/v1/invoices/{row.invoice_id}/attachments/{each.digest}",
            )
            for each in detail.attachments
        ],
        digest=row.document_digest,
    )


def tax_group_of(group: Group, currency: str) -> TaxGroup:
    return TaxGroup(
        category_code=group.category_code,
        percent=group.percent,
        exemption_reason=group.exemption_reason,
        exemption_code=group.exemption_code,
        base=money(group.base_minor, currency),
        tax=money(group.tax_minor, currency),
    )


def status_change_of(change: answers.StatusChange) -> StatusChange:
    return StatusChange(
        axis=HistoryAxis(change.axis),
        from_status=change.from_status,
        to_status=change.to_status,
        changed_by=actor_of(change.changed_by),
        reason=change.reason,
        at=change.at,
    )


def _line(line: answers.DetailLine, currency: str) -> InvoiceLine:
    return InvoiceLine(
        description=line.description,
        component=line.component,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount_percent=line.discount_percent,
        recipient=line.recipient,
        tax_category=line.tax_category,
        applied_tax=_applied(line.tax) if line.tax else None,
        net=_amount(line.net_minor, currency),
        tax=_amount(line.tax_minor, currency),
        discount=_amount(line.discount_minor, currency),
    )


def _applied(tax: Applied) -> AppliedTax:
    return AppliedTax(
        category_code=tax.category_code,
        percent=tax.percent,
        rate_code=tax.rate_code,
        exemption_reason=tax.exemption_reason,
        exemption_code=tax.exemption_code,
    )


def _amount(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else money(minor, currency)


def _rate(detail: answers.InvoiceDetail) -> ReferenceRate | None:
    rate = detail.rate
    if rate is None:
        return None
    return ReferenceRate(
        source=rate.source,
        requested_on=rate.requested_on,
        published_on=rate.published_on,
        eur_to_invoice=rate.eur_to_invoice,
        accounting_currency=rate.accounting_currency,
        invoice_to_accounting=rate.invoice_to_accounting,
    )
