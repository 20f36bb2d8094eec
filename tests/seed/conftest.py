"""The settings of a demo, with a database apart from that of the other tests."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from backend.runtime.settings import Settings
from backend.seed import seed_demo
from tests.given.demo import a_prefix, settings_apart


@pytest_asyncio.fixture(scope="session")
async def demo_settings(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    """One database for all tests of this folder: each plants its own demo there, by prefix."""
    async with settings_apart(settings, tmp_path_factory.mktemp("demo")) as apart:
        yield apart


@pytest_asyncio.fixture(scope="session")
async def planted(demo_settings: Settings) -> str:
    """A demo for all tests that only look at it; its prefix."""
    prefix = a_prefix()
    await seed_demo(demo_settings, prefix=prefix, tell=lambda line: None)
    return prefix
