"""One pool of real renderers for the documents' tests."""

from collections.abc import AsyncIterator

import pytest_asyncio

from backend.documents.renderer import RendererPool


@pytest_asyncio.fixture(scope="session")
async def pool() -> AsyncIterator[RendererPool]:
    async with RendererPool(processes=2, timeout_seconds=20) as renderers:
        yield renderers
