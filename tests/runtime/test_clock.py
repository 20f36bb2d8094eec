"""A date depends on the place; an instant does not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.runtime.clock import Clock, FixedClock, SystemClock, TravellingClock

NEW_YEARS_EVE = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("clock", [FixedClock(NEW_YEARS_EVE), TravellingClock(NEW_YEARS_EVE)])
def test_half_an_hour_before_midnight_it_is_already_next_year_in_stockholm(clock: Clock) -> None:
    assert clock.today("Europe/Stockholm") == date(2027, 1, 1)
    assert clock.today("UTC") == date(2026, 12, 31)
    assert clock.today("America/Montreal") == date(2026, 12, 31)


def test_a_travelling_clock_only_goes_forward() -> None:
    clock = TravellingClock(NEW_YEARS_EVE)
    clock.advance(timedelta(days=1))
    assert clock.now() == datetime(2027, 1, 1, 23, 30, tzinfo=UTC)
    with pytest.raises(AssertionError):
        clock.travel_to(NEW_YEARS_EVE)


def test_an_instant_without_a_zone_is_not_an_instant() -> None:
    with pytest.raises(AssertionError):
        FixedClock(datetime(2026, 1, 1))  # noqa: DTZ001


def test_the_clock_of_the_machine_knows_its_zone() -> None:
    assert SystemClock().now().tzinfo is UTC
