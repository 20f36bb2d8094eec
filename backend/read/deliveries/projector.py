"""Keeps dispatches and their attempts: a row is loaded, moved on by each event, and written back with its batch."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.debtors import PersonalDataErased
from backend.events.deliveries import (
    DeliveryBounced,
    DeliveryConfirmed,
    DeliveryDeferred,
    DeliveryFailed,
    DeliveryQueued,
    DeliverySent,
    DeliveryUnknown,
)
from backend.read.deliveries.tables import attempts, deliveries
from backend.read.projection import Recorded, Target, declared, key_of
from backend.runtime.bulk import insert_rows, update_rows
from backend.runtime.database import Connection

NAME: Final = "deliveries"


@dataclass(slots=True, kw_only=True)
class Dispatch:
    """One row of `read_deliveries`, while a batch is folded. The fields are its columns, in their order."""

    delivery_id: UUID
    position: int
    invoice_id: UUID
    number: str
    debtor_id: UUID
    issuer_org_node_id: UUID | None
    debtor_org_node_id: UUID | None
    channel: str
    language: str
    to_address: str
    message_id: str
    state: str
    attempts: int
    code: int
    reply: str
    confirmation: str
    document: str
    queued_at: datetime
    sent_at: datetime | None
    changed_at: datetime
    next_at: datetime | None


_COLUMNS: Final = tuple(field.name for field in fields(Dispatch))
_values: Final = attrgetter(*_COLUMNS)
_KEY: Final = ("tenant_id", "generation")
_ATTEMPT: Final = ("delivery_id", "position", "attempt", "state", "code", "reply", "at", "next_at")
_MOVES: Final = frozenset(
    {DeliverySent, DeliveryConfirmed, DeliveryBounced, DeliveryDeferred, DeliveryUnknown, DeliveryFailed}
)


@dataclass(frozen=True, slots=True)
class _Deliveries:
    name: str = NAME
    tables: tuple[Table, ...] = (deliveries, attempts)
    handles: frozenset[type] = frozenset({DeliveryQueued, PersonalDataErased, *_MOVES})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        known = await _known(connection, target, events)
        fresh: dict[UUID, Dispatch] = {}
        happened: list[tuple[Any, ...]] = []
        for recorded in events:
            match recorded.event:
                case DeliveryQueued() as e:
                    fresh[e.delivery_id] = known[e.delivery_id] = _queued(e, recorded)
                case PersonalDataErased(debtor_id=debtor_id):
                    for dispatch in known.values():
                        if dispatch.debtor_id == debtor_id:
                            dispatch.to_address = ""
                case event if type(event) in _MOVES:
                    happened.append(_move(known[event.delivery_id], recorded, event))
        await _write(connection, target, known, fresh, happened)


DELIVERIES: Final = declared(_Deliveries())


async def _write(
    connection: Connection,
    target: Target,
    known: dict[UUID, Dispatch],
    fresh: dict[UUID, Dispatch],
    happened: list[tuple[Any, ...]],
) -> None:
    key = key_of(target)
    await insert_rows(
        connection, deliveries, (*_KEY, *_COLUMNS), [(*key, *_values(dispatch)) for dispatch in fresh.values()]
    )
    await update_rows(
        connection,
        deliveries,
        (*_KEY, "delivery_id"),
        {column: f"v.{column}" for column in _COLUMNS if column not in ("delivery_id", "position")},
        (*_KEY, *_COLUMNS),
        [(*key, *_values(dispatch)) for delivery_id, dispatch in known.items() if delivery_id not in fresh],
    )
    await insert_rows(connection, attempts, (*_KEY, *_ATTEMPT), [(*key, *row) for row in happened])


def _queued(event: DeliveryQueued, recorded: Recorded) -> Dispatch:
    return Dispatch(
        delivery_id=event.delivery_id,
        position=recorded.position,
        invoice_id=event.document.id,
        number=event.document.number,
        debtor_id=event.debtor_id,
        issuer_org_node_id=event.issuer_org_node_id,
        debtor_org_node_id=event.debtor_org_node_id,
        channel=event.channel,
        language=event.language,
        to_address=event.to_address or "",
        message_id=event.message_id,
        state="queued",
        attempts=0,
        code=0,
        reply="",
        confirmation="",
        document="",
        queued_at=recorded.at,
        sent_at=None,
        changed_at=recorded.at,
        next_at=recorded.at,
    )


def _move(dispatch: Dispatch, recorded: Recorded, event: Any) -> tuple[Any, ...]:
    """Let an event move the dispatch on; the row that tells of it."""
    dispatch.changed_at, dispatch.next_at, dispatch.code = recorded.at, None, 0
    match event:
        case DeliverySent():
            dispatch.state, dispatch.sent_at, dispatch.reply = "sent", recorded.at, event.reply
            dispatch.confirmation, dispatch.document = event.confirmation, event.digest
        case DeliveryConfirmed():
            dispatch.state = "delivered"
        case DeliveryBounced():
            dispatch.state, dispatch.code, dispatch.reply = "bounced", event.code, event.reply
        case DeliveryDeferred():
            dispatch.state, dispatch.reply, dispatch.next_at = "queued", event.reason, event.next_at
        case DeliveryUnknown():
            dispatch.state, dispatch.reply, dispatch.next_at = "unknown", event.reason, event.next_at
        case DeliveryFailed():
            dispatch.state, dispatch.reply = "failed", event.reason
    attempt = getattr(event, "attempt", dispatch.attempts)
    dispatch.attempts = max(dispatch.attempts, attempt)
    state = "deferred" if isinstance(event, DeliveryDeferred) else dispatch.state
    reply = "" if isinstance(event, DeliveryConfirmed) else dispatch.reply
    return (
        dispatch.delivery_id,
        recorded.position,
        attempt,
        state,
        dispatch.code,
        reply,
        recorded.at,
        dispatch.next_at,
    )


async def _known(connection: Connection, target: Target, events: Sequence[Recorded]) -> dict[UUID, Dispatch]:
    """The dispatches that exist already and may change: those that moved, and those of the debtors erased."""
    moved = {r.event.delivery_id for r in events if type(r.event) in _MOVES}
    erased = {r.event.debtor_id for r in events if isinstance(r.event, PersonalDataErased)}
    if not moved and not erased:
        return {}
    found = await connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM read_deliveries WHERE tenant_id = %b AND generation = %b"
        " AND (delivery_id = ANY(%b) OR debtor_id = ANY(%b))".encode(),
        (*key_of(target), list(moved), list(erased)),
    )
    return {row[0]: Dispatch(**dict(zip(_COLUMNS, row, strict=True))) for row in await found.fetchall()}
