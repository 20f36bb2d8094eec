"""Seasons and number series: no day in two seasons, no series torn apart."""

from datetime import date

import pytest

from backend.rules.numbering import Counter
from backend.values.dates import Season
from backend.write.issuers.seasons import MAX_SEASONS, DefineSeason, SeasonOverlaps, season_defined
from backend.write.issuers.series import (
    ConfigureNumberSeries,
    SeriesInUse,
    configure_series,
    invoice_series,
    open_series,
)
from backend.write.refusal import AlreadyExists, InvalidValue
from backend.write.states.issuer import Issuer
from tests.given.parties import a_season, an_issuer

IN_2026 = date(2026, 11, 20)


def defined(issuer: Issuer, season: Season) -> Season:
    return season_defined(issuer, DefineSeason(issuer_id=issuer.issuer_id, season=season)).season


def configured(issuer: Issuer, taken: dict[str, Counter], *, prefix: str = "NY", **changes: int) -> tuple[str, int]:
    command = ConfigureNumberSeries(issuer_id=issuer.issuer_id, prefix=prefix, **changes)
    event = configure_series(issuer, command, today=IN_2026, taken=taken)
    return event.prefix, event.first_number


def test_seasons_follow_one_another() -> None:
    """S002-50: the season is printed in every number, so each day belongs to one at most."""
    issuer = an_issuer(a_season("2026"))
    assert defined(issuer, a_season("2026-27", "2027-01-01", "2027-06-30")).code == "2026-27"
    for first, last in (("2026-12-31", "2027-12-30"), ("2025-06-01", "2026-01-01"), ("2026-05-01", "2026-05-01")):
        with pytest.raises(SeasonOverlaps):
            defined(issuer, a_season("2027", first, last))


@pytest.mark.parametrize("code", ["", "2026/27", "2026 ", "été", "a", "2026-", "X" * 40])
def test_a_season_code_can_be_printed(code: str) -> None:
    """S002-50: FAKTURA-{season}-000001 stays within 50 characters of A-Z, 0-9 and hyphens."""
    with pytest.raises(InvalidValue) as refused:
        defined(an_issuer(), a_season(code))
    assert refused.value.path == ("season", "code")


def test_a_season_is_a_span_of_days() -> None:
    """S002-50: it ends after it begins, within reason, and its code is new."""
    for first, last in (("2026-02-01", "2026-01-31"), ("2026-01-01", "2031-01-01")):
        with pytest.raises(InvalidValue):
            defined(an_issuer(), a_season("2026", first, last))
    with pytest.raises(AlreadyExists):
        defined(an_issuer(a_season("2026")), a_season("2026", "2028-01-01", "2028-12-31"))


def test_an_issuer_has_a_limited_number_of_seasons() -> None:
    """Architecture, limits: everything that grows has one."""
    many = (a_season(f"{1800 + n}", f"{1800 + n}-01-01", f"{1800 + n}-12-31") for n in range(MAX_SEASONS))
    with pytest.raises(InvalidValue):
        defined(an_issuer(*many), a_season("2026"))


def test_a_series_without_numbers_may_be_configured() -> None:
    """S002-50, X4: prefix, width and first number are the issuer's to choose, until the first invoice."""
    assert configured(an_issuer(a_season("2026")), {}, first_number=1000) == ("NY", 1000)


def test_a_running_series_is_not_torn_apart() -> None:
    """S003-37, C8: SERIES_IN_USE as soon as the current season, or a later one, has a number."""
    now, later = a_season("2026"), a_season("2027", "2027-01-01", "2027-12-31")
    issuer = an_issuer(now, later)
    for season in (now, later):
        taken = {invoice_series(issuer.issuer_id, season.code): Counter(7, IN_2026)}
        with pytest.raises(SeriesInUse, match="7"):
            configured(issuer, taken)


def test_a_season_that_is_over_does_not_hinder() -> None:
    """X4: a new season may have a new pattern; what is printed stays as it is."""
    issuer = an_issuer(a_season("2025", "2025-01-01", "2025-12-31"), a_season("2026"))
    assert set(open_series(issuer, IN_2026)) == {invoice_series(issuer.issuer_id, "2026")}
    assert configured(issuer, {})[0] == "NY"


@pytest.mark.parametrize(
    ("prefix", "changes"),
    [
        ("", {}),
        ("FÖR", {}),
        ("FAR-TOO-LONG", {}),
        ("NY", {"width": 0}),
        ("NY", {"first_number": 0}),
        ("NY", {"first_number": 10**12}),
    ],
)
def test_a_pattern_that_cannot_be_printed_is_refused(prefix: str, changes: dict[str, int]) -> None:
    """S004-51, S004-15: ten characters of prefix, fifty of number."""
    with pytest.raises(InvalidValue):
        configured(an_issuer(a_season("2026")), {}, prefix=prefix, **changes)
