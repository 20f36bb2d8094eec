"""Compares live tables, row for row, with what the journal says they should be.

The scratch rows are written and compared in one transaction that is rolled back, on one snapshot: nothing has to be
cleaned up, nobody is locked out, and a crash leaves nothing.
"""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table

from backend.inline.registry import INLINE
from backend.journal.keys import Keyring, PersonKeys
from backend.journal.projection import Projection
from backend.read.batches import fold, next_batch
from backend.read.catch_up import catch_up
from backend.read.rebuild import UnreadableJournal
from backend.read.registry import projections as every_projection
from backend.runtime.database import Connection, Database
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
            head, inline_generation = await _head(connection, tenant_id)
            checkpoints = await _checkpoints(connection, tenant_id)
            standing = [(p, checkpoints[p.name]) for p in wanted if p.name in checkpoints]
            halted = [
                Difference(projection=p.name, table="checkpoints", kind="halted", row=at.halted)
                for p, at in standing
                if at.halted
            ]
            if any(at.position < head and not at.halted for _, at in standing):
                continue
            pairs = [(p, at.generation) for p, at in standing if not at.halted]
            pairs += [(p, inline_generation) for p in inline]
            scratch = -random.randint(1, 1 << 30)  # noqa: S311
            await _fill(connection, keyring, tenant_id, [p for p, _ in pairs], scratch, head)
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


async def _head(connection: Connection, tenant_id: TenantId) -> tuple[int, int]:
    found = await connection.execute(
        b"SELECT position, inline_generation FROM journal_heads WHERE tenant_id = %b", (tenant_id,)
    )
    row = await found.fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 1)


async def _checkpoints(connection: Connection, tenant_id: TenantId) -> dict[str, _Checkpoint]:
    found = await connection.execute(
        b"SELECT projection, generation, position, coalesce(halted, '') FROM checkpoints WHERE tenant_id = %b AND live",
        (tenant_id,),
    )
    return {row[0]: _Checkpoint(row[1], row[2], row[3]) for row in await found.fetchall()}


async def _fill(
    connection: Connection,
    keyring: Keyring,
    tenant_id: TenantId,
    projections: Sequence[Projection],
    generation: int,
    head: int,
) -> None:
    position = 0
    while position < head:
        batch = await next_batch(connection, tenant_id, position, head, PersonKeys(keyring, connection, tenant_id))
        if batch.unreadable and not batch.events:
            raise UnreadableJournal(batch.unreadable)
        await fold(connection, [(projection, generation) for projection in projections], tenant_id, batch.events)
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
