"""Messages from outside: written down first, processed once, put aside for a person when they cannot be.

A message is known by who sent it and what they call it (`source`, `external_id`). Sent again, it is the same message;
sent again with other bytes, it is put aside, because one of the two is not what it says. Its bytes stay with whoever
can give them again, or in the document store under `reference`: a row holds nothing of a person.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Generic, Literal, TypeVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Index, Integer, LargeBinary, Text, Uuid

from backend.journal.checks.finding import Finding
from backend.runtime.clock import Clock
from backend.runtime.database import Connection, Database
from backend.runtime.tables import tenant_table
from backend.values.identifiers import TenantId

State = Literal["waiting", "done", "failed", "quarantined"]

# What a bank, a provider or a person sends in one piece.
MAX_BYTES: Final = 15 * 1024 * 1024
MAX_EXTERNAL_ID: Final = 255
MAX_ERROR: Final = 300
# A fault of ours may pass; after so many attempts it will not, and a person must look.
MAX_ATTEMPTS: Final = 5
# Whoever processes a message has this long; after it, another may.
LEASE: Final = timedelta(minutes=15)
# What waits longer has been forgotten by whoever was to process it.
FORGOTTEN: Final = timedelta(days=1)

inbox: Final = tenant_table(
    "inbox",
    Column("source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("reference", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("lease", Uuid),
    Column("leased_until", DateTime(timezone=True)),
    CheckConstraint("state in ('waiting', 'done', 'failed', 'quarantined')", name="inbox_state"),
    CheckConstraint("(error = '') = (state in ('waiting', 'done'))", name="inbox_error"),
    key=("source", "external_id"),
    privileges=("SELECT", "INSERT", "UPDATE"),
)
Index("inbox_open", inbox.c.tenant_id, inbox.c.received_at, postgresql_where=inbox.c.state != "done")

_RECEIVE: Final = (
    b"INSERT INTO inbox (tenant_id, source, external_id, digest, size, reference, received_at, changed_at, state)"
    b" VALUES (%b, %b, %b, %b, %b, %b, %b, %b, 'waiting') ON CONFLICT DO NOTHING"
)
_KNOWN: Final = (
    b"SELECT digest, state, attempts, error FROM inbox WHERE tenant_id = %b AND source = %b AND external_id = %b"
)
_TAKE: Final = (
    b"UPDATE inbox SET attempts = attempts + 1, lease = %b, leased_until = %b, changed_at = %b WHERE tenant_id = %b"
    b" AND source = %b AND external_id = %b AND state IN ('waiting', 'failed')"
    b" AND (leased_until IS NULL OR leased_until < %b) RETURNING attempts"
)
# Only whoever holds the lease says how it ended: another may have taken it over meanwhile.
_END: Final = (
    b"UPDATE inbox SET state = %b, error = %b, changed_at = %b, lease = NULL, leased_until = NULL"
    b" WHERE tenant_id = %b AND source = %b AND external_id = %b AND lease = %b"
)
_PUT_ASIDE: Final = (
    b"UPDATE inbox SET state = 'quarantined', error = %b, changed_at = %b, lease = NULL, leased_until = NULL"
    b" WHERE tenant_id = %b AND source = %b AND external_id = %b AND state <> 'done'"
)
_REPLAY: Final = (
    b"UPDATE inbox SET state = 'waiting', error = '', changed_at = %b WHERE tenant_id = %b AND source = %b"
    b" AND external_id = %b AND state IN ('failed', 'quarantined') RETURNING attempts"
)

T = TypeVar("T")


class Unacceptable(Exception):
    """The message itself is at fault: trying again would not help. The text names no person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What arrived. `reference` is its digest in the document store, or empty where the sender can give it again."""

    source: str
    external_id: str
    digest: bytes
    size: int
    reference: str = ""

    def __post_init__(self) -> None:
        assert 0 < len(self.external_id) <= MAX_EXTERNAL_ID, "whoever receives it has measured it"
        assert 0 <= self.size <= MAX_BYTES, "whoever receives it has measured it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """How a message stands. `repeated`: it had arrived before."""

    state: State
    attempts: int
    error: str
    repeated: bool


@dataclass(frozen=True, slots=True)
class Processed(Generic[T]):
    """What processing answered; `None` when there was nothing to do: it was done before, somebody else is at it, or it
    waits for a person."""

    answer: T | None
    state: State


async def receive(connection: Connection, tenant_id: TenantId, message: Message, *, at: datetime) -> Received:
    """Write a message down, before anything is done about it. The same one again changes nothing; other bytes under the
    same name put aside what was not done yet."""
    key = (tenant_id, message.source, message.external_id)
    written = await connection.execute(_RECEIVE, (*key, message.digest, message.size, message.reference, at, at))
    row = await (await connection.execute(_KNOWN, key)).fetchone()
    assert row is not None, "it was written just now, or before"
    digest, state, attempts, error = row
    if bytes(digest) != message.digest:
        state, error = "quarantined", "the same name with other bytes"
        await connection.execute(_PUT_ASIDE, (error, at, *key))
    return Received(state=state, attempts=attempts, error=error, repeated=written.rowcount == 0)


async def process(
    database: Database,
    clock: Clock,
    tenant_id: TenantId,
    message: Message,
    act: Callable[[], Awaitable[T]],
    *,
    lease: UUID,
) -> Processed[T]:
    """Let `act` do what the message asks for, unless that was done. At least once if a process dies over it, so `act`
    repeats harmlessly; never twice at the same time.

    `act` raises `Unacceptable` for a message that must wait for a person. Whatever else it raises is passed on, and the
    message may be tried again, `MAX_ATTEMPTS` times.
    """
    key, now = (tenant_id, message.source, message.external_id), clock.now()
    async with database.scope(tenant_id) as connection:
        received = await receive(connection, tenant_id, message, at=now)
        if received.state in ("done", "quarantined"):
            return Processed(None, received.state)
        taken = await (await connection.execute(_TAKE, (lease, now + LEASE, now, *key, now))).fetchone()
    if taken is None:
        return Processed(None, received.state)
    try:
        answer = await act()
    except Unacceptable as why:
        await _end(database, key, lease, "quarantined", str(why), at=clock.now())
        return Processed(None, "quarantined")
    except Exception as fault:
        # Its message may quote a person's data.
        ended: State = "quarantined" if taken[0] >= MAX_ATTEMPTS else "failed"
        await _end(database, key, lease, ended, type(fault).__name__, at=clock.now())
        raise
    await _end(database, key, lease, "done", "", at=clock.now())
    return Processed(answer, "done")


async def replay(connection: Connection, tenant_id: TenantId, source: str, external_id: str, *, at: datetime) -> bool:
    """A person has looked: the message may be processed again. `False` where there is none that failed. Its attempts
    are counted on, so everybody sees how often it was tried."""
    found = await connection.execute(_REPLAY, (at, tenant_id, source, external_id))
    return await found.fetchone() is not None


async def forgotten_messages(connection: Connection, tenant_id: TenantId, *, at: datetime) -> list[Finding]:
    """I13: what arrived and was neither processed nor put aside for a person."""
    found = await connection.execute(
        b"SELECT source, state, received_at, attempts FROM inbox WHERE tenant_id = %b"
        b" AND state IN ('waiting', 'failed') AND changed_at < %b ORDER BY received_at",
        (tenant_id, at - FORGOTTEN),
    )
    return [
        Finding(
            check="inbox",
            position=None,
            subject=f"{source} of {received_at:%Y-%m-%d %H:%M}",
            expected="done, or put aside for a person, within a day",
            found=f"{state} after {attempts} attempts",
        )
        for source, state, received_at, attempts in await found.fetchall()
    ]


async def _end(
    database: Database, key: tuple[TenantId, str, str], lease: UUID, state: State, error: str, *, at: datetime
) -> None:
    async with database.scope(key[0]) as connection:
        await connection.execute(_END, (state, error[:MAX_ERROR], at, *key, lease))
