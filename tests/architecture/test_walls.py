"""Tenants are walls: read from PostgreSQL's own catalogue, so that a new table cannot forget one."""

import psycopg
import pytest

from backend.runtime.database import Database
from backend.runtime.settings import Settings
from backend.schema import tenant_tables
from tests.given.federation import Federation


@pytest.fixture
def owner(settings: Settings) -> psycopg.Connection[tuple[object, ...]]:
    with psycopg.connect(settings.owner_database_url) as connection:
        yield connection


def test_every_tenant_table_forces_row_level_security(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    rows = owner.execute(
        "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, count(p.*)"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'"
        " LEFT JOIN pg_policies p ON p.tablename = c.relname AND p.schemaname = 'public' AND p.policyname = 'tenant'"
        " WHERE c.relkind = 'r' AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid"
        "  AND a.attname = 'tenant_id' AND NOT a.attisdropped) GROUP BY 1, 2, 3"
    ).fetchall()
    outside = {"directory_tenants", "directory_credentials"}
    walled = {name for name, enabled, forced, policies in rows if enabled and forced and policies == 1}
    assert {row[0] for row in rows} - outside == walled
    assert walled == {table.name for table in tenant_tables()}


def test_every_key_of_a_tenant_table_begins_with_the_tenant(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    """Choice I: primary, unique and foreign keys carry the tenant, so no constraint reaches across the wall."""
    rows = owner.execute(
        "SELECT t.relname, k.conname, (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = t.oid"
        "  AND a.attnum = k.conkey[1]) FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid"
        " WHERE k.contype IN ('p', 'u', 'f') AND t.relname = ANY(%s)"
        " UNION ALL SELECT t.relname, i.relname, (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = t.oid"
        "  AND a.attnum = x.indkey[0]) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
        " JOIN pg_class t ON t.oid = x.indrelid WHERE t.relname = ANY(%s)",
        ([table.name for table in tenant_tables()],) * 2,
    ).fetchall()
    assert [row for row in rows if row[2] != "tenant_id"] == []


def test_the_application_role_owns_nothing_and_cannot_rewrite_the_journal(
    owner: psycopg.Connection[tuple[object, ...]],
) -> None:
    """S001-76: the record is append-only for whoever serves requests."""
    owned = owner.execute("SELECT tablename FROM pg_tables WHERE tableowner IN ('carreau_app', 'carreau_sweep')")
    assert owned.fetchall() == []
    allowed = owner.execute(
        "SELECT privilege_type FROM information_schema.role_table_grants"
        " WHERE grantee = 'carreau_app' AND table_name = 'journal_events'"
    ).fetchall()
    assert {row[0] for row in allowed} == {"SELECT", "INSERT"}


async def test_a_statement_outside_a_scope_is_an_error_and_not_an_empty_answer(database: Database) -> None:
    # The setting is unknown on a fresh connection, and empty on one that was in a scope before: no tenant either way.
    with pytest.raises((psycopg.errors.UndefinedObject, psycopg.errors.InvalidTextRepresentation)):
        async with database.unscoped() as connection:
            await connection.execute("SELECT count(*) FROM journal_events")


async def test_no_table_shows_a_row_of_another_tenant(
    federation: Federation, other_federation: Federation, database: Database
) -> None:
    """Every table of the schema, asked without any condition, answers with the scope's own rows only."""
    await federation.members(3)
    for table in tenant_tables():
        async with database.scope(other_federation.tenant_id) as connection:
            found = await connection.execute(f"SELECT DISTINCT tenant_id FROM {table.name}".encode())
            assert {row[0] for row in await found.fetchall()} <= {other_federation.tenant_id}, table.name
