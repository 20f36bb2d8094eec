"""The question whether a book is unbroken, a piece at a time: the next one goes on where the last one ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backend.journal.checks.chain import ChainCheck
from backend.journal.checks.finding import Finding
from backend.journal.retention import beginning_of
from backend.journal.signing import Checkpoint, signed_checkpoints
from backend.journal.verify import head_of, rows_after, signature_findings
from backend.read.paging import BadPage
from backend.read.query import query
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.books import Book

# Some dozen milliseconds of hashing: other requests of the process get their turn in between.
PIECE_EVENTS: Final = 1_000
# One a day for years; older ones are compared by `carreau verify`.
MAX_COMPARED: Final = 1_000
MAX_FAULTS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPiece:
    """What was found from `after` to `checked_to`. The journal is checked once that is its `head`, and unbroken if no
    piece had `faults`. `checkpoint` is the newest signed one."""

    checked_to: int
    head: int
    first_at: datetime | None
    last_at: datetime | None
    faults: tuple[Finding, ...]
    checkpoint: Checkpoint | None


@query(Capability.ACTIVITY_READ)
async def journal_piece(
    connection: ReadConnection, reader: Reader, *, book: Book = "money", after: int = 0, trusted: str = ""
) -> JournalPiece | None:
    """The next events of the book's chain, hashed again and compared with their columns and with signed checkpoints.

    `trusted` is the public key that this installation signs with (`Signer.known`). None for a reader of a part of the
    tree, and for an empty journal. Raises `BadPage` beyond the journal's end. A piece begins with the hash that is
    stored where the last one ended, which that one has verified.
    """
    head = await head_of(connection, reader.tenant_id, book) if reader.reach.nodes is None else None
    if head is None:
        return None
    if not 0 <= after <= head[0]:
        raise BadPage("the journal does not go that far")
    signed = await signed_checkpoints(connection, reader.tenant_id, book, limit=MAX_COMPARED)
    beginning = await beginning_of(connection, reader.tenant_id, book)
    after = max(after, beginning.position)
    before = await rows_after(connection, reader.tenant_id, book, after - 1, after, limit=1)
    rows = await rows_after(connection, reader.tenant_id, book, after, head[0], limit=PIECE_EVENTS)
    chain = ChainCheck(
        reader.tenant_id,
        book,
        {each.position: each for each in signed},
        position=after,
        hash=before[0].hash if before else beginning.hash,
    )
    faults = [finding for row in rows for finding in chain.see(row)]
    if after == beginning.position:
        faults += signature_findings(signed, trusted)
    if chain.position >= head[0] or not rows:
        faults += chain.end(*head)
    return JournalPiece(
        checked_to=chain.position if rows else head[0],
        head=head[0],
        first_at=rows[0].recorded_at if rows else None,
        last_at=rows[-1].recorded_at if rows else None,
        faults=tuple(faults[:MAX_FAULTS]),
        checkpoint=signed[0] if signed else None,
    )
