"""The application around the servers of the test session, and somebody who can sign in."""

import pytest
import pytest_asyncio
from argon2 import PasswordHasher

from backend.tenants.identity import hashing
from tests.api.conftest import app
from tests.given.federation import Federation
from tests.given.people import Person, a_person

__all__ = ["app"]


@pytest_asyncio.fixture
async def admin(federation: Federation) -> Person:
    """The administrator of the federation, who has a password."""
    return await a_person(federation)


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm with little work: these tests are about who is let in. `test_passwords.py` looks at the real
    parameters."""
    cheap = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    monkeypatch.setattr(hashing, "_hasher", cheap)
    hashing._nobodys.cache_clear()
