"""The application around the servers of the test session, with the travelling clock of the test."""

from pathlib import Path

import pytest_asyncio
from starlette.applications import Starlette

from backend.api.app import build_app
from backend.services import Services
from tests.api.caller import Caller, a_caller
from tests.given.federation import Federation


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
