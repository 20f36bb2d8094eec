"""The application around the servers of the test session, and somebody who can sign in."""

import pytest_asyncio

from tests.api.conftest import app, services
from tests.given.federation import Federation
from tests.given.people import Person, a_person

__all__ = ["app", "services"]


@pytest_asyncio.fixture
async def admin(federation: Federation) -> Person:
    """The administrator of the federation, who has a password."""
    return await a_person(federation)
