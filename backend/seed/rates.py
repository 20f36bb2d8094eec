"""The one place where a reference rate is not the ECB's own: the demo, on a machine that has not met the ECB lately.

Production has no such thing: there, a publication older than seven days refuses to issue.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from backend.outbound.rates import keep, load_history, newest_before
from backend.rules.reference_rate import MAX_AGE_DAYS
from backend.runtime.database import Connection
from backend.runtime.logs import logger
from backend.runtime.settings import Settings

log = logger(__name__)

# By the SEK, because the demo issues in it, and because the ECB never stopped publishing it.
LEADING: Final = "SEK"


class OnlyForTheDemo(Exception):
    """Rates are never made up outside the embedded environment."""


async def ensure_rates(
    settings: Settings, connection: Connection, *, today: date, tell: Callable[[str], None] = print
) -> None:
    """The shipped history, and, where the newest publication is older than seven days, copies of it up to yesterday."""
    if settings.environment != "embedded":
        raise OnlyForTheDemo("demo rates are for the embedded environment only")
    await load_history(connection, today=today)
    covered = await _newest_of_any_source(connection)
    if today - covered <= timedelta(days=MAX_AGE_DAYS):
        return
    latest = await newest_before(connection, today)
    newest = latest[LEADING].published_on
    source = f"ECB, demo copy of {newest.isoformat()}"
    yesterday = today - timedelta(days=1)
    # Every seventh day is enough for any invoice date in between to find one that is not too old.
    days = [covered + timedelta(days=n) for n in range(MAX_AGE_DAYS, (yesterday - covered).days, MAX_AGE_DAYS)]
    copies = [
        replace(publication, published_on=day)
        for day in (*days, yesterday)
        for publication in latest.values()
        if publication.published_on == newest
    ]
    await keep(connection, copies, source=source)
    log.warning("rates.demo_copy", copied_from=newest.isoformat(), up_to=yesterday.isoformat())
    tell(
        f"         the newest ECB rates here are of {newest}: the demo uses them as if published on {yesterday}"
        " (production would refuse to issue)"
    )


async def _newest_of_any_source(connection: Connection) -> date:
    found = await connection.execute(
        b"SELECT max(published_on) FROM reference_rates WHERE currency = %b", (LEADING,)
    )
    row = await found.fetchone()
    assert row is not None, "an aggregate always answers"
    newest: date = row[0]
    return newest
