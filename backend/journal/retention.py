"""Deletes the oldest rows of the access book. The money book is kept for ever.

Rows go up to a checkpoint that was signed long ago, and the chain begins there from then on. That it was shortened, and
where, is an event of the book itself; the database deletes nothing that is younger or behind no checkpoint
(`journal_prune`), whoever asks.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from backend.journal.append import GENESIS
from backend.journal.signing import Checkpoint, checkpoint_at
from backend.runtime.database import Connection, ReadConnection
from backend.values.books import Book
from backend.values.identifiers import TenantId

# A checkpoint is signed a day: at most these many days at once, so that nobody waits long to sign in.
MAX_DAYS_AT_ONCE: Final = 7

_SIGNED_LONG_AGO: Final = (
    b"SELECT s.position FROM signed_checkpoints s JOIN journal_heads h USING (tenant_id, book)"
    b" WHERE s.tenant_id = %b AND s.book = 'access' AND s.signed_on < %b AND s.position > h.pruned_to"
    # Whoever stands still keeps what it has not seen.
    b" AND s.position <= (SELECT min(c.position) FROM checkpoints c WHERE c.tenant_id = s.tenant_id"
    b" AND c.book = s.book AND c.live) ORDER BY s.position LIMIT %b"
)
_NEXT_SIGNED: Final = (
    b"UPDATE journal_heads h SET pruned_to = %b, kept_from = (SELECT min(s.signed_on) FROM signed_checkpoints s"
    b" WHERE s.tenant_id = h.tenant_id AND s.book = h.book AND s.position > %b)"
    b" WHERE h.tenant_id = %b AND h.book = 'access'"
)


class NotPruned(Exception):
    """The database did not let go of these rows: they are too young, or not those that were signed."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where the rows of a book begin: after this position, with this hash before the first of them.

    `checkpoint` is the one that was signed there; `None` for a book that is whole, and where it is missing.
    """

    position: int
    checkpoint: Checkpoint | None

    @property
    def hash(self) -> bytes:
        """What the hash of the first row that is left is computed from."""
        return bytes.fromhex(self.checkpoint.hash) if self.checkpoint else GENESIS


async def beginning_of(connection: ReadConnection, tenant_id: TenantId, book: Book) -> Beginning:
    """Where the rows of the book begin."""
    found = await connection.execute(
        b"SELECT pruned_to FROM journal_heads WHERE tenant_id = %b AND book = %b", (tenant_id, book)
    )
    row = await found.fetchone()
    if row is None or not row[0]:
        return Beginning(0, None)
    return Beginning(int(row[0]), await checkpoint_at(connection, tenant_id, book, int(row[0])))


async def to_be_pruned(connection: ReadConnection, tenant_id: TenantId, *, signed_before: date) -> Checkpoint | None:
    """Up to which checkpoint the access book may be pruned now, of those signed before a day."""
    found = await connection.execute(_SIGNED_LONG_AGO, (tenant_id, signed_before, MAX_DAYS_AT_ONCE))
    rows = await found.fetchall()
    return await checkpoint_at(connection, tenant_id, "access", rows[-1][0]) if rows else None


async def prune(connection: Connection, tenant_id: TenantId, upto: Checkpoint) -> int:
    """Delete the rows up to a checkpoint, under the lock of the access book; how many. Raises `NotPruned`."""
    before = await beginning_of(connection, tenant_id, "access")
    found = await connection.execute(b"SELECT journal_prune(%b)", (upto.position,))
    row = await found.fetchone()
    deleted = int(row[0]) if row else 0
    if deleted != upto.position - before.position:
        raise NotPruned(f"{deleted} rows of {upto.position - before.position}")
    await connection.execute(_NEXT_SIGNED, (upto.position, upto.position, tenant_id))
    return deleted
