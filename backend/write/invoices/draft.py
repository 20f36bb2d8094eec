"""Beginning an invoice: what a draft may say."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Final

from backend.events.invoices import InvoiceDrafted
from backend.events.issuers import TemplateDefined
from backend.events.parts import Attachment as Attachment
from backend.events.parts import DraftLine
from backend.rules.attachments import (
    ENDINGS,
    MAX_ATTACHMENTS,
    MAX_FILE_BYTES,
    MAX_TOTAL_BYTES,
    AttachmentRefused,
    checked_name,
)
from backend.rules.payment_terms import MAX_TERMS_DAYS
from backend.rules.totals import MAX_INTEGER_DIGITS, InvalidLine, exact_ratio
from backend.tenants.capabilities import Capability
from backend.values.currency import EXPONENTS
from backend.values.documents import InvoiceType
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId
from backend.values.languages import ISO_639_1
from backend.values.why import Why
from backend.write.command import command
from backend.write.debtors.erase import still_known
from backend.write.invoices.circumstances import issuer_and_template
from backend.write.refusal import InvalidValue, Refusal, RefusalCode
from backend.write.states.debtor import DEBTOR, Debtor
from backend.write.states.invoice import Content
from backend.write.states.issuer import Issuer
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import text


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


class InvoiceHasTooManyLines(Refusal):
    """The draft has more lines than `MAX_LINES`."""

    code = RefusalCode.INVOICE_TOO_MANY_LINES


class CurrencyUnknown(Refusal):
    """The ECB publishes no reference rate of the currency of the draft."""

    code = RefusalCode.CURRENCY_UNKNOWN


MAX_LINES: Final = 1_000
MAX_DESCRIPTION: Final = 500
MAX_NOTES: Final = 1_000
MAX_CODE: Final = 60
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def draft(command: DraftInvoice, issuer: Issuer, template: TemplateDefined, debtor: Debtor) -> InvoiceDrafted:
    """The draft. Refuses a debtor who was erased, and whatever can never be issued."""
    still_known(debtor, path=("debtorId",))
    return InvoiceDrafted(
        invoice_id=command.invoice_id,
        issuer_id=issuer.issuer_id,
        debtor_id=debtor.debtor_id,
        type=command.type,
        **fields_of(content_for(command.content, issuer, template)),
    )


def content_for(wanted: WantedContent, issuer: Issuer, template: TemplateDefined) -> Content:
    """The content, with the issuer's currency and the template's tax category where nothing else was asked for."""
    return content_of(wanted, default_currency=issuer.currency, default_category=template.tax_category)


def fields_of(content: Content) -> dict[str, Any]:
    """The content as the events of a draft carry it."""
    return {
        "currency": content.currency,
        "season": content.season,
        "language": content.language,
        "terms_days": content.terms_days,
        "discount_minor": content.discount_minor,
        "lines": content.lines,
        "attachments": content.attachments,
        "descriptions": content.descriptions,
        "notes": content.notes,
    }


def content_of(wanted: WantedContent, *, default_currency: str, default_category: str) -> Content:
    """The content of a draft, or a refusal that points at what is wrong. A draft may still have no lines."""
    currency = wanted.currency or default_currency
    if currency not in EXPONENTS:
        raise CurrencyUnknown(
            f"{currency!r} has no ECB reference rate: use one of {', '.join(EXPONENTS)}", path=("currency",)
        )
    if len(wanted.lines) > MAX_LINES:
        raise InvoiceHasTooManyLines(f"an invoice has at most {MAX_LINES} lines", path=("lines",))
    if wanted.language is not None and wanted.language not in ISO_639_1:
        raise InvalidValue(Why.NOT_A_LANGUAGE, path=("language",))
    if wanted.terms_days is not None and not 0 <= wanted.terms_days <= MAX_TERMS_DAYS:
        raise InvalidValue(Why.OUT_OF_RANGE, lowest=0, highest=MAX_TERMS_DAYS, path=("termsDays",))
    if wanted.discount_minor < 0:
        raise InvalidValue(Why.NEGATIVE, path=("discountMinor",))
    return Content(
        lines=tuple(_line(line, index, default_category) for index, line in enumerate(wanted.lines)),
        descriptions=tuple(
            text(line.description, MAX_DESCRIPTION, path=("lines", index, "description"))
            for index, line in enumerate(wanted.lines)
        ),
        currency=currency,
        season=wanted.season,
        language=wanted.language,
        terms_days=wanted.terms_days,
        discount_minor=wanted.discount_minor,
        notes=text(wanted.notes, MAX_NOTES, path=("notes",), required=False),
        attachments=_attachments(wanted.attachments),
    )


def _attachments(wanted: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """The files, if one e-mail can carry them. That they are stored, the edge has made sure of."""
    if len(wanted) > MAX_ATTACHMENTS:
        raise InvalidValue(Why.TOO_MANY, limit=MAX_ATTACHMENTS, path=("attachments",))
    for index, each in enumerate(wanted):
        if each.media_type not in ENDINGS:
            raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(ENDINGS), path=("attachments", index, "mediaType"))
        if not _DIGEST.fullmatch(each.digest):
            raise InvalidValue(Why.NOT_A_DIGEST, path=("attachments", index, "digest"))
        if not 0 < each.size <= MAX_FILE_BYTES:
            raise InvalidValue(Why.OUT_OF_RANGE, lowest=1, highest=MAX_FILE_BYTES, path=("attachments", index, "size"))
        try:
            checked_name(each.name, each.media_type)
        except AttachmentRefused as refused:
            raise InvalidValue.by_rule(refused, path=("attachments", index, "name")) from None
    if sum(each.size for each in wanted) > MAX_TOTAL_BYTES:
        raise InvalidValue(Why.FILES_TOO_LARGE, limit=MAX_TOTAL_BYTES, path=("attachments",))
    return wanted


def _line(wanted: WantedLine, index: int, default_category: str) -> DraftLine:
    for name, number in (
        ("quantity", wanted.quantity),
        ("unitPrice", wanted.unit_price),
        ("discountPercent", wanted.discount_percent),
    ):
        try:
            exact_ratio(number)
        except InvalidLine as wrong:
            raise InvalidValue.by_rule(wrong, path=("lines", index, name)) from None
    if not 0 <= wanted.discount_percent <= 100:
        raise InvalidValue(Why.OUT_OF_RANGE, lowest=0, highest=100, path=("lines", index, "discountPercent"))
    if wanted.quantity == 0 or wanted.quantity.adjusted() >= MAX_INTEGER_DIGITS - 3:
        raise InvalidValue(Why.QUANTITY_OUT_OF_RANGE, path=("lines", index, "quantity"))
    for name, code in (("component", wanted.component), ("recipient", wanted.recipient)):
        if len(code) > MAX_CODE:
            raise InvalidValue(Why.TOO_LONG, limit=MAX_CODE, path=("lines", index, name))
    return DraftLine(
        component=wanted.component,
        quantity=wanted.quantity,
        unit_price=wanted.unit_price,
        discount_percent=Decimal(wanted.discount_percent),
        tax_category=wanted.tax_category or default_category,
        recipient=wanted.recipient,
    )


@command(Capability.INVOICES_DRAFT)
async def draft_invoice(command: DraftInvoice, work: UnitOfWork) -> None:
    """Load issuer and debtor, and record the draft."""
    issuer, template = await issuer_and_template(work, command.issuer_id)
    work.authorise(issuer.node)
    debtor = await work.get(DEBTOR, command.debtor_id, path=("debtorId",))
    work.record(command.invoice_id, draft(command, issuer, template, debtor))
    work.answer = {"invoice_id": str(command.invoice_id)}
