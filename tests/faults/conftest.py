"""One world for all fault tests of a process; each test makes its own tenants in it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from backend.runtime.settings import Settings
from tests.faults.world import World, a_world


@pytest_asyncio.fixture(scope="session")
async def world(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with a_world(settings, tmp_path_factory.mktemp("faults")) as made:
        yield made
