"""What is declared is what is migrated, to the last grant; and whatever lacks is written by `./carreau migration`."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import BigInteger, CheckConstraint, Column, Index, MetaData, Table, Text, Uuid, text

from backend.cli.migration import initial_script, lacking
from backend.runtime.alterations import LOOK, alterations
from backend.runtime.catalogue import Described, described
from backend.runtime.ddl import all_created, created, script
from backend.runtime.embedded.for_tests import copy_of_template, database_of, drop_copy
from backend.runtime.migrate import REVISIONS, MadeByAnEarlierDraft, draft, migrate
from backend.runtime.settings import Settings


def test_the_migrated_database_is_the_declared_one(settings: Settings) -> None:
    """Tables, columns, types, keys, indexes, checks, walls, policies and grants: nothing can be forgotten."""
    assert lacking(settings.owner_database_url) == [], "./carreau migration NAME, or --initial"


def test_the_first_revision_is_what_the_declarations_say() -> None:
    assert (REVISIONS / "0001_initial.sql").read_text() == initial_script(), "./carreau migration --initial"


def test_every_function_of_the_owner_is_closed_to_the_public_and_looks_into_one_schema(settings: Settings) -> None:
    """What runs with the owner's rights is called by the application role alone, and no path can trick it."""
    with psycopg.connect(settings.owner_database_url) as connection:
        found = connection.execute(
            "SELECT p.proname, array_to_string(p.proconfig, ''), (SELECT array_agg(g.grantee::regrole::text)"
            " FROM aclexplode(p.proacl) g WHERE g.grantee <> p.proowner) FROM pg_proc p"
            " WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef"
        ).fetchall()
    assert found
    for name, path, callers in found:
        assert (path, callers) == ("search_path=public, pg_temp", ["carreau_app"]), name


def test_a_database_of_an_earlier_draft_is_refused(settings: Settings) -> None:
    """Alembic would find revision 0001 done, and the first statement would fail for a table that is not there."""
    copy_of_template(settings.owner_database_url, name="earlier_draft")
    url = _address(settings, "earlier_draft")
    try:
        migrate(url)
        with psycopg.connect(url) as connection:
            connection.execute("COMMENT ON TABLE alembic_version IS 'another'")
        with pytest.raises(MadeByAnEarlierDraft):
            migrate(url)
    finally:
        drop_copy(settings.owner_database_url, name="earlier_draft")
    assert len(draft()) == 64


def test_the_statements_lead_from_one_schema_to_the_other(settings: Settings) -> None:
    before, after = MetaData(), MetaData()
    _walled("kept", before, Column("gone", Text), Column("widened", Text), index="size", privileges=("SELECT",))
    _walled("dropped", before)
    added = Column("added", BigInteger, server_default="0"), CheckConstraint("size > 0", name="kept_size_positive")
    widened = Column("widened", Text, nullable=False)
    _walled("kept", after, widened, *added, index="size, kind", privileges=("SELECT", "INSERT"), sweep=("size",))
    _walled("new", after)
    with _database(settings, before) as have, _database(settings, after) as want:
        found = _described(want)
        steps = list(alterations(_described(have), found, created=lambda name: created(after.tables[name])))
        with psycopg.connect(have) as connection:
            for step in steps:
                connection.execute(step.encode())
        assert _described(have) == found
        assert list(alterations(found, found, created=lambda name: ())) == []
    asked = [step for step in steps if step.startswith(LOOK)]
    assert [step.splitlines()[1] for step in asked] == ["ALTER TABLE kept DROP COLUMN gone", "DROP TABLE dropped"]


def _walled(
    name: str,
    metadata: MetaData,
    *items: Column[object] | CheckConstraint,
    index: str = "size",
    privileges: tuple[str, ...] = ("SELECT",),
    sweep: tuple[str, ...] = (),
) -> None:
    info = {"tenant": True, "privileges": privileges, "sweep": sweep}
    keys = Column("tenant_id", Uuid, primary_key=True), Column("size", BigInteger), Column("kind", Text)
    table = Table(name, metadata, *keys, *items, info=info)
    Index(f"{name}_by", table.c.tenant_id, *(text(each) for each in index.split(", ")))


@contextmanager
def _database(settings: Settings, metadata: MetaData) -> Iterator[str]:
    """The address of a database that holds these tables and nothing else."""
    name = database_of(settings.owner_database_url, script(all_created(metadata), heading="A test's."))
    try:
        yield _address(settings, name)
    finally:
        drop_copy(settings.owner_database_url, name=name)


def _address(settings: Settings, name: str) -> str:
    return f"{settings.owner_database_url.rpartition('/')[0]}/{name}"


def _described(url: str) -> dict[str, Described]:
    with psycopg.connect(url) as connection:
        return described(connection)
