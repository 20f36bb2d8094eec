"""The application around the servers of the test session, with the travelling clock of the test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from redis.asyncio import Redis
from starlette.applications import Starlette

from backend.api.app import build_app
from backend.journal.keys import Keyring
from backend.runtime.database import Database
from backend.runtime.doorbell import Doorbell
from backend.runtime.settings import Settings
from backend.runtime.storage import DocumentStore
from backend.services import Services
from backend.write.execute import WriteSide
from tests.api.caller import Caller, a_caller
from tests.given.federation import Federation


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


@pytest_asyncio.fixture
async def app(services: Services, tmp_path: Path) -> Starlette:
    """The web application, without a server around it."""
    # Whether somebody built the single-page app in this checkout must not matter.
    return build_app(services, pages=tmp_path)


@pytest_asyncio.fixture
async def admin(app: Starlette, federation: Federation) -> Caller:
    """The administrator of the federation."""
    return await a_caller(app, federation)


@pytest_asyncio.fixture
async def stranger(app: Starlette, other_federation: Federation) -> Caller:
    """The administrator of another federation, who must see nothing of the first."""
    return await a_caller(app, other_federation)
