"""Reading the journal: the events of streams for a decision, and runs of positions for a projection."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from backend.events.access import AccessBookPruned
from backend.events.event import BY_CLASS, EventType
from backend.journal.codec import Recorded, decode_envelope, decode_opened, subject_of
from backend.journal.keys import PersonKeys
from backend.runtime.database import Connection, ReadConnection
from backend.values.books import Book
from backend.values.identifiers import TenantId


async def events_of(
    connection: ReadConnection, tenant_id: TenantId, after: dict[UUID, int], keys: PersonKeys
) -> dict[UUID, list[Recorded]]:
    """For each stream in `after`, its events beyond the given version, in order. One statement for all streams."""
    found = await connection.execute(
        b"SELECT e.envelope FROM unnest(%b::uuid[], %b::bigint[]) AS w(stream_id, version)"
        b" JOIN journal_events e ON e.tenant_id = %b AND e.stream_id = w.stream_id AND e.stream_version > w.version"
        b" ORDER BY e.position",
        (list(after), [*after.values()], tenant_id),
    )
    result: dict[UUID, list[Recorded]] = {stream: [] for stream in after}
    for event in await _decoded([row[0] for row in await found.fetchall()], keys):
        result[event.stream_id].append(event)
    return result


async def last_types(connection: ReadConnection, tenant_id: TenantId, streams: Sequence[UUID]) -> dict[UUID, str]:
    """The type of the last event of each of these streams."""
    found = await connection.execute(
        b"SELECT DISTINCT ON (stream_id) stream_id, type FROM journal_events WHERE tenant_id = %b"
        b" AND stream_id = ANY(%b) ORDER BY stream_id, stream_version DESC",
        (tenant_id, list(streams)),
    )
    return {row[0]: row[1] for row in await found.fetchall()}


@dataclass(frozen=True, slots=True)
class News:
    """What was appended meanwhile: to which streams (`None`: to more than were counted), and whether states of before
    are outdated by it."""

    streams: tuple[UUID, ...] | None
    outdated: bool


def outdates_states(kind: EventType) -> bool:
    """Whether states folded before this event may hold what is not there any more: a person's data, or versions of
    streams that the access book let go of."""
    return kind.forgets is not None or kind.cls is AccessBookPruned


async def news_after(connection: Connection, tenant_id: TenantId, book: Book, position: int, *, limit: int) -> News:
    """What happened beyond `position`, with the streams named if there are at most `limit` events."""
    erasing = [kind.name for kind in BY_CLASS.values() if outdates_states(kind)]
    found = await connection.execute(
        b"SELECT stream_id, type = ANY(%b) FROM journal_events WHERE tenant_id = %b AND book = %b AND position > %b"
        b" ORDER BY position LIMIT %b",
        (erasing, tenant_id, book, position, limit + 1),
    )
    rows = await found.fetchall()
    if len(rows) <= limit:
        return News(tuple({row[0] for row in rows}), any(row[1] for row in rows))
    found = await connection.execute(
        b"SELECT EXISTS (SELECT FROM journal_events WHERE tenant_id = %b AND book = %b AND position > %b"
        b" AND type = ANY(%b))",
        (tenant_id, book, position, erasing),
    )
    return News(None, bool((await found.fetchone() or (False,))[0]))


async def inline_generation(connection: ReadConnection, tenant_id: TenantId) -> int:
    """Which generation of the inline tables is in force; 1 for a tenant without a past."""
    found = await connection.execute(
        b"SELECT inline_generation FROM journal_heads WHERE tenant_id = %b AND book = 'money'", (tenant_id,)
    )
    row = await found.fetchone()
    return int(row[0]) if row else 1


async def head_position(connection: Connection, tenant_id: TenantId, book: Book) -> int:
    """Where the book ends now; 0 for one that never had an event."""
    row = await (
        await connection.execute(
            b"SELECT position FROM journal_heads WHERE tenant_id = %b AND book = %b", (tenant_id, book)
        )
    ).fetchone()
    return int(row[0]) if row else 0


async def _decoded(envelopes: Sequence[bytes], keys: PersonKeys) -> list[Recorded]:
    opened = [decode_envelope(envelope) for envelope in envelopes]
    await keys.fetch({subject for subject in map(subject_of, opened) if subject is not None})
    return [decode_opened(envelope, keys) for envelope in opened]
