"""The pool: a busy tenant leaves connections to its neighbours."""

import asyncio
from uuid import uuid4

import pytest
from psycopg_pool import PoolTimeout

from backend.runtime import database as pool
from backend.runtime.database import POOL_SIZE, TENANT_SHARE, Database
from backend.runtime.settings import Settings
from backend.values.identifiers import TenantId


async def test_a_busy_tenant_leaves_connections_to_the_others(settings: Settings) -> None:
    """F15, C33: with all of its share held and more asked for, another tenant is served at once."""
    busy, quiet, done = TenantId(uuid4()), TenantId(uuid4()), asyncio.Event()
    full = asyncio.Event()
    holding: list[int] = []
    async with Database(settings.database_url) as database:

        async def hold(number: int) -> None:
            async with database.scope(busy):
                holding.append(number)
                if len(holding) == TENANT_SHARE:
                    full.set()
                await done.wait()

        async with asyncio.TaskGroup() as tasks:
            for number in range(POOL_SIZE + 4):
                tasks.create_task(hold(number))
            async with asyncio.timeout(10):
                await full.wait()
                async with database.scope(quiet) as connection:
                    found = await (await connection.execute("SELECT current_setting('app.tenant_id')")).fetchone()
            assert found == (str(quiet),)
            assert len(holding) == TENANT_SHARE
            done.set()
        assert len(holding) == POOL_SIZE + 4
        assert database._shares == {}, "a tenant that holds nothing takes no room"


async def test_whoever_waits_for_their_share_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """F15: a 503 as for the pool itself, because the error is the same."""
    monkeypatch.setattr(pool, "TENANT_SHARE", 1)
    tenant_id = TenantId(uuid4())
    async with Database(settings.database_url) as database, database.scope(tenant_id):
        # Only the wait for one's own share is short: the pool itself may need its time.
        monkeypatch.setattr(pool, "CONNECTION_SECONDS", 0.05)
        with pytest.raises(PoolTimeout):
            async with database.scope(tenant_id):
                pass
        async with database.scope(TenantId(uuid4())):
            pass
