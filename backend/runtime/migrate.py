"""Brings the schema to the newest revision. Two at once are safe: the second waits and finds nothing to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import psycopg
from alembic import command, op
from alembic.config import Config

from backend.runtime.settings import REPOSITORY

# The newest revision that a release has carried out of this house. While there is none, the first revision may still be
# written anew; the commit of the first release sets it.
RELEASED: Final[str | None] = None
REVISIONS: Final = REPOSITORY / "migrations" / "versions"
# Any fixed number of our own; every process that migrates this database asks for the same one.
ADVISORY_LOCK: Final = 7_243_001
URL_VARIABLE: Final = "OWNER_DATABASE_URL"
# How the statements of a script are told apart: functions contain semicolons, and no blank line after one.
BETWEEN_STATEMENTS: Final = ";\n\n"

Connection = psycopg.Connection[tuple[Any, ...]]


class MadeByAnEarlierDraft(Exception):
    """The database was made by a first revision that has been written anew since. Only before the first release."""

    def __init__(self) -> None:
        super().__init__(
            "this database was made by an earlier draft of the schema, and before the first release there is no way"
            " from one draft to the next: remove the database (embedded: the data folder) and start again"
        )


def migrate(owner_url: str, *, revision: str = "head") -> None:
    """Upgrade the database, as the role that owns the tables. Raises `MadeByAnEarlierDraft`."""
    with _alone(owner_url) as connection:
        fresh = _refuse_an_earlier_draft(connection)
        command.upgrade(_configuration(owner_url), revision)
        if fresh:
            connection.execute(f"COMMENT ON TABLE alembic_version IS '{draft()}'".encode())


def run_script(name: str) -> None:
    """Execute the statements of a script beside the revisions, one after another; for a revision's `upgrade`."""
    for statement in (REVISIONS / name).read_text().split(BETWEEN_STATEMENTS):
        op.get_bind().exec_driver_sql(statement.strip().rstrip(";"))


def draft(folder: Path = REVISIONS) -> str:
    """Which first revision this is, by the content of its scripts."""
    return sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("0001_*.sql")))).hexdigest()


def _refuse_an_earlier_draft(connection: Connection) -> bool:
    """Whether the database is fresh. Alembic goes by the revision's number, and that is the same for every draft."""
    found = connection.execute(
        "SELECT to_regclass('alembic_version') IS NULL, obj_description(to_regclass('alembic_version'))"
    ).fetchone()
    assert found is not None
    fresh, made_by = found
    if not fresh and RELEASED is None and made_by != draft():
        raise MadeByAnEarlierDraft
    return bool(fresh)


@contextmanager
def _alone(owner_url: str) -> Iterator[Connection]:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", (ADVISORY_LOCK,))
        # The lock belongs to this connection: should we die, PostgreSQL lets it go.
        yield connection


def _configuration(owner_url: str) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(REVISIONS.parent).replace("%", "%%"))
    configuration.attributes["url"] = owner_url or os.environ.get(URL_VARIABLE, "")
    return configuration
