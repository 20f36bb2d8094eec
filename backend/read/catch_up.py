"""`catch_up` folds what a tenant's projections have not seen yet. The checkpoint is the truth, every call a mere hint.

Called by workers on a nudge, and by a sweep; `follow` is what a request may afford of it after its own commit. The lock
on the checkpoint rows makes concurrent callers harmless; positions are gapless, so nothing can be skipped.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import psycopg

from backend.journal.keys import Keyring, PersonKeys
from backend.journal.projection import Projection, books_of
from backend.journal.subscription import BEHIND, BEHIND_OR_NEW, LAG, Standing, lock_behind, move, standing_of
from backend.read.batches import BATCH_EVENTS, fold, next_batch
from backend.read.faults import halt, told
from backend.read.registry import projections as every_projection
from backend.runtime.database import Database
from backend.runtime.due import Due, Question, due
from backend.values.books import BOOKS, Book
from backend.values.identifiers import TenantId


def _behind_or_new() -> Question:
    wanted = [(projection.name, book) for projection in every_projection() for book in books_of(projection)]
    return BEHIND_OR_NEW, ([name for name, _ in wanted], [book for _, book in wanted])


# The journals with something to fold, and for the other consumers that follow them.
PROJECTIONS: Final = due(Due(name="projections", finds=BEHIND, thorough=_behind_or_new))


@dataclass(frozen=True, slots=True)
class _Task:
    """One step: those of these projections that stand lowest fold at most `limit` events of the book, and none beyond
    `goal`."""

    database: Database
    keyring: Keyring
    tenant_id: TenantId
    book: Book
    projections: Sequence[Projection]
    goal: int
    waits: bool
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """What a request may spend on read models: so long, in batches of so many events. More than `backlog` events are
    the workers': a request does none of them, and does not wait for them either."""

    time: timedelta
    batch: int
    backlog: int


# A command of one request records at most a thousand events or so (an import of members): those it folds itself.
REQUEST: Final = Patience(time=timedelta(seconds=1), batch=500, backlog=2_500)
# How often a request looks whether the worker that is folding has arrived.
LOOK_AGAIN: Final = timedelta(milliseconds=50)


# How far each projection has folded each of its books.
Reachings = dict[tuple[str, Book], int]


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the read models are in a book. `lag` events up to what was asked for are not folded yet; 0: all are."""

    position: int
    lag: int


async def follow(
    database: Database,
    keyring: Keyring,
    tenant_id: TenantId,
    book: Book = "money",
    *,
    until: int | None = None,
    projections: Sequence[Projection] | None = None,
    patience: Patience = REQUEST,
) -> Reached:
    """What `catch_up` does for one book, as far as a request can afford it; the answer says how far it came.

    It never waits for a lock. Projections that are halted are nobody's lag: they wait for somebody to repair them.
    """
    wanted = _folding(every_projection() if projections is None else projections, book)
    ends = asyncio.get_running_loop().time() + patience.time.total_seconds()
    while True:
        standing = await _standing(database, tenant_id, book, wanted)
        goal = standing.head if until is None else min(until, standing.head)
        behind = [p for p in wanted if p.name not in standing.halted and standing.positions[p.name] < goal]
        position = min((standing.positions[p.name] for p in behind), default=goal)
        lag = goal - position
        if not lag or lag > patience.backlog or asyncio.get_running_loop().time() >= ends:
            return Reached(position, lag)
        if not await _step(_Task(database, keyring, tenant_id, book, behind, goal, waits=False, limit=patience.batch)):
            await asyncio.sleep(LOOK_AGAIN.total_seconds())


async def catch_up(
    database: Database,
    keyring: Keyring,
    tenant_id: TenantId,
    *,
    book: Book | None = None,
    until: int | None = None,
    projections: Sequence[Projection] | None = None,
    batch_events: int = BATCH_EVENTS,
) -> Reachings:
    """Fold until every projection has seen `until` of `book` (by default the money book's, and without it all of both
    books); the positions that were reached, by projection and book.

    With `until` the caller waits for whoever is folding, and reads its own write afterwards. Without, it leaves what
    another process is folding to that process, and gives a halted projection one more try. A projection that fails is
    halted by itself, where it stands; its position in the answer then stays behind.
    """
    wanted = every_projection() if projections is None else projections
    reached: Reachings = {}
    for each in (book or "money",) if until is not None or book else BOOKS:
        positions = await _caught_up(database, keyring, tenant_id, each, until, _folding(wanted, each), batch_events)
        reached |= {(name, each): position for name, position in positions.items()}
    return reached


async def _caught_up(
    database: Database,
    keyring: Keyring,
    tenant_id: TenantId,
    book: Book,
    until: int | None,
    wanted: Sequence[Projection],
    batch_events: int,
) -> dict[str, int]:
    # Each halted projection gets one try a call: what has just failed would only fail again.
    retried: set[str] = set()
    while True:
        standing = await _standing(database, tenant_id, book, wanted)
        goal = standing.head if until is None else min(until, standing.head)
        behind = [p for p in wanted if standing.positions[p.name] < goal]
        sound = [p for p in behind if p.name not in standing.halted]
        if sound:
            moved = await _step(
                _Task(database, keyring, tenant_id, book, sound, goal, waits=until is not None, limit=batch_events)
            )
            retried |= {p.name for p in sound}
            if moved or until is not None:
                continue
        halted = [p for p in behind if p.name in standing.halted - retried] if until is None else []
        if not halted:
            return standing.positions
        for projection in halted:
            retried.add(projection.name)
            await _alone(_Task(database, keyring, tenant_id, book, [projection], goal, waits=False, limit=1))


async def lags(connection: psycopg.AsyncConnection) -> dict[str, int]:
    """How many events of a book each consumer has not seen yet, in the worst tenant. The connection is the sweep
    role's."""
    found = await connection.execute(LAG)
    behind = {name: int(events) for name, events in await found.fetchall()}
    return {projection.name: 0 for projection in every_projection()} | behind


def _folding(projections: Sequence[Projection], book: Book) -> Sequence[Projection]:
    return [projection for projection in projections if book in books_of(projection)]


async def _standing(database: Database, tenant_id: TenantId, book: Book, projections: Sequence[Projection]) -> Standing:
    async with database.scope(tenant_id) as connection:
        return await standing_of(connection, tenant_id, book, [projection.name for projection in projections])


async def _step(task: _Task) -> bool:
    """Move the projections that stand lowest by one batch, in one transaction; whether there was anything to move."""
    try:
        locked, position, unreadable = await _fold_batch(task)
    except psycopg.OperationalError:
        # The server or the connection, not the projection: the caller may try again.
        raise
    except Exception:
        for projection in task.projections:
            await _alone(replace(task, projections=(projection,)))
        return True
    if unreadable:
        await halt(task.database, task.tenant_id, locked, task.book, position, unreadable)
    return bool(locked)


async def _alone(task: _Task) -> None:
    """One projection by itself, in ever smaller batches once it fails, so that it halts exactly before its event."""
    (projection,), limit, failed = task.projections, task.limit, False
    while True:
        try:
            locked, position, unreadable = await _fold_batch(replace(task, limit=limit))
        except psycopg.OperationalError:
            raise
        except Exception as error:
            if limit == 1:
                standing = await _standing(task.database, task.tenant_id, task.book, task.projections)
                position = standing.positions[projection.name]
                cause = f"position {position + 1}: {told(error)}"
                await halt(task.database, task.tenant_id, [projection.name], task.book, position, cause)
                return
            limit, failed = limit // 2, True
            continue
        if unreadable:
            await halt(task.database, task.tenant_id, locked, task.book, position, unreadable)
        if unreadable or not failed or not locked:
            return


async def _fold_batch(task: _Task) -> tuple[list[str], int, str]:
    """The projections that were moved, where to, and why the event after it cannot be read (if nothing was)."""
    by_name = {projection.name: projection for projection in task.projections}
    async with task.database.scope(task.tenant_id) as connection:
        standing = await lock_behind(connection, task.tenant_id, task.book, list(by_name), task.goal, waits=task.waits)
        if not standing:
            return [], 0, ""
        lowest = min(row[2] for row in standing)
        stop = min((row[2] for row in standing if row[2] > lowest), default=task.goal)
        group = [(by_name[name], generation) for name, generation, position in standing if position == lowest]
        names = [projection.name for projection, _ in group]
        keys = PersonKeys(task.keyring, connection, task.tenant_id)
        batch = await next_batch(connection, task.tenant_id, task.book, lowest, stop, keys, limit=task.limit)
        if batch.events:
            await fold(connection, group, task.tenant_id, batch.events)
            await move(connection, task.tenant_id, task.book, names, batch.position)
            return names, batch.position, ""
        return names, lowest, batch.unreadable
