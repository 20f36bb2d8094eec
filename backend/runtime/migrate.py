"""Brings the schema to the newest revision. Two at once are safe: the second waits and finds nothing to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from alembic import command
from alembic.config import Config

from backend.runtime.settings import REPOSITORY

# Any fixed number of our own; every process that migrates this database asks for the same one.
ADVISORY_LOCK: Final = 7_243_001
URL_VARIABLE: Final = "OWNER_DATABASE_URL"


def migrate(owner_url: str, *, revision: str = "head") -> None:
    """Upgrade the database, as the role that owns the tables."""
    with _alone(owner_url):
        command.upgrade(_configuration(owner_url), revision)


def new_revision(message: str, *, identifier: str) -> None:
    """Write an empty revision into migrations/versions; we write migrations by hand and never generate them."""
    command.revision(_configuration(""), message=message, rev_id=identifier)


@contextmanager
def _alone(owner_url: str) -> Iterator[None]:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", (ADVISORY_LOCK,))
        # The lock belongs to this connection: should we die, PostgreSQL lets it go.
        yield


def _configuration(owner_url: str) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(REPOSITORY / "migrations").replace("%", "%%"))
    configuration.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    configuration.attributes["url"] = owner_url or os.environ.get(URL_VARIABLE, "")
    return configuration
