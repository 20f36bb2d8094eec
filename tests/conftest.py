"""Fixtures every test may use. Each test makes its own tenants, commits for real and cleans up nothing."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from backend.journal.keys import Keyring
from backend.runtime.clock import TravellingClock
from backend.runtime.database import Database
from backend.runtime.doorbell import Doorbell
from backend.runtime.embedded.for_tests import TEMPLATE_VARIABLE, servers_for_tests
from backend.runtime.settings import Settings
from backend.runtime.storage import DocumentStore
from backend.services import Services
from backend.write.execute import WriteSide
from tests.given.federation import Federation, a_federation

# A Friday in the season of 2026, with an ECB publication on the day before.
A_DAY = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest_asyncio.fixture(scope="session")
async def settings() -> AsyncIterator[Settings]:
    """The servers `carreau test` started, or our own when pytest was started by hand."""
    if os.environ.get(TEMPLATE_VARIABLE):
        yield Settings.from_environ()
    else:
        async with servers_for_tests() as started:
            yield started


@pytest_asyncio.fixture(scope="session")
async def database(settings: Settings) -> AsyncIterator[Database]:
    """A pool of the application role."""
    async with Database(settings.database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def keyring(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    """One master key for all tests of this process, in a folder of its own."""
    return Keyring.load(Path(tmp_path_factory.mktemp("keys")) / "keyring.json")


@pytest.fixture
def clock() -> TravellingClock:
    """A clock that stands at `A_DAY` until a test moves it on."""
    return TravellingClock(A_DAY)


@pytest.fixture
def write_side(database: Database, keyring: Keyring, clock: TravellingClock) -> WriteSide:
    """The front door of the write side, with a travelling clock and an empty cache."""
    return WriteSide(database=database, keyring=keyring, clock=clock)


@pytest_asyncio.fixture
async def federation(write_side: WriteSide, settings: Settings) -> Federation:
    """A Swedish federation of this test's own, ready to issue."""
    return await a_federation(write_side, settings)


@pytest_asyncio.fixture
async def other_federation(write_side: WriteSide, settings: Settings) -> Federation:
    """Another tenant, with the same things in it: what the wall must hide."""
    return await a_federation(write_side, settings)


@pytest_asyncio.fixture
async def services(
    settings: Settings, database: Database, keyring: Keyring, write_side: WriteSide, tmp_path: Path
) -> AsyncIterator[Services]:
    """Open services. Commands do not ring the doorbell unless a test says so."""
    redis: Redis = Redis.from_url(settings.redis_url)
    try:
        yield Services(
            settings=settings,
            database=database,
            keyring=keyring,
            clock=write_side.clock,
            write=write_side,
            store=DocumentStore.from_url(f"file://{tmp_path}"),
            doorbell=Doorbell(redis),
        )
    finally:
        await redis.aclose()
