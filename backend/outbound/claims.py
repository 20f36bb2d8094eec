"""Claiming outbound work: a lease per row, so that two workers never send one thing and a dead one blocks nobody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from backend.inline.outbound_work import NOT_FROM_EVENTS
from backend.outbound.backoff import Failure
from backend.runtime.database import Connection, Database
from backend.values.identifiers import TenantId

# Long enough for a page to be rendered, and for a mail to be handed over; after it, the rows are anybody's again.
LEASE: Final = timedelta(seconds=120)

# Nothing leaves while the platform has halted everything outgoing; what events asked for waits for the tenant's own
# switch, too. Letters do not: whoever turned it off must be able to sign in.
_NOT_HALTED: Final = b" (SELECT directory_halted()) IS NULL"
_SWITCHED_ON: Final = (
    b" NOT EXISTS (SELECT FROM inline_delivery_switch s WHERE s.tenant_id = w.tenant_id"
    b" AND s.generation = w.generation AND NOT s.enabled)"
)
_IN_FORCE: Final = (
    b"(SELECT inline_generation FROM journal_heads h WHERE h.tenant_id = w.tenant_id AND h.book = 'money')"
)
_CLAIM: Final = (
    b"WITH due AS (SELECT w.generation, w.work_id, w.started FROM outbound_work w"
    b" WHERE w.tenant_id = %%b AND w.generation = %b AND w.kind = ANY(%%b) AND w.due_at <= %%b"
    b" AND (w.leased_until IS NULL OR w.leased_until < %%b) AND" + _NOT_HALTED + b"%b"
    b" ORDER BY w.due_at, w.work_id LIMIT %%b FOR UPDATE OF w SKIP LOCKED)"
    b" UPDATE outbound_work w SET lease = %%b, leased_until = %%b FROM due"
    b" WHERE w.tenant_id = %%b AND w.generation = due.generation AND w.work_id = due.work_id"
    b" RETURNING w.work_id, w.kind, w.subject, w.attempt, w.queued_at, due.started, w.unreachable, w.refused_for_now,"
    b" w.unknown, w.sealed, w.ends_at"
)
_LETTERS: Final = _CLAIM % (b"%d" % NOT_FROM_EVENTS, b"")
_FROM_EVENTS: Final = _CLAIM % (_IN_FORCE, b" AND" + _SWITCHED_ON)
# Only in the generation of now: a lease taken on rows that a rebuild has replaced meanwhile is nobody's.
_START: Final = (
    b"UPDATE outbound_work w SET started = true, leased_until = %b WHERE w.tenant_id = %b AND w.work_id = %b"
    b" AND w.lease = %b AND" + _NOT_HALTED + b" AND (w.generation = 0"
    b" OR (w.generation = " + _IN_FORCE + b" AND" + _SWITCHED_ON + b")) RETURNING w.work_id"
)
_AGAIN: Final = (
    b"UPDATE outbound_work SET attempt = %b, due_at = %b, unreachable = %b, refused_for_now = %b, unknown = %b,"
    b" lease = NULL, leased_until = NULL, started = false WHERE tenant_id = %b AND generation = 0 AND work_id = %b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Work that this worker may attempt now, for the `attempt`-th time.

    `failures` counts the earlier attempts by how they failed. `interrupted`: one began to send and never reported.
    """

    work_id: UUID
    kind: str
    subject: UUID
    attempt: int
    queued_at: datetime
    interrupted: bool
    failures: Mapping[Failure, int]
    sealed: str | None
    ends_at: datetime | None


async def claim_due(
    database: Database, tenant_id: TenantId, kinds: Collection[str], *, lease: UUID, now: datetime, limit: int
) -> tuple[Claim, ...]:
    """Up to `limit` pieces of due work of these kinds, leased to `lease`. Letters first: somebody waits for one to sign
    in.

    What was started stays so until its outcome is recorded: whoever claims it now may die as well before that.
    """
    claims: list[Claim] = []
    async with database.scope(tenant_id) as connection:
        for statement in (_LETTERS, _FROM_EVENTS):
            if len(claims) < limit:
                room = limit - len(claims)
                found = await connection.execute(
                    statement, (tenant_id, list(kinds), now, now, room, lease, now + LEASE, tenant_id)
                )
                claims += [_claim(row) for row in await found.fetchall()]
    return tuple(claims)


async def mark_started(database: Database, tenant_id: TenantId, work_id: UUID, *, lease: UUID, now: datetime) -> bool:
    """Note durably that sending begins: from here on a crash means that the outcome is unknown. Extends the lease.

    Said of one piece when its turn has come, and not of a whole batch: what only waited is certainly not sent, and
    must not use up its one further copy. `False` when the lease ran out and another worker has it, or when the tenant
    or the platform stopped everything outgoing since the batch was claimed: then it stays due.
    """
    async with database.scope(tenant_id) as connection:
        found = await connection.execute(_START, (now + LEASE, tenant_id, work_id, lease))
        return await found.fetchone() is not None


async def do_again(
    connection: Connection, tenant_id: TenantId, claim: Claim, *, due_at: datetime, failed: Failure | None
) -> None:
    """Schedule another attempt of work that no event speaks of, because this one `failed` in this way."""
    counts = [count + (way is failed) for way, count in claim.failures.items()]
    await connection.execute(_AGAIN, (claim.attempt, due_at, *counts, tenant_id, claim.work_id))


async def is_done(connection: Connection, tenant_id: TenantId, work: Sequence[UUID]) -> None:
    """Delete the rows of work that no event speaks of, with their secrets: it is done, one way or the other."""
    await connection.execute(
        b"DELETE FROM outbound_work WHERE tenant_id = %b AND generation = 0 AND work_id = ANY(%b)",
        (tenant_id, list(work)),
    )


def _claim(row: tuple[Any, ...]) -> Claim:
    work_id, kind, subject, attempt, queued_at, started, unreachable, refused, unknown, sealed, ends_at = row
    return Claim(
        work_id=work_id,
        kind=kind,
        subject=subject,
        attempt=attempt + 1,
        queued_at=queued_at,
        interrupted=started,
        failures={Failure.UNREACHABLE: unreachable, Failure.REFUSED_FOR_NOW: refused, Failure.UNKNOWN: unknown},
        sealed=sealed,
        ends_at=ends_at,
    )
