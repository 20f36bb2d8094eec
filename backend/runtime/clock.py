"""The only place that asks what time it is. Everything else is given a date or an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the instant in UTC, and the calendar date at a place."""

    def now(self) -> datetime: ...

    def today(self, zone: str) -> date: ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self, zone: str) -> date:
        return self.now().astimezone(zone_named(zone)).date()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for tests of one decision."""

    at: datetime

    def __post_init__(self) -> None:
        _must_know_its_zone(self.at)

    def now(self) -> datetime:
        return self.at.astimezone(UTC)

    def today(self, zone: str) -> date:
        return self.at.astimezone(zone_named(zone)).date()


class TravellingClock:
    """A clock that tests move forward by hand, through a debtor's year."""

    def __init__(self, at: datetime) -> None:
        _must_know_its_zone(at)
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def today(self, zone: str) -> date:
        return self._at.astimezone(zone_named(zone)).date()

    def advance(self, by: timedelta) -> None:
        """Move on by a duration; time never goes back here."""
        assert by >= timedelta(0), "a travelling clock only goes forward"
        self._at += by

    def travel_to(self, at: datetime) -> None:
        """Move on to an instant that is not in the past."""
        _must_know_its_zone(at)
        self.advance(at.astimezone(UTC) - self._at)


@cache
def zone_named(name: str) -> ZoneInfo:
    """An IANA time zone; an unknown name raises ZoneInfoNotFoundError."""
    return ZoneInfo(name)


def _must_know_its_zone(at: datetime) -> None:
    assert at.tzinfo is not None, "an instant must know its time zone"
