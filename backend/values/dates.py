"""Calendar values. Business dates are the issuer's local dates; only `runtime.clock` asks what day it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """An issuer's season: `code` as printed in numbers (`2026`, `2026-27`), first and last day inclusive."""

    code: str
    first_day: date
    last_day: date

    def holds(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def end_of(day: date, zone: str) -> datetime:
    """The instant, in UTC, at which `day` is over by the wall clock of an IANA time zone."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
