"""Rebuilds read models beside the live ones and switches: readers see the old rows until the new ones are complete.

`kill -9` at any moment leaves the live rows as they were; what it left half-built is removed by the next rebuild.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from backend.journal.keys import Keyring, PersonKeys
from backend.journal.load import head_position
from backend.journal.projection import Projection, books_of
from backend.read.batches import BATCH_EVENTS, END_OF_TIME, fold, next_batch
from backend.read.catch_up import catch_up
from backend.read.generations import drop_generation, new_generation, orphans
from backend.runtime.database import Connection, Database
from backend.values.books import BOOKS, Book
from backend.values.identifiers import TenantId

# Called with the position reached and the head of the book.
Progress = Callable[[int, int], None]

_MARKED: Final = b" WHERE tenant_id = %b AND (projection, generation) IN (SELECT * FROM unnest(%b::text[], %b::int[]))"
_IN_BOOK: Final = _MARKED + b" AND book = %b"


class RebuildUnderWay(Exception):
    """Another process is rebuilding this very projection. Let it finish."""


class RebuildLost(Exception):
    """The new generation was removed by another rebuild, because ours seemed dead. The live rows are untouched."""


class UnreadableJournal(Exception):
    """An event cannot be decoded; the message names its position. The live rows are untouched."""


@dataclass(frozen=True, slots=True)
class Rebuild:
    """Generations under construction, all at one position of each book: an event is decoded once for all of them.

    `marks` are the checkpoints (name and generation) that remember how far they are.
    """

    database: Database
    keyring: Keyring
    tenant_id: TenantId
    parts: Sequence[tuple[Projection, int]]
    marks: Sequence[tuple[str, int]]

    @property
    def key(self) -> tuple[TenantId, list[str], list[int]]:
        """The parameters of `_MARKED`."""
        return self.tenant_id, [name for name, _ in self.marks], [generation for _, generation in self.marks]

    def parts_of(self, book: Book) -> Sequence[tuple[Projection, int]]:
        """The generations under construction that fold this book."""
        return [(projection, generation) for projection, generation in self.parts if book in books_of(projection)]


async def rebuild(
    database: Database,
    keyring: Keyring,
    tenant_id: TenantId,
    projection: Projection,
    *,
    progress: Progress | None = None,
) -> int:
    """Compute one read model anew; the number of its new generation. Raises like `rebuild_together`."""
    return (await rebuild_together(database, keyring, tenant_id, (projection,), progress=progress))[projection.name]


async def rebuild_together(
    database: Database,
    keyring: Keyring,
    tenant_id: TenantId,
    projections: Sequence[Projection],
    *,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Compute read models anew from both books, each in one reading, and let readers see them; their generations.

    Raises `RebuildUnderWay`, `RebuildLost` and `UnreadableJournal`.
    """
    ordered = sorted(projections, key=lambda projection: projection.name)
    names = [projection.name for projection in ordered]
    async with alone(database, tenant_id, names):
        for projection in ordered:
            await clean(database, tenant_id, projection.name, (projection,))
        # Makes the checkpoints where there are none, so that there is something to switch from.
        await catch_up(database, keyring, tenant_id, projections=ordered)
        async with database.scope(tenant_id) as connection:
            generations = [
                await new_generation(connection, tenant_id, projection.name, books_of(projection))
                for projection in ordered
            ]
        marks = tuple(zip(names, generations, strict=True))
        new = Rebuild(database, keyring, tenant_id, tuple(zip(ordered, generations, strict=True)), marks)
        await fill(new, progress)
        async with database.scope(tenant_id) as connection:
            await _switch(connection, new)
        for projection in ordered:
            await clean(database, tenant_id, projection.name, (projection,))
        return dict(marks)


async def fill(new: Rebuild, progress: Progress | None = None) -> None:
    """Fold the books into generations nobody reads, batch by batch."""
    for book in BOOKS:
        more = bool(new.parts_of(book))
        while more:
            async with new.database.scope(new.tenant_id) as connection:
                head = await head_position(connection, new.tenant_id, book)
                position, more = await fold_next(connection, new, book)
            if progress is not None:
                progress(position, head)


async def fold_rest(connection: Connection, new: Rebuild) -> None:
    """Fold what was recorded meanwhile, in the caller's transaction."""
    for book in BOOKS:
        more = bool(new.parts_of(book))
        while more:
            _, more = await fold_next(connection, new, book)


async def fold_next(
    connection: Connection, new: Rebuild, book: Book, *, until: int = END_OF_TIME, limit: int = BATCH_EVENTS
) -> tuple[int, bool]:
    """Fold one batch of a book into the new generations; the position reached, and whether there may be more."""
    lock = b"SELECT position FROM checkpoints" + _IN_BOOK + b" ORDER BY projection FOR UPDATE"
    rows = await (await connection.execute(lock, (*new.key, book))).fetchall()
    if not rows:
        raise RebuildLost(", ".join(name for name, _ in new.marks))
    position = int(rows[0][0])
    keys = PersonKeys(new.keyring, connection, new.tenant_id)
    batch = await next_batch(connection, new.tenant_id, book, position, until, keys, limit=limit)
    if batch.unreadable and not batch.events:
        raise UnreadableJournal(batch.unreadable)
    if not batch.events:
        return batch.position, False
    await fold(connection, new.parts_of(book), new.tenant_id, batch.events)
    await connection.execute(b"UPDATE checkpoints SET position = %b" + _IN_BOOK, (batch.position, *new.key, book))
    return batch.position, True


async def clean(database: Database, tenant_id: TenantId, name: str, projections: Sequence[Projection]) -> None:
    """Remove every generation that is not live. Call only while nobody else can be building one (`alone`)."""
    tables = [table for projection in projections for table in projection.tables]
    for generation in await orphans(database, tenant_id, name):
        await drop_generation(database, tenant_id, name, tables, generation)


@asynccontextmanager
async def alone(database: Database, tenant_id: TenantId, names: Sequence[str]) -> AsyncIterator[None]:
    """One rebuild of a projection at a time. The locks die with their connection: a killed process holds nothing."""
    async with database.scope(tenant_id) as connection:
        for name in names:
            found = await connection.execute(
                b"SELECT pg_try_advisory_xact_lock(hashtextextended(%b, 0))", (f"rebuild {tenant_id} {name}",)
            )
            row = await found.fetchone()
            if row is None or not row[0]:
                raise RebuildUnderWay(name)
        yield


async def _switch(connection: Connection, new: Rebuild) -> None:
    """Under the locks of the live checkpoints: catch up with them, then let the new generations be the live ones."""
    tenant_id, names, _ = new.key
    await connection.execute(
        b"SELECT position FROM checkpoints WHERE tenant_id = %b AND projection = ANY(%b) AND live"
        b" ORDER BY book, projection FOR UPDATE",
        (tenant_id, names),
    )
    # Whoever has read its own write must go on seeing it: the new rows may not be older than the live ones.
    await fold_rest(connection, new)
    # The old ones first, because two may not be live even for a moment.
    await connection.execute(
        b"UPDATE checkpoints SET live = false WHERE tenant_id = %b AND projection = ANY(%b) AND live",
        (tenant_id, names),
    )
    await connection.execute(b"UPDATE checkpoints SET live = true" + _MARKED, new.key)
