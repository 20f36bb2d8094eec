"""What a log may hold: where something broke, and never whose data it was."""

import io
import json
import logging

import psycopg
import pytest

from backend.runtime.logs import configure_logs, logger
from backend.runtime.settings import Settings

WHO = "anna@private.example"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What goes to stderr from now on; the handlers of pytest come back afterwards."""
    kept, stream = logging.getLogger().handlers[:], io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    try:
        configure_logs(json=True)
        yield stream  # type: ignore[misc]
    finally:
        logging.getLogger().handlers[:] = kept


async def test_an_error_of_the_database_names_no_person(settings: Settings, written: io.StringIO) -> None:
    """S000-29: DETAIL quotes the row; the log keeps SQLSTATE, table and constraint, through causes and by hand."""
    async with await psycopg.AsyncConnection.connect(settings.owner_database_url, autocommit=True) as owner:
        await owner.execute("CREATE TEMPORARY TABLE people (email text CONSTRAINT one_each UNIQUE)")
        await owner.execute("INSERT INTO people VALUES (%s)", (WHO,))
        try:
            try:
                await owner.execute("INSERT INTO people VALUES (%s)", (WHO,))
            except psycopg.Error as error:
                raise RuntimeError("the command failed") from error
        except RuntimeError as failed:
            logger("test").error("bug", exc_info=failed)
            logging.getLogger("library").error("it broke", exc_info=failed)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len(lines) == 2
    for line in lines:
        assert WHO not in json.dumps(line)
        assert "[23505 people one_each]" in line["exception"]
        assert "RuntimeError: the command failed" in line["exception"]
