"""Verifies the books of one tenant from their first event to their head, in batches: whatever their length, the memory
is small.

`verify_journal` yields findings as it meets them. Read models and documents are compared elsewhere (`cli/verify.py`).
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from itertools import chain as joined
from typing import Final
from uuid import UUID

from backend.journal.checks.chain import ChainCheck, Row
from backend.journal.checks.deliveries import DeliveriesCheck
from backend.journal.checks.entries import EntriesCheck
from backend.journal.checks.finding import Check, Finding
from backend.journal.checks.numbers import NumbersCheck
from backend.journal.checks.pruning import PruningCheck
from backend.journal.checks.runs import RunsCheck
from backend.journal.checks.sums import SumsCheck
from backend.journal.codec import Envelope, Recorded, decode_envelope, decode_opened, subject_of
from backend.journal.keys import Keyring, PersonKeys
from backend.journal.retention import Beginning, beginning_of
from backend.journal.signing import BadCheckpoint, Checkpoint, signed_checkpoints
from backend.runtime.database import Database, ReadConnection
from backend.values.books import BOOKS, Book
from backend.values.identifiers import TenantId

# Decoded events take several times the room of their bytes.
BATCH_ROWS: Final = 500
# A journal that is wrong everywhere is wrong; these many rows of one check say so.
MAX_FINDINGS: Final = 100
MAX_CHECKPOINTS: Final = 10_000

# Called with the book, the position reached and the head.
Progress = Callable[[Book, int, int], None]
# Called with the events of each batch that can be read, for what must be looked up elsewhere (documents).
Look = Callable[[Sequence[Recorded]], Awaitable[Iterable[Finding]]]


async def _nowhere(_: Sequence[Recorded]) -> Iterable[Finding]:
    return ()


_ROWS: Final = (
    b"SELECT position, stream_id, stream_version, type, recorded_at, envelope, hash FROM journal_events"
    b" WHERE tenant_id = %b AND book = %b AND position > %b AND position <= %b ORDER BY position LIMIT %b"
)
_STREAMS: Final = (
    b"SELECT position, stream_id, stream_version, n FROM (SELECT position, stream_id, stream_version,"
    # Of a stream whose beginning was let go of, the first version that is left may be any.
    b" row_number() OVER stream + CASE WHEN %b THEN first_value(stream_version) OVER stream - 1 ELSE 0 END AS n"
    b" FROM journal_events WHERE tenant_id = %b AND book = %b AND position <= %b"
    b" WINDOW stream AS (PARTITION BY stream_id ORDER BY position)) AS s WHERE stream_version <> n"
    b" ORDER BY position LIMIT %b"
)


def all_checks(book: Book) -> tuple[Check, ...]:
    """A fresh set of the checks that see the decoded events of a book; most are about money."""
    if book == "access":
        return (EntriesCheck(),)
    return NumbersCheck(), SumsCheck(), EntriesCheck(), DeliveriesCheck(), RunsCheck()


async def verify_journal(
    database: Database,
    keyring: Keyring,
    tenant_id: TenantId,
    *,
    progress: Progress | None = None,
    look: Look = _nowhere,
    kept: tuple[Checkpoint, ...] = (),
    trusted: str = "",
) -> AsyncIterator[Finding]:
    """Everything that is wrong with both books as they stand now; events that are added meanwhile are left out.

    `kept` are checkpoints that somebody kept elsewhere, `trusted` is our own public key in base64.
    """
    for book in BOOKS:
        mine = tuple(each for each in kept if each.book == book)
        async for finding in _verify_book(
            database, keyring, tenant_id, book, progress=progress, look=look, kept=mine, trusted=trusted
        ):
            yield finding


async def _verify_book(
    database: Database,
    keyring: Keyring,
    tenant_id: TenantId,
    book: Book,
    *,
    progress: Progress | None,
    look: Look,
    kept: tuple[Checkpoint, ...],
    trusted: str,
) -> AsyncIterator[Finding]:
    async with database.scope(tenant_id) as connection:
        head = await head_of(connection, tenant_id, book)
        stored = await signed_checkpoints(connection, tenant_id, book, limit=MAX_CHECKPOINTS)
        beginning = await beginning_of(connection, tenant_id, book)
    if head is None:
        return
    (position, hash_), checkpoints = head, (*stored, *kept)
    for finding in joined(signature_findings(checkpoints, trusted), outlived_findings(beginning, stored, kept)):
        yield finding
    signed = {each.position: each for each in checkpoints if each.tenant == tenant_id}
    chain = ChainCheck(tenant_id, book, signed, position=beginning.position, hash=beginning.hash)
    pruning = PruningCheck(beginning)
    checks, counts = (*all_checks(book), pruning), dict[str, int]()
    while chain.position < position:
        async with database.scope(tenant_id) as connection:
            rows = await rows_after(connection, tenant_id, book, chain.position, position, limit=BATCH_ROWS)
            envelopes, keys = [_opened(row) for row in rows], PersonKeys(keyring, connection, tenant_id)
            await keys.fetch(_subjects(envelopes))
        if not rows:
            break
        recorded: list[Recorded] = []
        found = [
            finding
            for row, envelope in zip(rows, envelopes, strict=True)
            for finding in joined(chain.see(row), _decoded(row, envelope, keys, checks, recorded))
        ]
        for finding in joined(found, await look(recorded)):
            counts[finding.check] = counts.get(finding.check, 0) + 1
            if counts[finding.check] <= MAX_FINDINGS:
                yield finding
        if progress is not None:
            progress(book, chain.position, position)
    for finding in joined(chain.end(position, hash_), pruning.end()):
        yield finding
    for finding in await _streams(database, tenant_id, book, position, pruned=beginning.position > 0):
        yield finding


def _decoded(
    row: Row, envelope: Envelope | None, keys: PersonKeys, checks: tuple[Check, ...], seen: list[Recorded]
) -> Iterator[Finding]:
    if envelope is None:
        # The chain names a row that is no envelope at all.
        return
    try:
        recorded = decode_opened(envelope, keys)
    except Exception as error:
        # Decoding is pure: whatever it raises is about this row, and must not end the search for others.
        yield Finding(
            check="readable",
            book=envelope.book,
            position=row.position,
            subject=row.type,
            expected="an event this version can read",
            found=type(error).__name__,
        )
        return
    if recorded.book != envelope.book:
        yield Finding(
            check="readable",
            book=envelope.book,
            position=row.position,
            subject=row.type,
            expected=f"in the {recorded.book} book",
            found=f"in the {envelope.book} book",
        )
    seen.append(recorded)
    for check in checks:
        yield from check.see(recorded)


def _opened(row: Row) -> Envelope | None:
    try:
        return decode_envelope(row.envelope)
    except Exception:
        return None


def _subjects(envelopes: Iterable[Envelope | None]) -> set[UUID]:
    subjects = (_subject(each) for each in envelopes if each is not None)
    return {subject for subject in subjects if subject is not None}


def _subject(envelope: Envelope) -> UUID | None:
    try:
        return subject_of(envelope)
    except Exception:
        # The body lacks its subject: decoding the event will say so.
        return None


def signature_findings(checkpoints: tuple[Checkpoint, ...], trusted: str) -> Iterator[Finding]:
    """Checkpoints whose signature does not fit, or is not by the key we trust (if we name one)."""
    for checkpoint in checkpoints:
        try:
            Checkpoint.read(checkpoint.exported())
            found = checkpoint.public_key
        except BadCheckpoint:
            found = "a signature that does not fit"
        if found != (trusted or checkpoint.public_key):
            yield Finding(
                check="signatures",
                book=checkpoint.book,
                position=checkpoint.position,
                subject=f"signed on {checkpoint.signed_on}",
                expected=f"signed by {trusted or checkpoint.public_key}",
                found=found,
            )


async def head_of(connection: ReadConnection, tenant_id: TenantId, book: Book) -> tuple[int, bytes] | None:
    """Where the book ends, and the hash there."""
    found = await connection.execute(
        b"SELECT position, hash FROM journal_heads WHERE tenant_id = %b AND book = %b", (tenant_id, book)
    )
    row = await found.fetchone()
    return (int(row[0]), bytes(row[1])) if row else None


async def rows_after(
    connection: ReadConnection, tenant_id: TenantId, book: Book, after: int, until: int, *, limit: int
) -> list[Row]:
    """The stored rows of the book beyond `after`, up to `until`, in order."""
    found = await connection.execute(_ROWS, (tenant_id, book, after, until, limit))
    return [
        Row(position, stream_id, version, kind, at, bytes(envelope), bytes(hash_))
        for position, stream_id, version, kind, at, envelope, hash_ in await found.fetchall()
    ]


def outlived_findings(
    beginning: Beginning, stored: Sequence[Checkpoint], kept: Sequence[Checkpoint]
) -> Iterator[Finding]:
    """Checkpoints that somebody kept and whose rows were let go of since: we must have signed the same."""
    ours = {each.position: each.hash for each in stored}
    for each in kept:
        if each.position <= beginning.position and ours.get(each.position) != each.hash:
            yield Finding(
                check="signatures",
                book=each.book,
                position=each.position,
                subject=f"signed on {each.signed_on}",
                expected=each.hash,
                found=ours.get(each.position, "no such checkpoint"),
            )


async def _streams(database: Database, tenant_id: TenantId, book: Book, until: int, *, pruned: bool) -> list[Finding]:
    """Versions of each stream are 1..n in the order of positions (I16). PostgreSQL sorts, we only get what is wrong."""
    async with database.scope(tenant_id) as connection:
        # A journal of any size; nobody waits for us.
        await connection.execute("SET LOCAL statement_timeout = 0")
        found = await connection.execute(_STREAMS, (pruned, tenant_id, book, until, MAX_FINDINGS))
        return [
            Finding(
                check="streams",
                book=book,
                position=row[0],
                subject=f"stream {row[1]}",
                expected=f"version {row[3]}",
                found=str(row[2]),
            )
            for row in await found.fetchall()
        ]
