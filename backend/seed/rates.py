"""The one place where a reference rate is not the ECB's own: the demo, on a machine that has not met the ECB lately.

Production has no such thing: there, a publication older than seven days refuses to issue.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from backend.outbound.rates import keep, load_history, newest_before, newest_of_all
from backend.rules.reference_rate import ECB, MAX_AGE_DAYS
from backend.runtime.database import Connection
from backend.runtime.settings import Settings

# By the SEK, because the demo issues in it, and because the ECB never stopped publishing it.
LEADING: Final = "SEK"


class OnlyForTheDemo(Exception):
    """Rates are never made up outside the embedded environment."""


async def ensure_rates(
    settings: Settings, connection: Connection, *, today: date, tell: Callable[[str], None] = print
) -> None:
    """The shipped history, and, where the newest publication is older than seven days, copies of it up to yesterday.

    As long as a copy is the newest, every start says so.
    """
    if settings.environment != "embedded":
        raise OnlyForTheDemo("demo rates are for the embedded environment only")
    await load_history(connection, today=today)
    covered, _ = await newest_of_all(connection)
    assert covered is not None, "the history has been loaded"
    if today - covered > timedelta(days=MAX_AGE_DAYS):
        await _copy_forward(connection, covered=covered, until=today - timedelta(days=1))
    newest, source = await newest_of_all(connection)
    if source != ECB:
        tell(f"         exchange rates: {source}, as if published on {newest} (production would refuse to issue)")


async def _copy_forward(connection: Connection, *, covered: date, until: date) -> None:
    """Every seventh day from `covered`, and `until` itself: any date in between finds a rate that is not too old."""
    latest = await newest_before(connection, until)
    newest = latest[LEADING].published_on
    days = [covered + timedelta(days=n) for n in range(MAX_AGE_DAYS, (until - covered).days, MAX_AGE_DAYS)]
    copies = [
        replace(publication, published_on=day)
        for day in (*days, until)
        for publication in latest.values()
        if publication.published_on == newest
    ]
    await keep(connection, copies, source=f"ECB, demo copy of {newest.isoformat()}")
