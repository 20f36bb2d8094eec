"""Which seasons a demo issuer has: those its invoices of the past fall into, and the ones around today."""

from datetime import date, timedelta

from backend.seed.world import SeasonStyle
from backend.values.dates import Season


def seasons_around(today: date, style: SeasonStyle, *, since: date) -> tuple[Season, ...]:
    """The seasons from the one that holds `since` to the one after that of `today`, in order.

    `calendar` gives 2026, `autumn` gives 2026-27 (September to August).
    """
    first, last = _year(since, style), _year(today, style) + 1
    return tuple(_season(year, style) for year in range(first, last + 1))


def _year(day: date, style: SeasonStyle) -> int:
    return day.year if style == "calendar" or day.month >= 9 else day.year - 1


def _season(year: int, style: SeasonStyle) -> Season:
    if style == "calendar":
        return Season(code=str(year), first_day=date(year, 1, 1), last_day=date(year, 12, 31))
    following = date(year + 1, 9, 1)
    return Season(
        code=f"{year}-{(year + 1) % 100:02d}", first_day=date(year, 9, 1), last_day=following - timedelta(days=1)
    )
