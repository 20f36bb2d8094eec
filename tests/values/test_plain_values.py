"""The small values: currencies, languages, seasons, entries and derived identifiers."""

from datetime import date
from uuid import UUID

import pytest

from backend.values.currency import EXPONENTS, UnknownCurrency, exponent
from backend.values.dates import Season
from backend.values.identifiers import IssuerId, TenantId, derived_id, tenant_stream
from backend.values.languages import ISO_639_1, TRANSLATED
from backend.values.ledger import Entry, Posting


def test_a_currency_has_its_decimals() -> None:
    """X7: minor units follow the ISO 4217 exponent."""
    assert (exponent("SEK"), exponent("EUR"), exponent("JPY"), exponent("ISK")) == (2, 2, 0, 0)
    assert all(len(code) == 3 and code.isupper() for code in EXPONENTS)
    with pytest.raises(UnknownCurrency):
        exponent("sek")


def test_every_translated_language_is_a_language() -> None:
    assert set(TRANSLATED) <= ISO_639_1
    assert len(ISO_639_1) == 184
    assert all(len(code) == 2 and code.islower() for code in ISO_639_1)


def test_a_season_holds_its_first_and_last_day() -> None:
    """X6: a season is not a calendar year."""
    season = Season(code="2026-27", first_day=date(2026, 7, 1), last_day=date(2027, 6, 30))
    assert season.holds(date(2026, 7, 1))
    assert season.holds(date(2027, 6, 30))
    assert not season.holds(date(2026, 6, 30))
    assert not season.holds(date(2027, 7, 1))


def test_a_derived_id_is_the_same_on_every_retry() -> None:
    tenant = TenantId(UUID(int=1))
    assert tenant_stream(tenant, "tax") == derived_id(tenant, "tax")
    assert tenant_stream(tenant, "tax") != tenant_stream(tenant, "gate")
    assert tenant_stream(tenant, "tax") != tenant_stream(TenantId(UUID(int=2)), "tax")


def test_a_balanced_entry_is_zero() -> None:
    postings = (Posting(account="1510", amount_minor=125), Posting(account="3000", amount_minor=-125))
    entry = Entry(issuer_id=IssuerId(UUID(int=1)), on=date(2026, 1, 31), currency="SEK", postings=postings)
    assert entry.balance_minor == 0
