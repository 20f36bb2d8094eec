"""`carreau migration`: write the next revision from what the tables declare and the migrated database lacks."""

from __future__ import annotations

import argparse
import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.cli.running import run_command
from backend.runtime.settings import REPOSITORY

if TYPE_CHECKING:
    from backend.cli import Commands

NAME: Final = re.compile(r"[a-z][a-z0-9_]{2,40}")
REVISION: Final = '''"""{sentence}"""

from backend.runtime.migrate import run_script

revision = "{number}"
down_revision = "{before}"


def upgrade() -> None:
    run_script("{number}_{name}.sql")
'''


def register(commands: Commands) -> None:
    parser = commands.add_parser("migration", help="write a revision: what is declared and not migrated yet")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("name", nargs="?", help="of the new revision, like remarks_on_debtors")
    which.add_argument("--initial", action="store_true", help="write the first revision anew, before the first release")
    parser.set_defaults(run=lambda said: write_initial() if said.initial else run_command(write_next(said)))


def write_initial() -> int:
    """Write the script of the first revision from the declarations. Refused once a release has carried it out."""
    from backend.runtime.migrate import REVISIONS

    newest = released()
    if newest:
        print(
            f"carreau: {newest} is released, so the first revision is history: ./carreau migration NAME",
            file=sys.stderr,
        )
        return 1
    path = REVISIONS / "0001_initial.sql"
    path.write_text(initial_script())
    print(f"carreau: wrote {path.relative_to(REPOSITORY)}. Nothing is released yet, so it is written anew; databases")
    print("carreau: that were made by the earlier draft cannot follow and must be made again")
    return 0


def initial_script() -> str:
    """The first revision's script, as the declarations are now."""
    from backend.runtime.ddl import all_created, script
    from backend.schema import metadata

    heading = "Every declared table. Written by ./carreau migration --initial, until the first release."
    return script(all_created(metadata), heading=heading)


async def write_next(said: argparse.Namespace) -> int:
    """Compare a throw-away database that is migrated with one that is made as declared, and write what lacks."""
    from backend.runtime.ddl import script
    from backend.runtime.embedded.for_tests import servers_for_tests

    if NAME.fullmatch(said.name) is None:
        print("carreau: a revision's name is of small letters, digits and _, like remarks_on_debtors", file=sys.stderr)
        return 1
    async with servers_for_tests() as settings:
        statements = await asyncio.to_thread(lacking, settings.owner_database_url)
    if not statements:
        print("carreau: the migrated database is as declared; there is nothing to write")
        return 0
    sentence = f"{said.name.replace('_', ' ').capitalize()}."
    path = _write(
        said.name, sentence, script(iter(statements), heading=f"{sentence} Never edited once it is released.")
    )
    print(f"carreau: wrote {path.relative_to(REPOSITORY)} and its revision: {len(statements)} statements. Read them:")
    for statement in statements:
        print(f"  {statement.splitlines()[0]}")
    return 0


def lacking(owner_url: str) -> list[str]:
    """The statements that make the migrated database of this address what the tables declare."""
    import psycopg

    from backend.runtime.alterations import alterations
    from backend.runtime.catalogue import described
    from backend.runtime.ddl import created
    from backend.runtime.embedded.for_tests import database_of, drop_copy
    from backend.schema import metadata

    made = database_of(owner_url, initial_script())
    try:
        with psycopg.connect(owner_url) as migrated, psycopg.connect(owner_url, dbname=made) as declared:
            have, found = described(migrated), described(declared)
    finally:
        drop_copy(owner_url, name=made)
    # Each table after those that its foreign keys name.
    want = {table.name: found[table.name] for table in metadata.sorted_tables}
    return list(alterations(have, want, created=lambda name: created(metadata.tables[name])))


def _write(name: str, sentence: str, sql: str) -> Path:
    from backend.runtime.migrate import REVISIONS

    before = max(path.name[:4] for path in REVISIONS.glob("[0-9]*.py"))
    number = f"{int(before) + 1:04}"
    path = REVISIONS / f"{number}_{name}.sql"
    path.write_text(sql)
    revision = REVISION.format(sentence=sentence, number=number, before=before, name=name)
    path.with_suffix(".py").write_text(revision)
    return path


def released() -> str:
    """What of the schema a release has carried out: a revision, or a tag of this repository; empty before the first."""
    from backend.runtime.migrate import RELEASED

    command = ["git", "tag", "--list", "v[0-9]*"]
    tags = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False).stdout
    return RELEASED or tags.partition("\n")[0]
