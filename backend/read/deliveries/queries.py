"""The questions about dispatches: lists by state and invoice, the work list, counts, and what happened to one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final, Literal

from backend.read.deliveries.projector import NAME
from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.projection import live
from backend.read.query import query
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, DeliveryId, InvoiceId

# What can happen to a dispatch.
Happened = Literal["sent", "deferred", "bounced", "unknown", "failed", "delivered"]
State = Literal["queued", "sent", "delivered", "bounced", "unknown", "failed"]

# What a person must look at: the machine will do nothing more, or does not know what it did.
NEEDS_A_PERSON: Final[tuple[State, ...]] = ("bounced", "unknown", "failed")
# Attempts are limited by the backoff; this only guards the answer.
ATTEMPTS_LIMIT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """One dispatch of one invoice. `code` and `reply` are the last answer; `next_at` when the next attempt is due."""

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    number: str
    debtor_id: DebtorId
    channel: str
    language: str
    to_address: str
    message_id: str
    state: State
    attempts: int
    code: int
    reply: str
    confirmation: str
    document: str
    queued_at: datetime
    sent_at: datetime | None
    changed_at: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One thing that happened to a dispatch: sent, deferred, bounced, unknown, failed, delivered."""

    attempt: int
    state: Happened
    code: int
    reply: str
    at: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryDetail:
    """A dispatch and its attempts, oldest first."""

    row: DeliveryRow
    attempts: tuple[Attempt, ...]


_COLUMNS: Final = tuple(field.name for field in fields(DeliveryRow))
_ATTEMPT: Final = tuple(field.name for field in fields(Attempt))
_NEWEST_FIRST: Final = Order("deliveries", (("position", "bigint"),), descending=True)


@query(Capability.INVOICES_READ)
async def deliveries(
    connection: ReadConnection,
    reader: Reader,
    *,
    states: tuple[State, ...] = (),
    invoice_id: InvoiceId | None = None,
    debtor_id: DebtorId | None = None,
    page: PageRequest = FIRST_PAGE,
) -> Page[DeliveryRow]:
    """Dispatches within reach, newest first. `states=NEEDS_A_PERSON` is the work list.

    Raises `BadCursor` and `BadPage`.
    """
    where = _within(reader).equal("invoice_id", invoice_id).equal("debtor_id", debtor_id).among("state", states)
    return await page_of(
        connection,
        ", ".join(_COLUMNS),
        "read_deliveries",
        where,
        _NEWEST_FIRST,
        page,
        row=lambda values: DeliveryRow(**dict(zip(_COLUMNS, values, strict=True))),
    )


@query(Capability.INVOICES_READ)
async def delivery(connection: ReadConnection, reader: Reader, *, delivery_id: DeliveryId) -> DeliveryDetail | None:
    """One dispatch with what happened to it; None when there is none within reach."""
    where = _within(reader).add("delivery_id = %b", delivery_id)
    found = await connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM read_deliveries WHERE {where.sql}".encode(), where.parameters
    )
    happened = await connection.execute(
        f"SELECT {', '.join(_ATTEMPT)} FROM read_delivery_attempts WHERE tenant_id = %b AND generation = {live(NAME)}"
        " AND delivery_id = %b ORDER BY position LIMIT %b".encode(),
        (reader.tenant_id, delivery_id, ATTEMPTS_LIMIT),
    )
    row = await found.fetchone()
    if row is None:
        return None
    attempts = tuple(Attempt(**dict(zip(_ATTEMPT, each, strict=True))) for each in await happened.fetchall())
    return DeliveryDetail(DeliveryRow(**dict(zip(_COLUMNS, row, strict=True))), attempts)


@query(Capability.INVOICES_READ)
async def delivery_counts(connection: ReadConnection, reader: Reader) -> Mapping[State, int]:
    """How many dispatches within reach are in each state; states without any are absent."""
    where = _within(reader)
    found = await connection.execute(
        f"SELECT state, count(*) FROM read_deliveries WHERE {where.sql} GROUP BY state".encode(), where.parameters
    )
    return {row[0]: row[1] for row in await found.fetchall()}


@query(Capability.INVOICES_READ)
async def delivery_switch(connection: ReadConnection, reader: Reader) -> bool:
    """Whether anything is dispatched, from the very row that the dispatcher reads. On, until somebody turned it off."""
    found = await connection.execute(
        b"SELECT s.enabled FROM journal_heads h JOIN inline_delivery_switch s"
        b" ON s.tenant_id = h.tenant_id AND s.generation = h.inline_generation"
        b" WHERE h.tenant_id = %b AND h.book = 'money'",
        (reader.tenant_id,),
    )
    row = await found.fetchone()
    return bool(row[0]) if row else True


def _within(reader: Reader) -> Where:
    return Where(reader, NAME).within_reach("issuer_org_node_id", "debtor_org_node_id")
