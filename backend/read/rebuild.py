"""Rebuilds a read model beside the live one and switches: readers see the old rows until the new ones are complete.

`kill -9` at any moment leaves the live rows as they were; what it left half-built is removed by the next rebuild.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from backend.journal.keys import Keyring, PersonKeys
from backend.journal.load import head_position
from backend.journal.projection import Projection
from backend.read.batches import BATCH_EVENTS, END_OF_TIME, fold, next_batch
from backend.read.catch_up import catch_up
from backend.read.generations import drop_generation, new_generation, orphans
from backend.runtime.database import Connection, Database
from backend.values.identifiers import TenantId

# Called with the position reached and the head of the journal.
Progress = Callable[[int, int], None]

_SCRATCH = b" FROM checkpoints WHERE tenant_id = %b AND projection = %b AND generation = %b FOR UPDATE"


class RebuildUnderWay(Exception):
    """Another process is rebuilding this very projection. Let it finish."""


class RebuildLost(Exception):
    """The new generation was removed by another rebuild, because ours seemed dead. The live rows are untouched."""


class UnreadableJournal(Exception):
    """An event cannot be decoded; the message names its position. The live rows are untouched."""


@dataclass(frozen=True, slots=True)
class Rebuild:
    """A generation under construction. Several projections may share one (the inline ones do)."""

    database: Database
    keyring: Keyring
    tenant_id: TenantId
    name: str
    projections: Sequence[Projection]
    generation: int


async def rebuild(
    database: Database, keyring: Keyring, tenant_id: TenantId, projection: Projection, *,
    progress: Progress | None = None,
) -> int:
    """Compute a read model anew from the whole journal and let readers see it; the number of its new generation.

    Raises `RebuildUnderWay`, `RebuildLost` and `UnreadableJournal`.
    """
    async with alone(database, tenant_id, projection.name):
        await clean(database, tenant_id, projection.name, (projection,))
        # Makes the checkpoint where there is none, so that there is something to switch from.
        await catch_up(database, keyring, tenant_id, projections=(projection,))
        async with database.scope(tenant_id) as connection:
            generation = await new_generation(connection, tenant_id, projection.name)
        new = Rebuild(database, keyring, tenant_id, projection.name, (projection,), generation)
        await fill(new, progress)
        async with database.scope(tenant_id) as connection:
            await _switch(connection, new)
        await clean(database, tenant_id, projection.name, (projection,))
        return generation


async def fill(new: Rebuild, progress: Progress | None = None) -> int:
    """Fold the journal into a generation nobody reads, batch by batch; the position reached."""
    while True:
        async with new.database.scope(new.tenant_id) as connection:
            head = await head_position(connection, new.tenant_id)
            position, more = await fold_next(connection, new)
        if progress is not None:
            progress(position, head)
        if not more:
            return position


async def fold_next(
    connection: Connection, new: Rebuild, *, until: int = END_OF_TIME, limit: int = BATCH_EVENTS
) -> tuple[int, bool]:
    """Fold one batch into the new generation; the position reached, and whether there may be more."""
    key = (new.tenant_id, new.name, new.generation)
    row = await (await connection.execute(b"SELECT position" + _SCRATCH, key)).fetchone()
    if row is None:
        raise RebuildLost(new.name)
    keys = PersonKeys(new.keyring, connection, new.tenant_id)
    batch = await next_batch(connection, new.tenant_id, int(row[0]), until, keys, limit=limit)
    if batch.unreadable and not batch.events:
        raise UnreadableJournal(batch.unreadable)
    if not batch.events:
        return batch.position, False
    await fold(connection, [(each, new.generation) for each in new.projections], new.tenant_id, batch.events)
    await connection.execute(
        b"UPDATE checkpoints SET position = %b WHERE tenant_id = %b AND projection = %b AND generation = %b",
        (batch.position, *key),
    )
    return batch.position, True


async def clean(database: Database, tenant_id: TenantId, name: str, projections: Sequence[Projection]) -> None:
    """Remove every generation that is not live. Call only while nobody else can be building one (`alone`)."""
    tables = [table for projection in projections for table in projection.tables]
    for generation in await orphans(database, tenant_id, name):
        await drop_generation(database, tenant_id, name, tables, generation)


@asynccontextmanager
async def alone(database: Database, tenant_id: TenantId, name: str) -> AsyncIterator[None]:
    """One rebuild of a projection at a time. The lock dies with its connection, so a killed process holds nothing."""
    async with database.scope(tenant_id) as connection:
        found = await connection.execute(
            b"SELECT pg_try_advisory_xact_lock(hashtextextended(%b, 0))", (f"rebuild {tenant_id} {name}",)
        )
        row = await found.fetchone()
        if row is None or not row[0]:
            raise RebuildUnderWay(name)
        yield


async def _switch(connection: Connection, new: Rebuild) -> None:
    """Under the lock of the live checkpoint: catch up with it, then let the new generation be the live one."""
    await connection.execute(
        b"SELECT position FROM checkpoints WHERE tenant_id = %b AND projection = %b AND live FOR UPDATE",
        (new.tenant_id, new.name),
    )
    # Whoever has read its own write must go on seeing it: the new rows may not be older than the live ones.
    while (await fold_next(connection, new))[1]:
        pass
    # The old one first, because two may not be live even for a moment.
    for live, generations in ((b"false", b"<>"), (b"true", b"=")):
        await connection.execute(
            b"UPDATE checkpoints SET live = " + live + b" WHERE tenant_id = %b AND projection = %b AND generation "
            + generations + b" %b",
            (new.tenant_id, new.name, new.generation),
        )  # fmt: skip
