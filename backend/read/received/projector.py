"""Keeps received documents. An update of an older source position than the one known says nothing new."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.mirrors import DocumentReceived, DocumentUpdated
from backend.read.projection import Recorded, Target, key_of
from backend.read.received.tables import received
from backend.runtime.bulk import insert_rows, update_rows
from backend.runtime.database import Connection

NAME: Final = "received"

_KEY: Final = ("tenant_id", "generation")
_COLUMNS: Final = (
    "document_id",
    "position",
    "source_tenant_id",
    "source_invoice_id",
    "source_position",
    "issuer_name",
    "number",
    "issued_on",
    "due_on",
    "currency",
    "net_minor",
    "tax_minor",
    "total_minor",
    "open_minor",
    "state",
    "received_at",
)


@dataclass(frozen=True, slots=True)
class _Received:
    name: str = NAME
    tables: tuple[Table, ...] = (received,)
    handles: frozenset[type] = frozenset({DocumentReceived, DocumentUpdated})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        key, fresh = key_of(target), []
        updates: dict[UUID, tuple[Any, ...]] = {}
        for recorded in events:
            match recorded.event:
                case DocumentReceived() as e:
                    fresh.append(
                        (
                            *key,
                            e.document_id,
                            recorded.position,
                            e.source_tenant_id,
                            e.source_invoice_id,
                            e.source_position,
                            e.issuer_name,
                            e.number,
                            e.issued_on,
                            e.due_on,
                            e.currency,
                            e.net_minor,
                            e.tax_minor,
                            e.total_minor,
                            e.total_minor,
                            "issued",
                            recorded.at,
                        )
                    )
                case DocumentUpdated() as e:
                    known = updates.get(e.document_id)
                    if known is None or known[3] < e.source_position:
                        updates[e.document_id] = (*key, e.document_id, e.source_position, e.open_minor, e.state)
        await insert_rows(connection, received, (*_KEY, *_COLUMNS), fresh)
        newer = "v.source_position > t.source_position"
        await update_rows(
            connection,
            received,
            (*_KEY, "document_id"),
            {
                "open_minor": f"CASE WHEN {newer} THEN v.open_minor ELSE t.open_minor END",
                "state": f"CASE WHEN {newer} THEN v.state ELSE t.state END",
                "source_position": "greatest(v.source_position, t.source_position)",
            },
            (*_KEY, "document_id", "source_position", "open_minor", "state"),
            list(updates.values()),
        )


RECEIVED: Final = _Received()
