"""Keeping publications: from the shipped history and from the feed, without ever changing one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest_asyncio

from backend.outbound.rates import CURRENCIES, fetch_and_keep, keep, load_history, newest_before
from backend.rules.reference_rate import Publication
from backend.runtime.database import Connection, Database
from backend.runtime.settings import Settings
from tests.given.demo import settings_apart
from tests.given.ecb_server import a_feed, an_ecb_server

TODAY = date(2026, 11, 20)


@pytest_asyncio.fixture
async def apart(settings: Settings, tmp_path: Path) -> AsyncIterator[Settings]:
    """A database apart: reference rates belong to no tenant, so tests would meet in them."""
    async with settings_apart(settings, tmp_path) as chosen:
        yield chosen


@pytest_asyncio.fixture
async def connection(apart: Settings) -> AsyncIterator[Connection]:
    async with Database(apart.database_url) as database, database.unscoped() as opened:
        yield opened


def sek(rate: str, day: date) -> Publication:
    return Publication(currency="SEK", per_euro=Decimal(rate), published_on=day)


async def test_the_shipped_history_is_loaded_once(connection: Connection) -> None:
    """S002-28: an offline installation has rates of the last three years."""
    assert await load_history(connection, today=TODAY) > 10_000
    assert await load_history(connection, today=TODAY) == 0
    newest = await newest_before(connection, TODAY)
    assert set(newest) == CURRENCIES
    assert newest["SEK"].per_euro > 0


async def test_the_feed_adds_what_is_new(apart: Settings) -> None:
    feed = a_feed({TODAY: {"SEK": "11.0205", "NOK": "11.7", "USD": "1.08"}})
    async with an_ecb_server(feed) as ecb:
        asked = replace(apart, ecb_url=ecb.url)
        assert await fetch_and_keep(asked) == 3
        assert await fetch_and_keep(asked) == 0
    async with Database(apart.database_url) as database, database.unscoped() as connection:
        assert (await newest_before(connection, TODAY))["SEK"] == sek("11.0205", TODAY)


async def test_a_wild_jump_waits_for_a_person(apart: Settings) -> None:
    """C31: an inverted or shifted rate never reaches an invoice; the others of the day do."""
    async with Database(apart.database_url) as database, database.unscoped() as connection:
        await keep(connection, [sek("11.02", date(2026, 11, 19))])
    async with an_ecb_server(a_feed({TODAY: {"SEK": "0.0907", "NOK": "11.7"}})) as ecb:
        assert await fetch_and_keep(replace(apart, ecb_url=ecb.url)) == 1
    async with Database(apart.database_url) as database, database.unscoped() as connection:
        assert (await newest_before(connection, TODAY))["SEK"] == sek("11.02", date(2026, 11, 19))


async def test_an_ecb_that_is_away_or_talks_nonsense_changes_nothing(apart: Settings) -> None:
    async with an_ecb_server(b"<html>maintenance</html>") as ecb:
        assert await fetch_and_keep(replace(apart, ecb_url=ecb.url)) == 0
        ecb.status = 503
        assert await fetch_and_keep(replace(apart, ecb_url=ecb.url)) == 0
    assert await fetch_and_keep(replace(apart, ecb_url=ecb.url)) == 0


async def test_a_publication_is_never_changed(connection: Connection) -> None:
    assert await keep(connection, [sek("11.02", TODAY)]) == 1
    assert await keep(connection, [sek("11.99", TODAY)]) == 0
    assert (await newest_before(connection, TODAY))["SEK"] == sek("11.02", TODAY)


async def test_an_installation_that_never_met_the_ecb_has_the_shipped_history(apart: Settings) -> None:
    """S002-28: the scheduler loads it at its first hour, in production too."""
    async with an_ecb_server(b"") as ecb:
        ecb.status = 503
        await fetch_and_keep(replace(apart, ecb_url=ecb.url))
    async with Database(apart.database_url) as database, database.unscoped() as connection:
        assert (await newest_before(connection, TODAY)).keys() == CURRENCIES
