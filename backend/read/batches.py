"""Batches of the journal for projections: bounded in events and bytes, decoded once however many fold them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backend.journal.codec import Envelope, Recorded, decode_envelope, decode_opened, subject_of
from backend.journal.keys import PersonKeys
from backend.journal.projection import Projection, Target
from backend.runtime.database import Connection
from backend.values.books import Book
from backend.values.identifiers import TenantId

BATCH_EVENTS: Final = 5_000
# Decoded events take several times the room of their bytes, and a worker has little of it.
BATCH_BYTES: Final = 4_000_000
END_OF_TIME: Final = (1 << 63) - 1

_NEXT: Final = (
    b"SELECT position, envelope FROM ("
    b"SELECT position, envelope, sum(octet_length(envelope)) OVER (ORDER BY position) AS bytes,"
    b" row_number() OVER (ORDER BY position) AS n FROM journal_events"
    b" WHERE tenant_id = %b AND book = %b AND position > %b AND position <= %b ORDER BY position LIMIT %b"
    b") AS e WHERE bytes <= %b OR n = 1 ORDER BY position"
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive events, and the position of the last. `unreadable` names the one after it that cannot be decoded."""

    events: tuple[Recorded, ...]
    position: int
    unreadable: str = ""


async def next_batch(
    connection: Connection,
    tenant_id: TenantId,
    book: Book,
    after: int,
    until: int,
    keys: PersonKeys,
    *,
    limit: int = BATCH_EVENTS,
) -> Batch:
    """The events of the book beyond `after`, up to `until`: at least one where there is one, and no more than the
    limits allow.

    A batch ends before an event that this version of the software cannot read: nothing is ever skipped. Where the
    beginning of a book was pruned, its first batch begins with what is left.
    """
    found = await connection.execute(_NEXT, (tenant_id, book, after, until, limit, BATCH_BYTES))
    stored = [(row[0], bytes(row[1])) for row in await found.fetchall()]
    opened, unreadable = _opened(stored)
    await keys.fetch({subject for subject in map(subject_of, opened) if subject is not None})
    events: list[Recorded] = []
    for envelope in opened:
        try:
            events.append(decode_opened(envelope, keys))
        except Exception as error:
            # Decoding is pure, so whatever it raises is about this event: an unknown type, a body that changed.
            unreadable = f"position {envelope.position}, {envelope.type}: {type(error).__name__}"
            break
    return Batch(tuple(events), events[-1].position if events else after, unreadable)


async def fold(
    connection: Connection,
    projections: Sequence[tuple[Projection, int]],
    tenant_id: TenantId,
    events: Sequence[Recorded],
) -> None:
    """Fold events into each of `projections`, which come with the generation they write."""
    by_class: dict[type, list[int]] = {}
    for index, recorded in enumerate(events):
        by_class.setdefault(type(recorded.event), []).append(index)
    for projection, generation in projections:
        present = [by_class[handled] for handled in projection.handles if handled in by_class]
        if present:
            mine = [events[index] for index in sorted(index for each in present for index in each)]
            await projection.apply(connection, Target(tenant_id, generation), mine)


def _opened(stored: Sequence[tuple[int, bytes]]) -> tuple[list[Envelope], str]:
    opened: list[Envelope] = []
    for position, envelope in stored:
        try:
            opened.append(decode_envelope(envelope))
        except Exception as error:
            return opened, f"position {position}: {type(error).__name__}"
    return opened, ""
