"""A platform of this test's own with one operator, and a federation that it looks after."""

import pytest_asyncio
from starlette.applications import Starlette

from backend.runtime.settings import Settings
from backend.tenants.capabilities import Role
from backend.write.execute import WriteSide
from tests.api.caller import Caller, a_caller
from tests.given.federation import Federation, a_federation


@pytest_asyncio.fixture
async def platform(write_side: WriteSide, settings: Settings) -> Federation:
    return await a_federation(write_side, settings, kind="platform", issuer_type="platform")


@pytest_asyncio.fixture
async def governed(write_side: WriteSide, settings: Settings, platform: Federation) -> Federation:
    return await a_federation(write_side, settings, platform=platform)


@pytest_asyncio.fixture
async def operator(app: Starlette, platform: Federation) -> Caller:
    return await a_caller(app, platform, Role.PLATFORM_OPERATOR)
