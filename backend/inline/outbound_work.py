"""Everything that is still to leave the house: the mail of a document, a letter about access. The rows are the truth; a
lost queue message costs nothing but time, and what was done has no row any more.

Most rows are folded from events. A letter is not: the secret of its link must live no longer than the letter, so it
cannot stand in the journal. Its row has generation 0, which no rebuild and no comparison ever looks at.

Columns marked `operational` (leases) are not computed from events and are left out when rows are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Table, Text, Uuid

from backend.events.deliveries import (
    DeliveryBounced,
    DeliveryConfirmed,
    DeliveryDeferred,
    DeliveryFailed,
    DeliveryQueued,
    DeliverySent,
    DeliverySwitchTurned,
    DeliveryUnknown,
)
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.runtime.bulk import delete_rows, insert_rows, update_rows
from backend.runtime.database import Connection, ReadConnection
from backend.runtime.due import Due, due
from backend.runtime.tables import read_table
from backend.runtime.telemetry import OUTBOUND_DUE
from backend.values.identifiers import TenantId

# The mail that brings a document to somebody: what `DeliveryQueued` asks for.
DOCUMENT_MAIL: Final = "document_mail"
# The generation of rows that no event makes.
NOT_FROM_EVENTS: Final = 0

outbound_work: Final = read_table(
    "outbound_work",
    Column("work_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    # What it is about: a document, or the user a letter is for.
    Column("subject", Uuid, nullable=False),
    Column("queued_at", DateTime(timezone=True), nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("due_at", DateTime(timezone=True), nullable=False),
    # How many attempts failed in each way: every way has its own schedule.
    Column("unreachable", Integer, nullable=False, server_default="0"),
    Column("refused_for_now", Integer, nullable=False, server_default="0"),
    Column("unknown", Integer, nullable=False, server_default="0"),
    # Of letters: the secret of the link, sealed, and when the link ends.
    Column("sealed", Text),
    Column("ends_at", DateTime(timezone=True)),
    Column("lease", Uuid, info={"operational": True}),
    Column("leased_until", DateTime(timezone=True), info={"operational": True}),
    Column("started", Boolean, nullable=False, server_default="false", info={"operational": True}),
    key=("work_id",),
)
outbound_work.info["sweep"] = ("tenant_id", "due_at", "leased_until")
Index("outbound_work_due", outbound_work.c.tenant_id, outbound_work.c.generation, outbound_work.c.due_at)

OUTBOUND: Final = due(
    Due(
        name="deliveries",
        finds=(
            "SELECT tenant_id, count(*) FROM outbound_work WHERE due_at <= now()"
            " AND (leased_until IS NULL OR leased_until < now()) GROUP BY tenant_id"
        ),
        metric=OUTBOUND_DUE,
    )
)

delivery_switch: Final = read_table("inline_delivery_switch", Column("enabled", Boolean, nullable=False), key=())

_KEY: Final = ("tenant_id", "generation")
_FAILED: Final = ("unreachable", "refused_for_now", "unknown")


@dataclass(slots=True)
class _Retry:
    """What a batch of events says of work that will be attempted again."""

    attempt: int = 0
    due_at: datetime | None = None
    failed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_FAILED, 0))

    def after(self, event: DeliveryDeferred | DeliveryUnknown) -> None:
        self.attempt, self.due_at = max(self.attempt, event.attempt), event.next_at
        kind = event.kind if isinstance(event, DeliveryDeferred) else "unknown"
        # Whatever else may have been recorded once: a request to wait.
        self.failed[kind if kind in self.failed else "refused_for_now"] += 1

    @property
    def columns(self) -> tuple[Any, ...]:
        return (self.attempt, self.due_at, *(self.failed[each] for each in _FAILED))


@dataclass(frozen=True, slots=True)
class _OutboundWork:
    name: str = "outbound_work"
    tables: tuple[Table, ...] = (outbound_work, delivery_switch)
    handles: frozenset[type] = frozenset(
        {
            DeliveryQueued,
            DeliverySent,
            DeliveryConfirmed,
            DeliveryBounced,
            DeliveryDeferred,
            DeliveryUnknown,
            DeliveryFailed,
            DeliverySwitchTurned,
        }
    )

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        # A rebuild meets the whole life of a delivery in one batch: then there is nothing to write at all.
        queued: dict[UUID, Recorded] = {}
        retried: dict[UUID, _Retry] = {}
        ended: set[UUID] = set()
        for recorded in events:
            match recorded.event:
                case DeliveryQueued() as event:
                    queued[event.delivery_id] = recorded
                case DeliverySwitchTurned() as event:
                    await _turn(connection, target, event)
                case DeliveryDeferred() | DeliveryUnknown(next_at=datetime()) as event:
                    retried.setdefault(event.delivery_id, _Retry()).after(event)
                case event:
                    ended.add(event.delivery_id)
        await _insert(connection, target, [(queued[each], retried.get(each)) for each in queued.keys() - ended])
        await _update(connection, target, {each: retried[each] for each in retried.keys() - queued.keys() - ended})
        await delete_rows(
            connection, outbound_work, (*_KEY, "work_id"), [(*_key(target), each) for each in ended - queued.keys()]
        )


OUTBOUND_WORK: Final = _OutboundWork()


async def is_under_way(connection: Connection, tenant_id: TenantId, generation: int, document_id: UUID) -> bool:
    """Whether an attempt to send this document is still to be made: asked before it is queued once more."""
    found = await connection.execute(
        b"SELECT 1 FROM outbound_work WHERE tenant_id = %b AND generation = %b AND subject = %b LIMIT 1",
        (tenant_id, generation, document_id),
    )
    return await found.fetchone() is not None


async def waiting(connection: ReadConnection, tenant_id: TenantId) -> int:
    """How many documents of the tenant are still to be sent."""
    found = await connection.execute(
        b"SELECT count(*) FROM outbound_work w JOIN journal_heads h USING (tenant_id) WHERE w.tenant_id = %b"
        b" AND h.book = 'money' AND w.generation = h.inline_generation",
        (tenant_id,),
    )
    row = await found.fetchone()
    return int(row[0]) if row else 0


async def put_letter(
    connection: Connection,
    tenant_id: TenantId,
    letter_id: UUID,
    *,
    kind: str,
    user_id: UUID,
    sealed: str,
    at: datetime,
    ends_at: datetime | None,
) -> None:
    """A letter to a user is to be sent. It is not worth sending any more from `ends_at` on."""
    await insert_rows(
        connection,
        outbound_work,
        (*_KEY, "work_id", "kind", "subject", "queued_at", "due_at", "sealed", "ends_at"),
        [(tenant_id, NOT_FROM_EVENTS, letter_id, kind, user_id, at, at, sealed, ends_at)],
    )


async def _turn(connection: Connection, target: Target, event: DeliverySwitchTurned) -> None:
    await insert_rows(
        connection,
        delivery_switch,
        (*_KEY, "enabled"),
        [(*_key(target), event.enabled)],
        conflict="ON CONFLICT (tenant_id, generation) DO UPDATE SET enabled = excluded.enabled",
    )


async def _insert(connection: Connection, target: Target, queued: Sequence[tuple[Recorded, _Retry | None]]) -> None:
    rows = []
    for recorded, retry in queued:
        attempt, due_at, *failed = (retry or _Retry(due_at=recorded.at)).columns
        event = recorded.event
        rows.append(
            (*_key(target), event.delivery_id, DOCUMENT_MAIL, event.document.id, recorded.at, attempt, due_at, *failed)
        )
    columns = (*_KEY, "work_id", "kind", "subject", "queued_at", "attempt", "due_at", *_FAILED)
    await insert_rows(connection, outbound_work, columns, rows)


async def _update(connection: Connection, target: Target, retried: dict[UUID, _Retry]) -> None:
    await update_rows(
        connection,
        outbound_work,
        (*_KEY, "work_id"),
        {
            "attempt": "greatest(t.attempt, v.attempt)",
            "due_at": "v.due_at",
            **{each: f"t.{each} + v.{each}" for each in _FAILED},
            "lease": "NULL",
            "leased_until": "NULL",
            "started": "false",
        },
        (*_KEY, "work_id", "attempt", "due_at", *_FAILED),
        [(*_key(target), work_id, *retry.columns) for work_id, retry in retried.items()],
    )


def _key(target: Target) -> tuple[Any, int]:
    return target.tenant_id, target.generation
