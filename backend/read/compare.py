"""Compares live tables, row for row, with what the journal says they should be.

The scratch rows are written and compared in one transaction that is rolled back, on one snapshot: nothing has to be
cleaned up, nobody is locked out, and a crash leaves nothing.
"""

import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table

from backend.inline.registry import INLINE
from backend.journal.keys import Keyring, PersonKeys
from backend.journal.projection import Projection, books_of
from backend.read.batches import fold, next_batch
from backend.read.catch_up import catch_up
from backend.read.rebuild import UnreadableJournal
from backend.read.registry import projections as every_projection
from backend.runtime.database import Connection, Database
from backend.values.books import BOOKS, Book
from backend.values.identifiers import TenantId

# More differences than this in one table say nothing new.
MAX_DIFFERENCES: Final = 50
# A busy tenant moves on between catching up and the snapshot; so many times we try to meet it standing still.
TRIES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One row that the live table has and a rebuild has not (`unexpected`), or the other way round (`missing`).

    `halted`: the projection does not follow the journal at all; `row` says why.
    """

    projection: str
    table: str
    kind: str
    row: str


async def compare(
    database: Database,
    keyring: Keyring,
    tenant_id: TenantId,
    *,
    projections: Sequence[Projection] | None = None,
    inline: Sequence[Projection] = INLINE,
) -> list[Difference]:
    """Where the read models (and inline tables) of a tenant differ from a rebuild; empty when they are right.

    Raises `UnreadableJournal`, and `TimeoutError` when the tenant never stands still.
    """
    wanted = every_projection() if projections is None else projections
    for _ in range(TRIES):
        await catch_up(database, keyring, tenant_id, projections=wanted)
        async with _scratch(database, tenant_id) as connection:
            heads, inline_generation = await _heads(connection, tenant_id)
            checkpoints = await _checkpoints(connection, tenant_id)
            standing = [
                (p, checkpoints[p.name, book]) for p in wanted for book in books_of(p) if (p.name, book) in checkpoints
            ]
            halted = [
                Difference(projection=p.name, table="checkpoints", kind="halted", row=at.halted)
                for p, at in standing
                if at.halted
            ]
            if any(at.position < heads[at.book] and not at.halted for _, at in standing):
                continue
            stopped = {p.name for p, at in standing if at.halted}
            live = {p.name: (p, at.generation) for p, at in standing if p.name not in stopped}
            pairs = [*live.values(), *((p, inline_generation) for p in inline)]
            scratch = -random.randint(1, 1 << 30)  # noqa: S311
            await _fill(connection, keyring, tenant_id, [p for p, _ in pairs], scratch, heads)
            found = [
                difference
                for projection, generation in pairs
                for table in projection.tables
                for difference in await _differences(connection, tenant_id, projection.name, table, generation, scratch)
            ]
            return halted + found
    raise TimeoutError("the tenant writes faster than its read models follow")


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    book: Book
    generation: int
    position: int
    halted: str


@asynccontextmanager
async def _scratch(database: Database, tenant_id: TenantId) -> AsyncIterator[Connection]:
    """One writing transaction on one snapshot, which never commits."""
    async with database.scope(tenant_id) as connection:
        await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        try:
            yield connection
        finally:
            await connection.rollback()


async def _heads(connection: Connection, tenant_id: TenantId) -> tuple[dict[Book, int], int]:
    """Where each book ends, and the generation of the inline tables."""
    found = await connection.execute(
        b"SELECT book, position, inline_generation FROM journal_heads WHERE tenant_id = %b", (tenant_id,)
    )
    rows = {row[0]: row for row in await found.fetchall()}
    heads = {book: int(rows[book][1]) if book in rows else 0 for book in BOOKS}
    return heads, int(rows["money"][2]) if "money" in rows else 1


async def _checkpoints(connection: Connection, tenant_id: TenantId) -> dict[tuple[str, Book], _Checkpoint]:
    found = await connection.execute(
        b"SELECT projection, book, generation, position, coalesce(halted, '') FROM checkpoints"
        b" WHERE tenant_id = %b AND live",
        (tenant_id,),
    )
    return {(row[0], row[1]): _Checkpoint(*row[1:]) for row in await found.fetchall()}


async def _fill(
    connection: Connection,
    keyring: Keyring,
    tenant_id: TenantId,
    projections: Sequence[Projection],
    generation: int,
    heads: Mapping[Book, int],
) -> None:
    for book, head in heads.items():
        mine, position = [(each, generation) for each in projections if book in books_of(each)], 0
        while mine and position < head:
            keys = PersonKeys(keyring, connection, tenant_id)
            batch = await next_batch(connection, tenant_id, book, position, head, keys)
            if not batch.events:
                raise UnreadableJournal(batch.unreadable or f"position {position + 1} of the {book} book is missing")
            await fold(connection, mine, tenant_id, batch.events)
            position = batch.position


async def _differences(
    connection: Connection, tenant_id: TenantId, projection: str, table: Table, live: int, scratch: int
) -> list[Difference]:
    columns = ", ".join(c.name for c in table.c if c.name != "generation" and not c.info.get("operational"))
    rows = f"SELECT {columns} FROM {table.name} WHERE tenant_id = %b AND generation = %b"
    result: list[Difference] = []
    for kind, has, lacks in (("unexpected", live, scratch), ("missing", scratch, live)):
        statement = f"SELECT to_jsonb(d)::text FROM ({rows} EXCEPT ALL {rows} LIMIT {MAX_DIFFERENCES}) AS d"
        found = await connection.execute(statement.encode(), (tenant_id, has, tenant_id, lacks))
        result += [
            Difference(projection=projection, table=table.name, kind=kind, row=row[0]) for row in await found.fetchall()
        ]
    return result
