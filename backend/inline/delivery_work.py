"""Dispatches that are still to be made. The rows are the truth; a lost queue message costs nothing but time.

Columns marked `operational` (leases) are not computed from events and are left out when rows are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
from backend.runtime.bulk import insert_rows, update_rows
from backend.runtime.database import Connection, ReadConnection
from backend.runtime.due import Due, due
from backend.runtime.tables import read_table
from backend.runtime.telemetry import OUTBOUND_DUE
from backend.values.identifiers import TenantId

delivery_work: Final = read_table(
    "inline_delivery_work",
    Column("delivery_id", Uuid, nullable=False),
    Column("invoice_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("due_at", DateTime(timezone=True)),
    Column("lease", Uuid, info={"operational": True}),
    Column("leased_until", DateTime(timezone=True), info={"operational": True}),
    Column("started", Boolean, nullable=False, server_default="false", info={"operational": True}),
    key=("delivery_id",),
)
delivery_work.info["sweep"] = ("tenant_id", "due_at", "leased_until")
Index(
    "inline_delivery_work_due",
    delivery_work.c.tenant_id,
    delivery_work.c.generation,
    delivery_work.c.due_at,
    postgresql_where=delivery_work.c.due_at.is_not(None),
)

OUTBOUND: Final = due(
    Due(
        name="deliveries",
        finds=(
            "SELECT tenant_id, count(*) FROM inline_delivery_work WHERE due_at <= now()"
            " AND (leased_until IS NULL OR leased_until < now()) GROUP BY tenant_id"
            " UNION ALL SELECT tenant_id, count(*) FROM identity_letters WHERE due_at <= now() GROUP BY tenant_id"
        ),
        metric=OUTBOUND_DUE,
    )
)

delivery_switch: Final = read_table("inline_delivery_switch", Column("enabled", Boolean, nullable=False), key=())


@dataclass(frozen=True, slots=True)
class _DeliveryWork:
    name: str = "delivery_work"
    tables: tuple[Table, ...] = (delivery_work, delivery_switch)
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
        queued: list[tuple[Any, ...]] = []
        moved: dict[Any, tuple[Any, ...]] = {}
        for recorded in events:
            event = recorded.event
            if isinstance(event, DeliveryQueued):
                queued.append((*_key(target), event.delivery_id, event.document.id, "queued", 0, recorded.at))
            elif isinstance(event, DeliverySwitchTurned):
                await insert_rows(
                    connection,
                    delivery_switch,
                    ("tenant_id", "generation", "enabled"),
                    [(*_key(target), event.enabled)],
                    conflict="ON CONFLICT (tenant_id, generation) DO UPDATE SET enabled = excluded.enabled",
                )
            else:
                state, attempt, due = _moved(event)
                if event.delivery_id in moved:
                    # A rebuild meets several events of one delivery at once: the count must not forget the earlier.
                    attempt = max(attempt, moved[event.delivery_id][4])
                moved[event.delivery_id] = (*_key(target), event.delivery_id, state, attempt, due)
        await insert_rows(
            connection,
            delivery_work,
            ("tenant_id", "generation", "delivery_id", "invoice_id", "state", "attempt", "due_at"),
            queued,
        )
        await update_rows(
            connection,
            delivery_work,
            ("tenant_id", "generation", "delivery_id"),
            {
                "state": "v.state",
                "attempt": "greatest(t.attempt, v.attempt)",
                "due_at": "v.due_at",
                "lease": "NULL",
                "leased_until": "NULL",
                "started": "false",
            },
            ("tenant_id", "generation", "delivery_id", "state", "attempt", "due_at"),
            list(moved.values()),
        )


def _moved(event: Any) -> tuple[str, int, datetime | None]:
    match event:
        case DeliverySent():
            return "sent", event.attempt, None
        case DeliveryConfirmed():
            return "delivered", 0, None
        case DeliveryBounced():
            return "bounced", event.attempt, None
        case DeliveryDeferred():
            return "queued", event.attempt, event.next_at
        case DeliveryUnknown():
            return "unknown", event.attempt, event.next_at
        case _:
            return "failed", event.attempt, None


def _key(target: Target) -> tuple[Any, int]:
    return target.tenant_id, target.generation


DELIVERY_WORK: Final = _DeliveryWork()


async def dispatch_states(
    connection: ReadConnection, tenant_id: TenantId, generation: int, invoices: Sequence[UUID]
) -> dict[str, int]:
    """How many dispatches of the invoices are in each state; `waiting` are those without any outcome yet."""
    found = await connection.execute(
        b"SELECT CASE WHEN due_at IS NOT NULL AND attempt = 0 THEN 'waiting' ELSE state END, count(*)"
        b" FROM inline_delivery_work WHERE tenant_id = %b AND generation = %b AND invoice_id = ANY(%b) GROUP BY 1",
        (tenant_id, generation, list(invoices)),
    )
    return dict(await found.fetchall())


async def dispatches_waiting(connection: ReadConnection, tenant_id: TenantId, generation: int) -> int:
    """How many dispatches of the tenant are still to be made."""
    found = await connection.execute(
        b"SELECT count(*) FROM inline_delivery_work WHERE tenant_id = %b AND generation = %b AND due_at IS NOT NULL",
        (tenant_id, generation),
    )
    row = await found.fetchone()
    return int(row[0]) if row else 0
