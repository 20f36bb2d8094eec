"""Consumers of the journal and their checkpoints: where each stands, what is next, and how it moves on.

Positions are gapless and in commit order, so a consumer that stands at a position has missed nothing before it. There
are two kinds. A *projection* folds every event into tables and moves in the transaction that does so (`read/catch_up`).
A *subscription* acts on some types of events outside of any transaction, and moves afterwards: at least once.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from backend.events.event import BY_CLASS
from backend.journal.codec import Recorded, decode
from backend.runtime.database import Connection, Database
from backend.values.books import Book
from backend.values.identifiers import TenantId

_STANDING: Final = (
    b"SELECT h.position, c.projection, c.position, c.halted IS NOT NULL FROM journal_heads h LEFT JOIN checkpoints c"
    b" ON c.tenant_id = h.tenant_id AND c.book = h.book AND c.live AND c.projection = ANY(%b)"
    b" WHERE h.tenant_id = %b AND h.book = %b"
)
_BEGIN: Final = (
    b"INSERT INTO checkpoints (tenant_id, projection, generation, book, position, live)"
    # Of the other book there may be rows already, perhaps of a rebuild: one consumer has one live generation.
    b" SELECT %b, w.name, coalesce((SELECT max(c.generation) FROM checkpoints c WHERE c.tenant_id = %b"
    b" AND c.projection = w.name AND c.live), 1), %b, 0, true"
    b" FROM unnest(%b::text[]) AS w(name) WHERE NOT EXISTS (SELECT FROM checkpoints c WHERE c.tenant_id = %b"
    b" AND c.projection = w.name AND c.book = %b AND c.live) ORDER BY w.name ON CONFLICT DO NOTHING"
)
# Always in the order of names, so that two callers can never wait for each other.
_LOCK: Final = (
    b"SELECT projection, generation, position FROM checkpoints WHERE tenant_id = %b AND live AND projection = ANY(%b)"
    b" AND book = %b AND position < %b ORDER BY projection FOR UPDATE"
)
_MOVE: Final = (
    b"UPDATE checkpoints SET position = greatest(position, %b), halted = NULL"
    b" WHERE tenant_id = %b AND live AND projection = ANY(%b) AND book = %b"
)
_NEXT: Final = (
    b"SELECT envelope FROM journal_events WHERE tenant_id = %b AND book = %b AND position > %b AND position <= %b"
    b" AND type = ANY(%b) ORDER BY position LIMIT %b"
)

# For the sweep role, which sees ids and positions of all tenants. The index on journals that are behind answers both.
BEHIND: Final = "SELECT tenant_id, count(book) FROM journal_heads WHERE behind GROUP BY tenant_id"
LAG: Final = (
    "SELECT c.projection, max(h.position - c.position) FROM journal_heads h JOIN checkpoints c"
    " ON c.tenant_id = h.tenant_id AND c.book = h.book AND c.live WHERE h.behind GROUP BY c.projection"
)
# Every tenant with a book where a consumer stands behind or has never begun, whatever was noted: one that is new in
# this release has no checkpoint anywhere yet.
BEHIND_OR_NEW: Final = (
    "SELECT h.tenant_id, 1 FROM journal_heads h JOIN checkpoints c USING (tenant_id, book)"
    " WHERE c.live AND c.position < h.position"
    " UNION SELECT h.tenant_id, 1 FROM journal_heads h JOIN unnest(%s::text[], %s::text[]) AS w(projection, book)"
    " ON w.book = h.book WHERE h.position > 0 AND NOT EXISTS (SELECT FROM checkpoints c"
    " WHERE c.tenant_id = h.tenant_id AND c.projection = w.projection AND c.book = h.book AND c.live)"
)
# Only if nobody writes at this moment: who does makes the journal longer, and the worker is called again anyway.
_CONSUMED: Final = (
    b"WITH idle AS (SELECT tenant_id, book FROM journal_heads WHERE tenant_id = %b FOR NO KEY UPDATE SKIP LOCKED)"
    b" UPDATE journal_heads h SET consumed = c.position FROM idle JOIN (SELECT book, min(position) AS position"
    b" FROM checkpoints WHERE tenant_id = %b AND live GROUP BY book) c USING (book)"
    b" WHERE h.tenant_id = idle.tenant_id AND h.book = idle.book AND h.consumed < c.position"
)

# Events of one stretch; what is to be done about each of them is held in memory until all of it is done.
STRETCH_EVENTS: Final = 500

W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a book ends, and where each consumer stands. One that never began stands at 0, and has begun now."""

    head: int
    positions: dict[str, int]
    halted: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A consumer that acts on some types of events, all of one book. `name` is that of its checkpoint."""

    name: str
    events: tuple[type, ...]

    @property
    def types(self) -> list[str]:
        """The stored names of the events it acts on."""
        return [BY_CLASS[each].name for each in self.events]

    @property
    def book(self) -> Book:
        """The one book of its events."""
        (book,) = {BY_CLASS[each].book for each in self.events}
        return book


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a book: its events of the types asked for. It is done with when the checkpoint reads `reached`."""

    events: tuple[Recorded, ...]
    reached: int


async def consume(
    database: Database,
    tenant_id: TenantId,
    subscription: Subscription,
    *,
    look: Callable[[Connection, Sequence[Recorded]], Awaitable[Sequence[W]]],
    act: Callable[[W], Awaitable[int]],
    until: Callable[[Connection], Awaitable[int]] | None = None,
) -> int:
    """Let `act` do everything that `look` finds in the events beyond the checkpoint; the sum of what it answers.

    `look` reads within the tenant's transaction, `act` runs outside of it: repeating it must change nothing, because
    the checkpoint moves only when a whole stretch is done. What `act` raises ends the call where it stands. `until`
    says how far the consumer may go (by default to the end of the book).
    """
    done = 0
    while True:
        async with database.scope(tenant_id) as connection:
            stretch = await next_stretch(connection, tenant_id, subscription, until=until)
            if stretch is None:
                return done
            found = await look(connection, stretch.events) if stretch.events else ()
        for each in found:
            done += await act(each)
        async with database.scope(tenant_id) as connection:
            await move(connection, tenant_id, subscription.book, [subscription.name], stretch.reached)


async def next_stretch(
    connection: Connection,
    tenant_id: TenantId,
    subscription: Subscription,
    *,
    until: Callable[[Connection], Awaitable[int]] | None = None,
) -> Stretch | None:
    """The events beyond the subscription's checkpoint; `None` where it stands at the end.

    No key is asked for, so personal fields read `None`: most consumers carry something out of the tenant.
    """
    standing = await standing_of(connection, tenant_id, subscription.book, [subscription.name])
    goal = standing.head if until is None else min(standing.head, await until(connection))
    position = standing.positions[subscription.name]
    if position >= goal:
        return None
    asked = (tenant_id, subscription.book, position, goal, subscription.types, STRETCH_EVENTS)
    found = await connection.execute(_NEXT, asked)
    events = tuple(decode(envelope, lambda _subject: None) for (envelope,) in await found.fetchall())
    return Stretch(events, events[-1].position if len(events) == STRETCH_EVENTS else goal)


async def standing_of(connection: Connection, tenant_id: TenantId, book: Book, names: Sequence[str]) -> Standing:
    """Where these consumers stand in a book. A checkpoint is made at the first look, so that everybody sees it lag."""
    rows = await (await connection.execute(_STANDING, (list(names), tenant_id, book))).fetchall()
    positions = {row[1]: int(row[2]) for row in rows if row[1] is not None}
    missing = [name for name in names if name not in positions]
    if rows and missing:
        await connection.execute(_BEGIN, (tenant_id, tenant_id, book, missing, tenant_id, book))
    return Standing(
        head=int(rows[0][0]) if rows else 0,
        positions=dict.fromkeys(missing, 0) | positions,
        halted=frozenset(row[1] for row in rows if row[3]),
    )


async def lock_behind(
    connection: Connection, tenant_id: TenantId, book: Book, names: Sequence[str], goal: int, *, waits: bool
) -> list[tuple[str, int, int]]:
    """Lock those of these consumers that stand before `goal`: name, generation and position of each. Without `waits`
    only those that nobody else has locked."""
    lock = _LOCK if waits else _LOCK + b" SKIP LOCKED"
    found = await connection.execute(lock, (tenant_id, list(names), book, goal))
    return [(row[0], row[1], row[2]) for row in await found.fetchall()]


async def move(connection: Connection, tenant_id: TenantId, book: Book, names: Sequence[str], position: int) -> None:
    """Move the checkpoints of these consumers to `position` of the book. One that is further on stays there."""
    await connection.execute(_MOVE, (position, tenant_id, list(names), book))


async def note_consumed(connection: Connection, tenant_id: TenantId) -> None:
    """Note in each head how far every consumer of its book has come, so that the sweep need not look at each. What
    was noted is only a shortcut: the checkpoints are the truth, and `BEHIND_OR_NEW` compares them now and then."""
    await connection.execute(_CONSUMED, (tenant_id, tenant_id))
