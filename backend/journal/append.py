"""Appending: positions, hash chain and rows for a batch of events, in the caller's transaction under the lock of their
book's head."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from backend.events.event import BY_CLASS
from backend.journal.codec import Recorded, encode_body, encode_envelope, instant
from backend.journal.keys import PersonKeys
from backend.journal.origins import Origin
from backend.journal.tables import events as events_table
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Asked, Connection
from backend.values.books import BOOKS, Book
from backend.values.identifiers import TenantId
from backend.values.ledger import Entry

GENESIS: Final = b"\0" * 32
_COLUMNS: Final = (
    "tenant_id",
    "book",
    "position",
    "stream_id",
    "stream_version",
    "type",
    "recorded_at",
    "envelope",
    "hash",
)


class WrongBook(ValueError):
    """An event of one book was recorded by a command that declares the other: a bug in the handler's declaration."""


class UnbalancedEntry(ValueError):
    """Debits do not equal credits: a bug in a posting rule."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a book of a tenant ends."""

    book: Book
    position: int
    hash: bytes
    inline_generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An event decided but not yet written."""

    stream_id: UUID
    version: int
    event: Any
    entry: Entry | None


# PostgreSQL gives a row that was updated to whoever comes first, so that a run could take it chunk after chunk while a
# person waits. An advisory lock is given in the order of asking: nobody waits for more than one chunk. What is
# correct hangs on the row alone.
_QUEUE: Final = b"SELECT pg_advisory_xact_lock(%b)"
_LOCK: Final = (
    b"SELECT position, hash, inline_generation FROM journal_heads WHERE tenant_id = %b AND book = %b FOR NO KEY UPDATE"
)


async def lock_head(connection: Connection, tenant_id: TenantId, book: Book) -> Head:
    """Lock the head, and be the one writer of the book until the transaction ends. The first writer makes the row.

    A transaction locks one head and never a second: two books can then not wait for each other.
    """
    return await head_locked_by(await ask_for_head(connection, tenant_id, book), connection, tenant_id, book)


async def ask_for_head(connection: Connection, tenant_id: TenantId, book: Book) -> Asked:
    """Send the statement that locks the head, and do not wait: statements sent after it are answered under the lock."""
    await connection.execute(_QUEUE, (_place_in_line(tenant_id, book),))
    return await connection.execute(_LOCK, (tenant_id, book))


async def head_locked_by(asked: Asked, connection: Connection, tenant_id: TenantId, book: Book) -> Head:
    """Wait for the lock that `asked` asks for, and read the head."""
    row = await asked.fetchone()
    if row is None:
        await connection.execute(
            b"INSERT INTO journal_heads (tenant_id, book, position, hash) VALUES (%b, %b, 0, %b)"
            b" ON CONFLICT DO NOTHING",
            (tenant_id, book, GENESIS),
        )
        row = await (await connection.execute(_LOCK, (tenant_id, book))).fetchone()
    assert row is not None
    return Head(book, row[0], bytes(row[1]), row[2])


async def append(
    connection: Connection,
    tenant_id: TenantId,
    head: Head,
    pending: Sequence[Pending],
    keys: PersonKeys,
    *,
    actor: str,
    reason: str,
    at: datetime,
    origin: Origin | None = None,
) -> tuple[Recorded, ...]:
    """Write `pending` after `head` and move the head. Refuses an unbalanced entry.

    The keys of every subject, the origin's too, must have been fetched. Nothing is visible to others before the caller
    commits.
    """
    written, recorded, position, chain = instant(at), [], head.position, head.hash
    rows: list[tuple[Any, ...]] = []
    for item in pending:
        if item.entry is not None and item.entry.balance_minor != 0:
            raise UnbalancedEntry(f"{type(item.event).__name__}: off by {item.entry.balance_minor}")
        kind, position = BY_CLASS[type(item.event)], position + 1
        if kind.book != head.book:
            raise WrongBook(f"{kind.name} is recorded in the {kind.book} book, and the {head.book} book is locked")
        made = Recorded(
            tenant_id=tenant_id,
            position=position,
            stream_id=item.stream_id,
            version=item.version,
            type=kind.name,
            at=at,
            actor=actor,
            reason=reason,
            event=item.event,
            entry=item.entry,
        )
        sealed = origin.sealed(keys, kind.name, tenant_id, item.stream_id) if origin else None
        envelope = _envelope(made, keys, type_version=kind.version, at=written, origin=sealed)
        chain = sha256(chain + envelope).digest()
        rows.append((tenant_id, head.book, position, item.stream_id, item.version, kind.name, at, envelope, chain))
        recorded.append(made)
    await insert_rows(connection, events_table, _COLUMNS, rows)
    await connection.execute(
        b"UPDATE journal_heads SET position = %b, hash = %b WHERE tenant_id = %b AND book = %b",
        (position, chain, tenant_id, head.book),
    )
    return tuple(recorded)


def _envelope(made: Recorded, keys: PersonKeys, *, type_version: int, at: str, origin: str | None) -> bytes:
    """The canonical bytes of one row: what is hashed, and stored as it was hashed."""
    fields = {
        "actor": made.actor,
        "at": at,
        "book": made.book,
        "entry": made.entry,
        "origin": origin,
        "position": made.position,
        "reason": made.reason,
        "stream": made.stream_id,
        "stream_version": made.version,
        "tenant": made.tenant_id,
        "type": made.type,
        "type_version": type_version,
    }
    return encode_envelope(fields, encode_body(made.event, made.tenant_id, made.stream_id, keys))


def _place_in_line(tenant_id: TenantId, book: Book) -> int:
    """The number of the book's queue. Two that share one would wait for each other, and nothing else."""
    return int.from_bytes(tenant_id.bytes[8:], signed=True) ^ BOOKS.index(book)
