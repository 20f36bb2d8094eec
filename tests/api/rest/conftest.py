"""A REST client signed in as the federation's administrator, and what tests begin with."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from starlette.applications import Starlette

from backend.api.rest.documents import close_renderers
from tests.api.caller import Caller

API = "http://carreau.test/api/v1"


@pytest_asyncio.fixture(autouse=True)
async def _renderers(app: Starlette) -> AsyncIterator[None]:
    """What renders pages ends with the test, as it ends with the process."""
    yield
    await close_renderers(app)


@pytest_asyncio.fixture
async def rest(admin: Caller) -> AsyncIterator[httpx.AsyncClient]:
    """Relative addresses are below `/api/v1`."""
    async with admin.client() as client:
        client.base_url = httpx.URL(API)
        yield client
