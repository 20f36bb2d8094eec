"""What an invoice shows, before any page exists."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from backend.documents.formats import Formats
from backend.documents.palette import READABLE_CONTRAST, Palette, contrast
from backend.documents.view import ERASED, document_view
from backend.rules.tax import NOT_SUBJECT
from tests.documents.given import BANKGIRO, LINES, MOMS, SEPA, an_invoice

NBSP, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("language", "country", "money", "day"),
    [
        ("sv", "SE", f"−1{NBSP}234{NBSP}567,50{NBSP}SEK", "2026-11-02"),
        ("fi", "FI", f"−1{NBSP}234{NBSP}567,50{NBSP}SEK", "2.11.2026"),
        ("fr", "FR", f"−1{NARROW}234{NARROW}567,50{NBSP}SEK", "2 nov. 2026"),
        ("de", "DE", f"−1.234.567,50{NBSP}SEK", "02.11.2026"),
        ("de", "CH", f"SEK{NBSP}−1’234’567.50", "02.11.2026"),
        ("es", "ES", f"−1.234.567,50{NBSP}SEK", "2 nov 2026"),
        ("en", "GB", f"−SEK{NBSP}1,234,567.50", "2 Nov 2026"),
        ("en", "TH", f"−1,234,567.50{NBSP}SEK", "2 Nov 2026"),
    ],
)
def test_amounts_and_dates_follow_the_reader(language: str, country: str, money: str, day: str) -> None:
    """S002-23, E.4: grouping, minus sign and order by CLDR; a code where "kr" would mean five currencies."""
    show = Formats.of(language, country)
    assert show.money(-123456750, "SEK") == money
    assert show.date(date(2026, 11, 2)) == day


def test_currencies_keep_their_own_decimals() -> None:
    show = Formats.of("en", "GB")
    assert (show.money(12345, "JPY"), show.money(12345, "EUR")) == (f"JPY{NBSP}12,345", "€123.45")


def test_every_line_group_and_total_is_shown() -> None:
    """S002-3, S002-4, S002-49: per-line tax, one group per rate with its reason, and the sums."""
    view = document_view(an_invoice(), logo=None)
    assert [(line.percent, line.net) for line in view.lines] == [
        (f"25{NBSP}%", "360,00"),
        (f"25{NBSP}%", "120,00"),
        (f"0{NBSP}%", "250,00"),
    ]
    assert [(group.category, group.base, group.tax) for group in view.groups] == [
        ("S", "480,00", "120,00"),
        ("E", "250,00", "0,00"),
    ]
    assert "mervärdesskattelagen" in view.groups[1].reason
    assert (view.net, view.tax, view.total) == (f"730,00{NBSP}SEK", f"120,00{NBSP}SEK", f"850,00{NBSP}SEK")


def test_the_reference_rate_travels_with_the_invoice() -> None:
    """S002-28: the captured ECB pair is printed whenever the invoice is not in euro."""
    rate = document_view(an_invoice(), logo=None).rate
    assert rate is not None
    assert (rate.published_on, rate.eur_to_invoice) == ("2026-11-19", "11,0123")
    assert document_view(an_invoice(currency="EUR", account=SEPA), logo=None).rate is None


def test_vat_is_also_stated_in_the_currency_of_the_books() -> None:
    """S002-28: an invoice in euro of a Swedish issuer states its VAT in kronor."""
    event = an_invoice(currency="EUR", account=SEPA)
    kronor = replace(event.rate, accounting_currency="SEK", invoice_to_accounting=Decimal("11.0123"))
    rate = document_view(replace(event, rate=kronor), logo=None).rate
    assert rate is not None
    assert rate.tax_in_accounting == f"1{NBSP}321,48{NBSP}SEK"  # 120.00 EUR x 11.0123 = 1321.476


def test_a_document_discount_is_shown_per_line_so_that_lines_add_up() -> None:
    view = document_view(an_invoice(lines=LINES[:2], discount_minor=4800), logo=None)
    assert view.has_discount
    assert [(line.discount, line.net) for line in view.lines] == [("−36,00", "324,00"), ("−12,00", "108,00")]
    percent = document_view(an_invoice(lines=(("A", "2", "10.00", "12.5", MOMS),)), logo=None)
    assert [(line.discount, line.net) for line in percent.lines] == [(f"12,5{NBSP}%", "17,50")]


def test_outside_the_scope_of_vat_no_rate_is_claimed() -> None:
    view = document_view(an_invoice(lines=(("A", "1", "10", "0", NOT_SUBJECT),)), logo=None)
    assert (view.lines[0].percent, view.groups[0].percent) == ("–", "–")


def test_the_slip_offers_swish_for_kronor_and_epc_for_euro() -> None:
    """S002-16: bankgiro with OCR first where the account says so, RF otherwise; one QR code of the right kind."""
    slip = document_view(an_invoice(), logo=None).payment
    assert (slip.reference_kind, slip.reference, slip.qr_kind) == ("ocr", slip.ocr, "swish")
    assert slip.qr.startswith("C1231234567;850,00;")
    euro = document_view(an_invoice(currency="EUR", account=SEPA), logo=None).payment
    assert (euro.reference_kind, euro.qr_kind, euro.ocr) == ("rf", "epc", "")
    assert euro.iban == NBSP.join(("FR14", "2004", "1010", "0505", "0001", "3M02", "606"))


def test_what_no_code_can_say_gets_no_code() -> None:
    free = (("Ideell medlem", "1", "0.00", "0", MOMS),)
    assert document_view(an_invoice(lines=free), logo=None).payment.qr_kind == ""
    long = replace(SEPA, holder="F" * 71)
    assert document_view(an_invoice(currency="EUR", account=long), logo=None).payment.qr_kind == ""
    assert not document_view(an_invoice(account=None), logo=None).payment.payable
    assert document_view(an_invoice(account=replace(BANKGIRO, swish="")), logo=None).payment.qr_kind == ""


def test_an_erased_debtor_leaves_a_valid_document() -> None:
    view = document_view(an_invoice(debtor=None, descriptions=None, notes=None), logo=None)
    assert view.debtor.name == ERASED
    assert {line.description for line in view.lines} == {ERASED}


def test_text_on_any_colour_stays_readable() -> None:
    """S002-13: dark text on a light colour, and what is no colour at all never reaches the style sheet."""
    assert Palette.of("#ffd400", "#000000").on_primary != "#ffffff"
    assert Palette.of("#ffd400", "#000000").accent != "#ffd400"
    assert Palette.of("#0b4f6c", "#f2b134").on_primary == "#ffffff"
    assert "}" not in Palette.of("red}body{display:none", "url(x)").primary


@pytest.mark.parametrize("colour", ["#00a000", "#ff0000", "#808080", "#777777", "#ffd400", "#0b4f6c", "#ffffff"])
def test_the_text_on_a_colour_is_the_one_that_contrasts_more(colour: str) -> None:
    """S002-13: by the ratio of WCAG and not by brightness, which takes a strong green for dark."""
    palette = Palette.of(colour, "#c8a24a")
    assert contrast(palette.on_primary, colour) == max(contrast("#ffffff", colour), contrast("#1c2430", colour))
    assert contrast(palette.accent, "#ffffff") >= READABLE_CONTRAST
