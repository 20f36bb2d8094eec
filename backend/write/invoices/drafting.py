"""What a draft may say: the pure rules behind drafting, revising and discarding."""

import re
from decimal import Decimal
from typing import Final

from backend.events.invoice_parts import Attachment, DraftLine
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
from backend.values.currency import EXPONENTS
from backend.values.languages import ISO_639_1
from backend.write.invoices.commands import WantedContent, WantedLine
from backend.write.invoices.invoice import Content, DraftState, Invoice
from backend.write.invoices.refusals import (
    CurrencyUnknown,
    InvoiceAlreadyPosted,
    InvoiceHasTooManyLines,
    InvoiceNotDraft,
)
from backend.write.refusal import InvalidValue
from backend.write.wording import text

MAX_LINES: Final = 1_000
MAX_DESCRIPTION: Final = 500
MAX_NOTES: Final = 1_000
MAX_CODE: Final = 60

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


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
        raise InvalidValue("the language is not an ISO 639-1 code", path=("language",))
    if wanted.terms_days is not None and not 0 <= wanted.terms_days <= MAX_TERMS_DAYS:
        raise InvalidValue(f"payment terms are 0 to {MAX_TERMS_DAYS} days", path=("termsDays",))
    if wanted.discount_minor < 0:
        raise InvalidValue("a discount is not negative", path=("discountMinor",))
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


def still_draft(invoice: Invoice) -> DraftState:
    """The draft, or the refusal that fits its state (S003-31: only drafts are editable)."""
    match invoice:
        case DraftState():
            return invoice
        case _ if hasattr(invoice, "event"):
            raise InvoiceAlreadyPosted("This invoice has already been posted and cannot be edited.")
        case _:
            raise InvoiceNotDraft("this draft was discarded")


def _attachments(wanted: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """The files, if one e-mail can carry them. That they are stored, the edge has made sure of."""
    if len(wanted) > MAX_ATTACHMENTS:
        raise InvalidValue(f"an invoice has at most {MAX_ATTACHMENTS} attachments", path=("attachments",))
    for index, each in enumerate(wanted):
        if each.media_type not in ENDINGS:
            raise InvalidValue(f"a file is one of {', '.join(ENDINGS)}", path=("attachments", index, "mediaType"))
        if not _DIGEST.fullmatch(each.digest):
            raise InvalidValue("this is no SHA-256 in hexadecimal", path=("attachments", index, "digest"))
        if not 0 < each.size <= MAX_FILE_BYTES:
            raise InvalidValue(f"a file has 1 to {MAX_FILE_BYTES} bytes", path=("attachments", index, "size"))
        try:
            checked_name(each.name, each.media_type)
        except AttachmentRefused as refused:
            raise InvalidValue(refused.message, path=("attachments", index, "name")) from None
    if sum(each.size for each in wanted) > MAX_TOTAL_BYTES:
        raise InvalidValue(f"attachments have at most {MAX_TOTAL_BYTES} bytes together", path=("attachments",))
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
            raise InvalidValue(str(wrong), path=("lines", index, name)) from None
    if not 0 <= wanted.discount_percent <= 100:
        raise InvalidValue("a discount is 0 to 100 percent", path=("lines", index, "discountPercent"))
    if wanted.quantity == 0 or wanted.quantity.adjusted() >= MAX_INTEGER_DIGITS - 3:
        raise InvalidValue("a quantity is not zero, and not astronomical", path=("lines", index, "quantity"))
    for name, code in (("component", wanted.component), ("recipient", wanted.recipient)):
        if len(code) > MAX_CODE:
            raise InvalidValue(f"a code has at most {MAX_CODE} characters", path=("lines", index, name))
    return DraftLine(
        component=wanted.component,
        quantity=wanted.quantity,
        unit_price=wanted.unit_price,
        discount_percent=Decimal(wanted.discount_percent),
        tax_category=wanted.tax_category or default_category,
        recipient=wanted.recipient,
    )
