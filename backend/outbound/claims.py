"""Claiming due dispatches: a lease per row, so that two workers never send one mail and a dead one blocks nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.runtime.database import Database
from backend.values.identifiers import DeliveryId, InvoiceId, TenantId

# Long enough for a page to be rendered, and for a mail to be handed over; after it, the rows are anybody's again.
LEASE: Final = timedelta(seconds=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A dispatch this worker may attempt now. `interrupted`: an earlier attempt began to send and never reported."""

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    attempt: int
    state: str
    interrupted: bool


async def claim_due(
    database: Database, tenant_id: TenantId, *, lease: UUID, now: datetime, limit: int
) -> tuple[Claim, ...]:
    """Up to `limit` due dispatches, leased to `lease`. None while the tenant's delivery switch is off, or its platform
    has halted everything outgoing.

    What was started stays so until its outcome is recorded: whoever claims it now may die as well before that.
    """
    async with database.scope(tenant_id) as connection:
        found = await connection.execute(
            b"WITH head AS (SELECT inline_generation AS g FROM journal_heads WHERE tenant_id = %b AND book = 'money'),"
            b" due AS ("
            b" SELECT w.delivery_id, w.started FROM inline_delivery_work w, head"
            b" WHERE w.tenant_id = %b AND w.generation = head.g AND w.due_at <= %b"
            b" AND (w.leased_until IS NULL OR w.leased_until < %b)"
            b" AND NOT EXISTS (SELECT FROM inline_delivery_switch s WHERE s.tenant_id = %b AND s.generation = head.g"
            b"  AND NOT s.enabled)"
            b" AND (SELECT directory_halted()) IS NULL"
            b" ORDER BY w.due_at, w.delivery_id LIMIT %b FOR UPDATE OF w SKIP LOCKED)"
            b" UPDATE inline_delivery_work w SET lease = %b, leased_until = %b FROM due, head"
            b" WHERE w.tenant_id = %b AND w.generation = head.g AND w.delivery_id = due.delivery_id"
            b" RETURNING w.delivery_id, w.invoice_id, w.attempt, w.state, due.started",
            (tenant_id, tenant_id, now, now, tenant_id, limit, lease, now + LEASE, tenant_id),
        )
        rows = await found.fetchall()
    return tuple(
        Claim(delivery_id=row[0], invoice_id=row[1], attempt=row[2] + 1, state=row[3], interrupted=row[4])
        for row in rows
    )


async def mark_started(
    database: Database, tenant_id: TenantId, delivery_id: DeliveryId, *, lease: UUID, now: datetime
) -> bool:
    """Say, durably, that sending begins: from here on a crash means that the outcome is unknown. Extends the lease.

    Said of one mail when its turn has come, and not of a whole batch: a mail that only waited is certainly not sent,
    and must not use up its one further copy. `False` when the lease ran out and another worker has it, or when the
    tenant or the platform stopped everything outgoing since the batch was claimed: then it stays due.
    """
    async with database.scope(tenant_id) as connection:
        found = await connection.execute(
            # Only in the generation of now: a lease taken on rows that a rebuild has replaced meanwhile is nobody's.
            b"UPDATE inline_delivery_work w SET started = true, leased_until = %b FROM journal_heads h"
            b" WHERE h.tenant_id = %b AND h.book = 'money' AND w.tenant_id = h.tenant_id"
            b" AND w.generation = h.inline_generation"
            b" AND w.delivery_id = %b AND w.lease = %b AND (SELECT directory_halted()) IS NULL"
            b" AND NOT EXISTS (SELECT FROM inline_delivery_switch s WHERE s.tenant_id = h.tenant_id"
            b"  AND s.generation = h.inline_generation AND NOT s.enabled) RETURNING w.delivery_id",
            (now + LEASE, tenant_id, delivery_id, lease),
        )
        return await found.fetchone() is not None
