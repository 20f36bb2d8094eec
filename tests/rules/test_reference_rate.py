"""Which rate an invoice carries, and when it must not be issued."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.reference_rate import (
    MAX_AGE_DAYS,
    ExchangeRateMissing,
    Lookup,
    Publication,
    RatePair,
    cross_rate,
    reference_rate,
)

FRIDAY = date(2026, 10, 30)


def lookup_in(publications: Iterable[Publication]) -> Lookup:
    """A lookup in publications held in memory. The first of two for the same day counts."""
    known: dict[tuple[str, date], Publication] = {}
    for each in publications:
        known.setdefault((each.currency, each.published_on), each)

    def last_before(currency: str, on: date) -> Publication | None:
        days = [day for found, day in known if found == currency and day <= on]
        return known[currency, max(days)] if days else None

    return last_before


def published(currency: str, per_euro: str, on: date = FRIDAY) -> Publication:
    return Publication(currency=currency, per_euro=Decimal(per_euro), published_on=on)


RATES = lookup_in(
    [published("SEK", "10.978"), published("SEK", "10.9995", date(2026, 10, 29)), published("USD", "1.1172")]
)


def pair(invoice: str, accounting: str, on: date = FRIDAY) -> RatePair:
    return reference_rate(RATES, invoice_currency=invoice, accounting_currency=accounting, on=on)


def test_both_rates_are_kept_with_their_dates() -> None:
    """S002-28, X25: euro to invoice currency, invoice to accounting currency, publication and requested date."""
    sunday = date(2026, 11, 1)
    assert pair("USD", "SEK", sunday) == RatePair(
        requested_on=sunday,
        invoice_currency="USD",
        eur_to_invoice=Decimal("1.1172"),
        eur_to_invoice_published_on=FRIDAY,
        accounting_currency="SEK",
        invoice_to_accounting=Decimal("9.82635"),
        invoice_to_accounting_published_on=FRIDAY,
    )


@pytest.mark.parametrize(
    ("on", "rate", "published_on"),
    [
        (date(2026, 10, 29), "10.9995", date(2026, 10, 29)),
        (date(2026, 10, 30), "10.978", FRIDAY),
        (date(2026, 10, 31), "10.978", FRIDAY),
        (date(2026, 11, 6), "10.978", FRIDAY),
    ],
)
def test_the_last_publication_on_or_before_the_date_counts(on: date, rate: str, published_on: date) -> None:
    """X25, C31: never a later one, at weekends Friday's, up to seven days."""
    found = pair("SEK", "SEK", on)
    assert (found.eur_to_invoice, found.published_on, found.requested_on) == (Decimal(rate), published_on, on)
    assert found.invoice_to_accounting == 1


@pytest.mark.parametrize(
    ("invoice", "accounting", "on", "currency", "last"),
    [
        ("SEK", "SEK", date(2026, 11, 7), "SEK", FRIDAY),
        ("SEK", "SEK", date(2026, 10, 28), "SEK", None),
        ("EUR", "SEK", date(2026, 11, 7), "SEK", FRIDAY),
        ("NOK", "EUR", FRIDAY, "NOK", None),
        ("EUR", "NOK", FRIDAY, "NOK", None),
    ],
)
def test_a_missing_rate_refuses(invoice: str, accounting: str, on: date, currency: str, last: date | None) -> None:
    """X25: no silent 1.0, and nothing older than seven days."""
    with pytest.raises(ExchangeRateMissing) as missing:
        pair(invoice, accounting, on)
    assert (missing.value.currency, missing.value.on, missing.value.last) == (currency, on, last)


def test_a_mapping_of_what_was_loaded_serves_as_well() -> None:
    """S002-28: a handler loads the last publications of the day in one query."""
    known = {"SEK": published("SEK", "10.978")}
    found = reference_rate(known, invoice_currency="EUR", accounting_currency="SEK", on=FRIDAY)
    assert found.invoice_to_accounting == Decimal("10.978")
    with pytest.raises(ExchangeRateMissing):
        reference_rate(known, invoice_currency="USD", accounting_currency="SEK", on=FRIDAY)


def test_the_euro_needs_no_publication() -> None:
    """S002-28: 1, as of the date itself."""
    found = reference_rate(lookup_in([]), invoice_currency="EUR", accounting_currency="EUR", on=FRIDAY)
    assert (found.eur_to_invoice, found.invoice_to_accounting, found.published_on) == (1, 1, FRIDAY)


@pytest.mark.parametrize(
    ("source", "target", "rate"),
    [
        ("11.0205", "1", "0.0907400"),
        ("20275.17", "1", "0.0000493214"),
        ("1", "20275.17", "20275.17"),
        ("10.978", "10.978", "1"),
        ("8", "1", "0.125"),
        ("3", "2", "0.666667"),
    ],
)
def test_cross_rates_have_six_significant_figures(source: str, target: str, rate: str) -> None:
    """S002-28: also where the rate is tiny; six decimals would leave two figures of the rupiah."""
    assert cross_rate(Decimal(source), Decimal(target)) == Decimal(rate)


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.decimals("0.0001", "99999", places=4)), max_size=20, unique_by=lambda x: x[0]
    ),
    st.integers(0, 80),
)
def test_the_rate_is_never_from_the_future_nor_stale(days: list[tuple[int, Decimal]], asked: int) -> None:
    """X25: against the definition, written out naively."""
    start = date(2026, 1, 1)
    known = [Publication(currency="SEK", per_euro=rate, published_on=start + timedelta(n)) for n, rate in days]
    on = start + timedelta(asked)
    fitting = [each for each in known if on - timedelta(MAX_AGE_DAYS) <= each.published_on <= on]
    lookup = lookup_in(known)
    if not fitting:
        with pytest.raises(ExchangeRateMissing):
            reference_rate(lookup, invoice_currency="SEK", accounting_currency="EUR", on=on)
        return
    found = reference_rate(lookup, invoice_currency="SEK", accounting_currency="EUR", on=on)
    assert found.eur_to_invoice == max(fitting, key=lambda each: each.published_on).per_euro
