"""Seasons of the demo: the ones its past falls into, today's, and the next."""

from datetime import date, timedelta

import pytest

from backend.seed.seasons import seasons_around


def test_calendar_seasons_are_named_by_their_year() -> None:
    seasons = seasons_around(date(2026, 11, 20), "calendar", since=date(2026, 7, 23))
    assert [season.code for season in seasons] == ["2026", "2027"]


def test_autumn_seasons_are_named_by_two_years() -> None:
    seasons = seasons_around(date(2026, 11, 20), "autumn", since=date(2026, 7, 23))
    assert [season.code for season in seasons] == ["2025-26", "2026-27", "2027-28"]


@pytest.mark.parametrize("style", ["calendar", "autumn"])
def test_every_day_of_the_past_and_of_today_is_in_exactly_one(style: str) -> None:
    today = date(2027, 2, 3)
    seasons = seasons_around(today, style, since=today - timedelta(days=120))  # type: ignore[arg-type]
    for days in range(121):
        day = today - timedelta(days=days)
        assert sum(season.holds(day) for season in seasons) == 1
