"""How often a transaction talks to the database, and that nothing of a failed one stays."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from backend.runtime.database import Connection, Database
from backend.values.identifiers import TenantId

REMEMBER = (
    b"INSERT INTO journal_receipts"
    b" (tenant_id, principal, idempotency_key, digest, book, position, outcome, recorded_at)"
    b" VALUES (%b, 'user:somebody', %b, '', 'money', 1, '{}', now())"
)
REMEMBERED = b"SELECT count(*) FROM journal_receipts WHERE tenant_id = %b"


async def remember(connection: Connection, tenant_id: TenantId, key: str) -> None:
    await connection.execute(REMEMBER, (tenant_id, key))


async def in_one_scope(database: Database, tenant_id: TenantId, *keys: str, fails: bool = False) -> None:
    async with database.scope(tenant_id) as connection:
        for key in keys:
            await remember(connection, tenant_id, key)
        if fails:
            raise KeyError


async def remembered(database: Database, tenant_id: TenantId) -> int:
    async with database.scope(tenant_id) as connection:
        row = await (await connection.execute(REMEMBERED, (tenant_id,))).fetchone()
    assert row is not None
    return int(row[0])


@asynccontextmanager
async def traced(connection: Connection, file: Path) -> AsyncIterator[None]:
    """What libpq sends and receives in this block, a line for each message."""
    with file.open("wb") as output:
        connection.pgconn.trace(output.fileno())
        yield
        os.fsync(output.fileno())


def waits(file: Path) -> list[str]:
    """The messages that ask the server to answer now: one for each round trip."""
    sent = [line.split("\t") for line in file.read_text().splitlines()]
    return [parts[-1].strip() for parts in sent if "F" in parts and parts[-1].strip() in ("Flush", "Sync")]


async def test_a_transaction_is_one_round_trip_for_each_answer_and_one_for_the_commit(
    database: Database, tmp_path: Path
) -> None:
    tenant_id, file = TenantId(uuid4()), tmp_path / "trace"
    async with database.scope(tenant_id) as connection:
        async with traced(connection, file):
            await remember(connection, tenant_id, "first")
            asked = [await connection.execute(REMEMBERED, (tenant_id,)) for _ in range(3)]
            assert [await each.fetchall() for each in asked] == [[(1,)]] * 3
            await remember(connection, tenant_id, "second")
            await connection.commit()
        connection.pgconn.untrace()
    assert waits(file) == ["Flush", "Sync"]
    assert await remembered(database, tenant_id) == 2


async def test_what_fails_at_the_very_end_is_raised_and_leaves_nothing(database: Database) -> None:
    """Nobody waited for the answer before the commit did."""
    tenant_id = TenantId(uuid4())
    with pytest.raises(psycopg.errors.UniqueViolation):
        await in_one_scope(database, tenant_id, "twice", "twice")
    assert await remembered(database, tenant_id) == 0


async def test_a_failure_of_ours_undoes_what_was_not_even_sent(database: Database) -> None:
    tenant_id = TenantId(uuid4())
    for keys in (("never",), ("twice", "twice")):
        with pytest.raises(KeyError):
            await in_one_scope(database, tenant_id, *keys, fails=True)
    assert await remembered(database, tenant_id) == 0


async def test_a_rolled_back_transaction_commits_nothing_afterwards(database: Database) -> None:
    tenant_id = TenantId(uuid4())
    async with database.scope(tenant_id) as connection:
        await remember(connection, tenant_id, "rehearsed")
        await connection.rollback()
    assert await remembered(database, tenant_id) == 0


async def test_a_snapshot_stays_as_it_was(database: Database) -> None:
    tenant_id = TenantId(uuid4())
    async with database.snapshot(tenant_id) as connection:
        before = await (await connection.execute(REMEMBERED, (tenant_id,))).fetchall()
        async with database.scope(tenant_id) as other:
            await remember(other, tenant_id, "meanwhile")
        assert await (await connection.execute(REMEMBERED, (tenant_id,))).fetchall() == before


async def test_nothing_is_written_in_a_snapshot(database: Database) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        async with database.snapshot(tenant_id := TenantId(uuid4())) as connection:
            await remember(connection, tenant_id, "in a snapshot")


async def test_more_than_any_buffer_holds_goes_both_ways(database: Database) -> None:
    """Neither side waits for the other to read."""
    tenant_id, much = TenantId(uuid4()), "x" * 1_000_000
    async with database.scope(tenant_id) as connection:
        asked = [await connection.execute(b"SELECT %b::text", (much,)) for _ in range(20)]
        assert [len(row[0]) for each in asked for row in await each.fetchall()] == [len(much)] * 20
