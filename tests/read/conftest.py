"""A fresh tenant for every read test."""

import pytest

from backend.journal.keys import Keyring
from backend.runtime.database import Database
from tests.given.past import Past


@pytest.fixture
def past(database: Database, keyring: Keyring) -> Past:
    """A tenant in which nothing has happened yet."""
    return Past(database, keyring)
