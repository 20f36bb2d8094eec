"""What a draft may say."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from backend.events.invoices import InvoiceDrafted
from backend.write.debtors.erase import PersonErased
from backend.write.invoices.draft import (
    MAX_CODE,
    MAX_DESCRIPTION,
    MAX_LINES,
    MAX_NOTES,
    Attachment,
    CurrencyUnknown,
    InvoiceHasTooManyLines,
    WantedContent,
    draft,
)
from backend.write.refusal import InvalidValue, RefusalCode
from backend.write.states.debtor import Debtor
from backend.write.states.invoice import DraftState
from tests.given.issuing import (
    a_defined_template,
    a_line,
    a_wanted_draft,
    an_invoice_with,
    an_issuer_ready_to_issue,
    some_content,
)
from tests.given.parties import a_debtor

DIGEST = "ab" * 32


def drafted(content: WantedContent, *, debtor: Debtor | None = None, **changes: Any) -> InvoiceDrafted:
    issuer, debtor = an_issuer_ready_to_issue(), debtor or a_debtor()
    return draft(a_wanted_draft(issuer, debtor, content, **changes), issuer, a_defined_template(), debtor)


def an_attachment(**changes: Any) -> Attachment:
    said = {"digest": DIGEST, "name": "stadgar.pdf", "media_type": "application/pdf", "size": 1_000}
    return Attachment(**(said | changes))


def test_what_was_asked_for_is_drafted() -> None:
    """S003-26: issuer, debtor, lines and notes, with the issuer's currency and the template's category."""
    event = drafted(some_content("400", "12.50", notes="  Tack!  "), type="affiliation")
    assert (event.type, event.currency, event.notes) == ("affiliation", "SEK", "Tack!")
    assert [line.unit_price for line in event.lines] == [Decimal(400), Decimal("12.50")]
    assert {line.tax_category for line in event.lines} == {"standard"}
    assert event.descriptions == ("Licens senior", "Licens senior")


def test_a_draft_may_still_be_empty() -> None:
    """S003-46: that it has no lines is refused when it is issued."""
    state = an_invoice_with(drafted(WantedContent(lines=())))
    assert isinstance(state, DraftState)
    assert (state.content.lines, state.version) == ((), 1)


def test_what_a_line_says_goes_before_the_template() -> None:
    (line,) = drafted(WantedContent(lines=(a_line(tax_category="reduced"),))).lines
    assert line.tax_category == "reduced"


def test_a_currency_without_a_reference_rate_is_refused() -> None:
    """S002-28: CURRENCY_UNKNOWN, because no rate could ever be captured."""
    with pytest.raises(CurrencyUnknown) as refused:
        drafted(some_content(currency="XAU"))
    assert (refused.value.code, refused.value.path) == (RefusalCode.CURRENCY_UNKNOWN, ("currency",))


def test_an_invoice_has_a_limited_number_of_lines() -> None:
    """E.9: INVOICE_TOO_MANY_LINES at one more than the limit."""
    assert len(drafted(some_content(*["1"] * MAX_LINES)).lines) == MAX_LINES
    with pytest.raises(InvoiceHasTooManyLines) as refused:
        drafted(some_content(*["1"] * (MAX_LINES + 1)))
    assert (refused.value.code, refused.value.path) == (RefusalCode.INVOICE_TOO_MANY_LINES, ("lines",))


def test_nothing_is_drafted_for_somebody_who_was_erased() -> None:
    """C48: their key is destroyed, so nothing can be sealed for them."""
    with pytest.raises(PersonErased):
        drafted(some_content(), debtor=replace(a_debtor(), particulars=None))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"language": "xx"}, ("language",)),
        ({"terms_days": -1}, ("termsDays",)),
        ({"terms_days": 100_000}, ("termsDays",)),
        ({"discount_minor": -1}, ("discountMinor",)),
        ({"notes": "x" * (MAX_NOTES + 1)}, ("notes",)),
        ({"lines": (a_line(quantity=Decimal(0)),)}, ("lines", 0, "quantity")),
        ({"lines": (a_line(), a_line(quantity=Decimal(10**14)))}, ("lines", 1, "quantity")),
        ({"lines": (a_line("0.0000001"),)}, ("lines", 0, "unitPrice")),
        ({"lines": (a_line("NaN"),)}, ("lines", 0, "unitPrice")),
        ({"lines": (a_line(discount_percent=Decimal(101)),)}, ("lines", 0, "discountPercent")),
        ({"lines": (a_line(discount_percent=Decimal(-1)),)}, ("lines", 0, "discountPercent")),
        ({"lines": (a_line(component="x" * (MAX_CODE + 1)),)}, ("lines", 0, "component")),
        ({"lines": (a_line(recipient="x" * (MAX_CODE + 1)),)}, ("lines", 0, "recipient")),
        ({"lines": (a_line(description=" "),)}, ("lines", 0, "description")),
        ({"lines": (a_line(description="x" * (MAX_DESCRIPTION + 1)),)}, ("lines", 0, "description")),
    ],
)
def test_what_is_wrong_is_pointed_at(changes: dict[str, Any], path: tuple[str | int, ...]) -> None:
    with pytest.raises(InvalidValue) as refused:
        drafted(some_content(**changes))
    assert refused.value.path == path


@pytest.mark.parametrize(
    ("attachments", "path"),
    [
        ((an_attachment(media_type="text/html"),), ("attachments", 0, "mediaType")),
        ((an_attachment(digest="x"),), ("attachments", 0, "digest")),
        ((an_attachment(size=0),), ("attachments", 0, "size")),
        ((an_attachment(), an_attachment(name="../stadgar.pdf")), ("attachments", 1, "name")),
        (tuple(an_attachment() for _ in range(100)), ("attachments",)),
        (tuple(an_attachment(size=4_900_000) for _ in range(5)), ("attachments",)),
    ],
)
def test_the_files_fit_into_one_mail(attachments: tuple[Attachment, ...], path: tuple[str | int, ...]) -> None:
    """S003-59: what is attached can be sent."""
    with pytest.raises(InvalidValue) as refused:
        drafted(some_content(attachments=attachments))
    assert refused.value.path == path
