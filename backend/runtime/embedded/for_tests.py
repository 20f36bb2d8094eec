"""Servers for a test session: forgetful and fast, in a folder that vanishes, with a migrated database to copy.

`carreau test` makes them once and hands their settings to pytest by environment; a pytest that is started by hand
finds no such environment and may use the same function.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import psycopg

from backend.runtime.embedded.processes import own_folder
from backend.runtime.embedded.servers import EmbeddedServers
from backend.runtime.migrate import migrate
from backend.runtime.settings import Settings

TEMPLATE: Final = "carreau_template"
TEMPLATE_VARIABLE: Final = "CARREAU_TEMPLATE_DATABASE"


@asynccontextmanager
async def servers_for_tests() -> AsyncIterator[Settings]:
    """Servers whose database `carreau` is migrated; `carreau_template` is a migrated one that nobody connects to."""
    # Nobody (who runs PostgreSQL when we are root) must be able to walk through, which mkdtemp forbids.
    folder = own_folder(Path(tempfile.mkdtemp(prefix="carreau-test-")), mode=0o711)
    try:
        async with EmbeddedServers(folder, durable=False) as settings:
            await asyncio.to_thread(migrate, settings.owner_database_url)
            await asyncio.to_thread(_copy, settings.owner_database_url, source="carreau", copy=TEMPLATE)
            yield settings
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copy_of_template(owner_url: str, *, name: str) -> None:
    """A fresh migrated database of this name, for a test that may not share one; drop it with `drop_copy`."""
    _copy(owner_url, source=TEMPLATE, copy=name)


def database_of(owner_url: str, script: str) -> str:
    """The name of a new database that nothing but this script has made; drop it with `drop_copy`."""
    name = f"carreau_{uuid4().hex[:12]}"
    _copy(owner_url, source="template0", copy=name)
    with psycopg.connect(owner_url, dbname=name) as connection:
        connection.execute(script.encode())
    return name


def drop_copy(owner_url: str, *, name: str) -> None:
    """Remove such a database, also when a pool still holds connections to it."""
    assert name not in ("carreau", TEMPLATE), "only copies are dropped"
    with psycopg.connect(owner_url, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)')


def environ_for_tests(settings: Settings) -> dict[str, str]:
    """The environment in which pytest finds these servers."""
    return {**os.environ, **settings.to_environ(), TEMPLATE_VARIABLE: TEMPLATE}


def _copy(owner_url: str, *, source: str, copy: str) -> None:
    with psycopg.connect(owner_url, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'create database "{copy}" template "{source}"')
        connection.execute(f'grant connect on database "{copy}" to carreau_app, carreau_sweep')
