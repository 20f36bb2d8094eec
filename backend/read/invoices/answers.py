"""What the invoice queries answer. The one word `status` is derived here, at the moment of the question."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, cast

from backend.events.invoices import DraftRevised, HistoricalInvoiceImported, InvoiceDrafted, InvoiceIssued
from backend.events.parts import Attachment as Attachment
from backend.events.parts import PrintedIssuer as PrintedIssuer
from backend.events.parts import ReferenceRate as ReferenceRate
from backend.read.invoices.fold import payment_axis
from backend.rules.status import DeliveryState, DocumentState, PaymentState, Status, derived_status, is_overdue
from backend.tenants.principals import Principal
from backend.values.documents import InvoiceType
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, OrgNodeId, RunId
from backend.values.parties import Particulars
from backend.values.tax import AppliedTax, TaxGroup

# Which state of an invoice changed.
HistoryAxis = Literal["document", "payment", "delivery"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """One invoice of a list. `historical` ones come from before Carreau; a draft's amounts are before tax."""

    invoice_id: InvoiceId
    number: str
    type: InvoiceType
    historical: bool
    season: str
    language: str
    issuer_id: IssuerId
    issuer_name: str
    issuer_org_node_id: OrgNodeId | None
    debtor_id: DebtorId
    debtor_name: str
    debtor_reference: str
    debtor_org_node_id: OrgNodeId | None
    run_id: RunId | None
    document_state: DocumentState
    delivery_state: DeliveryState
    issued_on: date | None
    due_on: date | None
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    open_minor: int
    credited_minor: int
    document_digest: str
    draft_version: int
    status: Status
    payment_state: PaymentState
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailLine:
    """One line with its text. A draft's line has no amounts and no tax yet; an erased text is empty."""

    description: str
    component: str
    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal
    recipient: str
    tax_category: str
    tax: AppliedTax | None
    net_minor: int | None
    tax_minor: int | None
    discount_minor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """One entry of the history (S002-36): which axis went from what to what, by whom, why and when."""

    position: int
    axis: HistoryAxis
    from_status: str
    to_status: str
    changed_by: Principal
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDetail:
    """Everything about one invoice. What is only decided at issue is None (or empty) on a draft."""

    row: InvoiceRow
    lines: tuple[DetailLine, ...]
    tax_groups: tuple[TaxGroup, ...]
    issuer: PrintedIssuer | None
    debtor: Particulars | None
    rate: ReferenceRate | None
    terms_days: int | None
    discount_minor: int
    ocr_reference: str
    rf_reference: str
    fiscal_position: str
    override_reason: str
    notes: str
    attachments: tuple[Attachment, ...]
    history: tuple[StatusChange, ...]


DERIVED: Final = ("status", "payment_state", "overdue")
# What is read of an invoice, and the instant that only `status` and `overdue` are derived from.
COLUMNS: Final = (*(field.name for field in fields(InvoiceRow) if field.name not in DERIVED), "overdue_from")


def row_of(values: tuple[Any, ...], now: datetime) -> InvoiceRow:
    """The row of `COLUMNS`, with the word for it at this moment."""
    stored = dict(zip(COLUMNS, values, strict=True))
    day_over = stored.pop("overdue_from")
    owed_minor = stored["total_minor"] - stored["credited_minor"]
    axes: dict[str, Any] = {"document": stored["document_state"], "open_minor": stored["open_minor"]}
    return InvoiceRow(
        **stored,
        status=derived_status(
            **axes, total_minor=owed_minor, delivery=stored["delivery_state"], overdue_from=day_over, now=now
        ),
        payment_state=cast(
            PaymentState,
            payment_axis(
                stored["document_state"], stored["total_minor"], stored["open_minor"], stored["credited_minor"]
            ),
        ),
        overdue=is_overdue(**axes, overdue_from=day_over, now=now),
    )


def detail_of(row: InvoiceRow, document: Any, history: tuple[StatusChange, ...]) -> InvoiceDetail:
    """The detail of a row and the event its document is the text of."""
    match document:
        case InvoiceIssued() as e:
            return InvoiceDetail(
                row=row,
                lines=_issued_lines(e),
                tax_groups=e.tax_groups,
                issuer=e.issuer,
                debtor=e.debtor,
                rate=e.rate,
                terms_days=e.terms_days,
                discount_minor=e.discount_minor,
                ocr_reference=e.ocr_reference,
                rf_reference=e.rf_reference,
                fiscal_position=e.fiscal_position,
                override_reason=e.override_reason or "",
                notes=e.notes or "",
                attachments=e.attachments or (),
                history=history,
            )
        case InvoiceDrafted() | DraftRevised() as e:
            return _sparse(
                row,
                history,
                lines=_draft_lines(e),
                terms_days=e.terms_days,
                discount_minor=e.discount_minor,
                notes=e.notes or "",
                attachments=e.attachments or (),
            )
        case HistoricalInvoiceImported() as e:
            return _sparse(row, history, notes=e.source)
    raise TypeError(type(document).__name__)


def _sparse(row: InvoiceRow, history: tuple[StatusChange, ...], **known: Any) -> InvoiceDetail:
    unknown: dict[str, Any] = {
        "lines": (),
        "tax_groups": (),
        "issuer": None,
        "debtor": None,
        "rate": None,
        "terms_days": None,
        "discount_minor": 0,
        "ocr_reference": "",
        "rf_reference": "",
        "fiscal_position": "",
        "override_reason": "",
        "attachments": (),
    }
    return InvoiceDetail(row=row, history=history, **(unknown | known))


def _issued_lines(event: InvoiceIssued) -> tuple[DetailLine, ...]:
    texts = event.descriptions or ("",) * len(event.lines)
    return tuple(
        DetailLine(
            description=text,
            component=line.component,
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount_percent=line.discount_percent,
            recipient=line.recipient,
            tax_category=line.tax.category_code,
            tax=line.tax,
            net_minor=line.net_minor,
            tax_minor=line.tax_minor,
            discount_minor=line.discount_minor,
        )
        for text, line in zip(texts, event.lines, strict=True)
    )


def _draft_lines(event: InvoiceDrafted | DraftRevised) -> tuple[DetailLine, ...]:
    texts = event.descriptions or ("",) * len(event.lines)
    return tuple(
        DetailLine(
            description=text,
            component=line.component,
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount_percent=line.discount_percent,
            recipient=line.recipient,
            tax_category=line.tax_category,
            tax=None,
            net_minor=None,
            tax_minor=None,
            discount_minor=None,
        )
        for text, line in zip(texts, event.lines, strict=True)
    )


def history_of(values: tuple[Any, ...], principals: dict[str, Principal]) -> StatusChange:
    position, axis, before, after, by, reason, at = values
    return StatusChange(
        position=position,
        axis=axis,
        from_status=before,
        to_status=after,
        changed_by=principals[by],
        reason=reason,
        at=at,
    )
