"""A demo of a test's own: settings with a database apart, because the demo brings the ECB's real history with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from backend.runtime.embedded.for_tests import copy_of_template, drop_copy
from backend.runtime.settings import Settings


@asynccontextmanager
async def settings_apart(settings: Settings, folder: Path) -> AsyncIterator[Settings]:
    """The session's servers with a fresh migrated database and a data folder of its own."""
    name = f"demo_{uuid4().hex}"
    copy_of_template(settings.owner_database_url, name=name)
    try:
        yield replace(
            settings,
            data_dir=folder,
            keyring_file=folder / "keyring.json",
            storage_url=f"file://{folder}/documents",
            database_url=_of(settings.database_url, name),
            owner_database_url=_of(settings.owner_database_url, name),
            sweep_database_url=_of(settings.sweep_database_url, name),
            environment="embedded",
        )
    finally:
        drop_copy(settings.owner_database_url, name=name)


def a_prefix() -> str:
    """What makes the slugs of one test's demo different from every other's."""
    return f"t{uuid4().hex[:10]}-"


def _of(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
