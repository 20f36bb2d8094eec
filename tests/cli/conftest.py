"""The settings of a demo, with a database apart from that of the other tests."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from backend.runtime.settings import Settings
from backend.seed import seed_demo
from backend.services import Services, open_services
from tests.given.demo import a_prefix, settings_apart


@pytest_asyncio.fixture(scope="session")
async def demo_settings(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    """One database for all tests of this folder: each plants its own demo there, by prefix."""
    async with settings_apart(settings, tmp_path_factory.mktemp("demo")) as apart:
        yield apart


@pytest_asyncio.fixture(scope="session")
async def services(demo_settings: Settings) -> AsyncIterator[Services]:
    """What a command works with, opened once."""
    async with open_services(demo_settings) as opened:
        yield opened


@pytest_asyncio.fixture(scope="session")
async def shared_demo(demo_settings: Settings) -> str:
    """A demo for all tests that bill nobody in it; its prefix."""
    prefix = a_prefix()
    await seed_demo(demo_settings, prefix=prefix, tell=lambda line: None)
    return prefix


@pytest_asyncio.fixture
async def demo(demo_settings: Settings) -> str:
    """A demo of this test's own; its prefix."""
    prefix = a_prefix()
    await seed_demo(demo_settings, prefix=prefix, tell=lambda line: None)
    return prefix
