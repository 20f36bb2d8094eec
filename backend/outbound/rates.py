"""Keeping the ECB's reference rates: the shipped history at the first start, then its daily feed.

A publication is a fact: rows are added and never changed, so loading twice, or from two processes, is harmless.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import httpx

from backend.inline.reference_rates import reference_rates
from backend.outbound.ecb import FeedRefused, FeedUnreachable, fetch, is_within_band
from backend.outbound.ecb_history import history
from backend.rules.reference_rate import ECB, EUR, Publication
from backend.runtime.bulk import insert_rows
from backend.runtime.clock import SystemClock
from backend.runtime.database import Connection, connect
from backend.runtime.logs import logger
from backend.runtime.settings import Settings
from backend.values.currency import EXPONENTS

log = logger(__name__)

HISTORY: Final = timedelta(days=3 * 366)
CURRENCIES: Final = frozenset(EXPONENTS) - {EUR}
_COLUMNS: Final = ("currency", "published_on", "source", "per_euro")


async def load_history(connection: Connection, *, today: date) -> int:
    """Add what the package ships of the last three years, unless it is there; answers how many rows were added."""
    shipped = list(history(CURRENCIES, since=today - HISTORY))
    newest = max((each.published_on for each in shipped), default=None)
    if newest is None or await _count(connection, newest) > 0:
        return 0
    return await keep(connection, shipped)


async def fetch_and_keep(settings: Settings) -> int:
    """Read the ECB's feed and add what is new in it, and the shipped history where it is missing.

    An ECB that cannot be reached is a line in the log: the last publication serves for seven days, and the next hour
    brings another attempt.
    """
    async with await connect(settings.database_url) as connection:
        await load_history(connection, today=SystemClock().today("UTC"))
    try:
        async with httpx.AsyncClient() as client:
            published = await fetch(settings.ecb_url, client)
    except FeedUnreachable as unreachable:
        async with await connect(settings.database_url) as connection:
            newest, source = await newest_of_all(connection)
        log.info("rates.unreachable", reason=str(unreachable)[:200], newest=str(newest), source=source)
        return 0
    except FeedRefused as refused:
        log.error("rates.refused", reason=str(refused)[:200])
        return 0
    async with await connect(settings.database_url) as connection:
        wanted = [each for each in published if each.currency in CURRENCIES]
        believed = await _within_band(connection, wanted)
        added = await keep(connection, believed)
    if added:
        newest = max(each.published_on for each in believed)
        log.info("rates.kept", added=added, published_on=newest.isoformat())
    return added


async def keep(connection: Connection, publications: Sequence[Publication], *, source: str = ECB) -> int:
    """Add the publications that are not there yet; answers how many there were."""
    before = await _total(connection)
    rows = [(each.currency, each.published_on, source, each.per_euro) for each in publications]
    await insert_rows(connection, reference_rates, _COLUMNS, rows, conflict="ON CONFLICT DO NOTHING")
    return await _total(connection) - before


async def newest_before(
    connection: Connection, day: date, *, currencies: Iterable[str] = CURRENCIES
) -> Mapping[str, Publication]:
    """The ECB's last publication of each currency on or before `day`, however old."""
    found = await connection.execute(
        b"SELECT DISTINCT ON (currency) currency, per_euro, published_on FROM reference_rates"
        b" WHERE currency = ANY(%b) AND published_on <= %b AND source = %b ORDER BY currency, published_on DESC",
        (list(currencies), day, ECB),
    )
    return {
        currency: Publication(currency=currency, per_euro=per_euro, published_on=published_on)
        for currency, per_euro, published_on in await found.fetchall()
    }


async def newest_of_all(connection: Connection) -> tuple[date | None, str]:
    """The day of the newest publication, and where it is from: the ECB, or the demo's copy of an older one."""
    found = await connection.execute(
        b"SELECT published_on, source FROM reference_rates ORDER BY published_on DESC, source <> %b LIMIT 1", (ECB,)
    )
    row = await found.fetchone()
    return (row[0], row[1]) if row else (None, "")


async def _within_band(connection: Connection, publications: Sequence[Publication]) -> list[Publication]:
    """Those that are no wild jump from the one before. A jump waits for a person: it is logged, and not kept."""
    believed: list[Publication] = []
    previous: dict[str, Publication] = {}
    for each in sorted(publications, key=lambda each: each.published_on):
        if each.currency not in previous:
            previous = {**await newest_before(connection, each.published_on - timedelta(days=1)), **previous}
        if is_within_band(each, previous.get(each.currency)):
            believed.append(each)
            previous[each.currency] = each
        else:
            log.error("rates.outside_band", currency=each.currency, published_on=each.published_on.isoformat())
    return believed


async def _count(connection: Connection, day: date) -> int:
    found = await connection.execute(
        b"SELECT count(*) FROM reference_rates WHERE published_on = %b AND source = %b", (day, ECB)
    )
    row = await found.fetchone()
    return int(row[0]) if row else 0


async def _total(connection: Connection) -> int:
    row = await (await connection.execute(b"SELECT count(*) FROM reference_rates")).fetchone()
    return int(row[0]) if row else 0
