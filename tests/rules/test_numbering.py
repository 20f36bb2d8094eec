"""How document numbers read, and how they are read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.numbering import (
    CREDIT_NOTES,
    MAX_NUMBER,
    ForeignNumber,
    InvalidSeries,
    SeriesPattern,
    default_prefix,
)
from backend.values.languages import TRANSLATED

INVOICES = SeriesPattern("FAKTURA")

prefixes = st.from_regex(r"\A[A-Z0-9]{1,4}(-[A-Z0-9]{1,4})?\Z")
seasons = st.from_regex(r"\A20[0-9]{2}(-[0-9]{2})?\Z")


def test_the_number_of_the_field() -> None:
    """S002-50: FAKTURA-2026-001234 onwards."""
    assert INVOICES.format("2026", 1234) == "FAKTURA-2026-001234"
    assert INVOICES.format("2026-27", 1) == "FAKTURA-2026-27-000001"


def test_credit_notes_are_counted_per_year() -> None:
    """S002-33, X6: CN-YYYY-NNNNNN."""
    assert CREDIT_NOTES.format(2026, 7) == "CN-2026-000007"


def test_a_full_counter_widens() -> None:
    """X4: widen on overflow, never wrap."""
    assert INVOICES.format("2026", 999_999) == "FAKTURA-2026-999999"
    assert INVOICES.format("2026", 1_000_000) == "FAKTURA-2026-1000000"


def test_every_translated_language_has_a_prefix() -> None:
    """X4: the default prefix follows the issuer's language."""
    assert [default_prefix(language) for language in ("sv", "fr", "en", "it")] == ["FAKTURA", "FACTURE", "INV", "INV"]
    for language in TRANSLATED:
        assert SeriesPattern(default_prefix(language)).format("2026-27", 1)


def test_a_legacy_series_begins_where_it_stopped() -> None:
    """S004-13: the old sequence started at 1000."""
    assert SeriesPattern("INV", first_number=1000).first_number == 1000


@pytest.mark.parametrize("prefix", ["", "faktura", "FAKTURA-2026", "INV ", "-INV", "INV-", "Å", "INV\n", "A/B"])
def test_a_prefix_is_up_to_ten_capitals_digits_and_inner_hyphens(prefix: str) -> None:
    """S004-51: VARCHAR(10)."""
    with pytest.raises(InvalidSeries):
        SeriesPattern(prefix)


@pytest.mark.parametrize("wrong", [{"width": 0}, {"width": 13}, {"first_number": 0}])
def test_width_and_first_number_have_limits(wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidSeries):
        SeriesPattern("INV", **wrong)


@pytest.mark.parametrize(
    ("season", "n"),
    [("2026", 0), ("2026", -1), ("", 1), ("2026 ", 1), ("2026/27", 1), ("2026-", 1), ("2" * 40, 1), ("2026", 10**40)],
)
def test_what_cannot_be_a_number(season: str, n: int) -> None:
    """S004-15: VARCHAR(50)."""
    with pytest.raises(InvalidSeries):
        INVOICES.format(season, n)


@given(prefixes, st.integers(1, 12), seasons, st.integers(1, 10**14))
def test_a_number_can_be_read_back(prefix: str, width: int, season: str, n: int) -> None:
    pattern = SeriesPattern(prefix, width=width)
    number = pattern.format(season, n)
    assert len(number) <= MAX_NUMBER
    assert pattern.parse(number) == (season, n)


@given(seasons, st.integers(1, 10**7), seasons, st.integers(1, 10**7))
def test_two_counters_never_share_a_number(season: str, n: int, other_season: str, m: int) -> None:
    same = INVOICES.format(season, n) == INVOICES.format(other_season, m)
    assert same == ((season, n) == (other_season, m))


@pytest.mark.parametrize(
    "number",
    [
        *(
            "",
            "FAKTURA",
            "FAKTURA-2026",
            "FAKTURA--000001",
            "INV-2026-000001",
            "FAKTURA-2026-1",
            "FAKTURA-2026-0000001",
        ),
        *("FAKTURA-2026-000000", "FAKTURA-2026-00000１", "FAKTURA-2026-000001 ", "FAKTURA-2026-" + "9" * 5000),
    ],
)
def test_only_what_we_would_write_is_read(number: str) -> None:
    """Two spellings must not be one number."""
    with pytest.raises(ForeignNumber):
        INVOICES.parse(number)
