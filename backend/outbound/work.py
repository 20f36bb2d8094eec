"""The one way out: claim due work, prepare it, attempt it, record what happened. Nothing slow is in a transaction.

Exactly one record and one identifier (of a mail: its Message-ID) for each piece of work; at most one further copy, with
the same identifier, and only when the outcome was unknown; never none. A kind of work (mail, a letter, later a webhook,
a call of a payment provider or of an access point) brings a `Sender`; leases, turns, schedules, the switches and the
rule of the one further copy are the same for all of them, and stand here.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Generic, Literal, Protocol, TypeVar
from uuid import UUID

import psycopg

from backend.outbound.backoff import Failure, next_delay
from backend.outbound.claims import Claim, claim_due, mark_started
from backend.outbound.smtp import MAX_CONNECTIONS, Accepted, Refused, Unknown, Unreachable
from backend.read.faults import told
from backend.runtime.logs import logger
from backend.runtime.telemetry import DELIVERIES
from backend.services import Services
from backend.values.identifiers import TenantId

BATCH: Final = 40
# Seconds between attempts to record; together well below a lease.
RECORD_PAUSES: Final = (1, 2, 4, 8, 15, 15)

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class NotNow:
    """The work could not be prepared (no store, no renderer), so it certainly did not leave: try again later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Never:
    """The work is not to leave at all: what it was about was taken back, or there is nobody to send it to."""

    reason: str


Outcome = Accepted | Refused | Unreachable | Unknown | NotNow | Never
Ended = Literal["sent", "deferred", "unknown", "bounced", "failed"]

P = TypeVar("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Generic[P]):
    """What became of one attempt. `next_at` is when there will be another, `kind` why it was deferred, `prepared` what
    was attempted (`None` when an earlier worker died over it)."""

    claim: Claim
    ended: Ended
    reply: str = ""
    code: int = 0
    kind: Failure | None = None
    next_at: datetime | None = None
    prepared: P | None = None

    @property
    def failed(self) -> Failure | None:
        """In which way the attempt failed, if there will be another."""
        return self.kind or (Failure.UNKNOWN if self.ended == "unknown" else None)


class Sender(Protocol[P]):
    """Does the work of some kinds. `P` is what it has in hand between preparing and attempting."""

    @property
    def kinds(self) -> frozenset[str]: ...

    async def prepare(self, tenant_id: TenantId, claims: Sequence[Claim]) -> Mapping[UUID, P | NotNow | Never]:
        """Everything that is slow and certainly sends nothing, for a batch at once: load, render, compose."""
        ...

    async def attempt(self, tenant_id: TenantId, prepared: P) -> Outcome:
        """Send it, and say what is certain. What it raises counts as unknown: it may have left."""
        ...

    async def record(self, tenant_id: TenantId, reports: Sequence[Report[P]]) -> None:
        """Record what happened. Called again while the database is away, so repeating it must change nothing."""
        ...


async def send_due(services: Services, senders: Sequence[Sender[Any]], tenant_id: TenantId) -> int:
    """Attempt one batch of the tenant's due work; answers how much was claimed."""
    lease = services.write.new_id()
    kinds = frozenset().union(*(sender.kinds for sender in senders))
    claims = await claim_due(services.database, tenant_id, kinds, lease=lease, now=services.clock.now(), limit=BATCH)
    for sender in senders:
        mine = [claim for claim in claims if claim.kind in sender.kinds]
        if mine:
            await _Batch(services, sender, tenant_id, lease).work_off(mine)
    return len(claims)


@dataclass(frozen=True, slots=True)
class _Batch(Generic[P]):
    """Work of one sender, claimed together."""

    services: Services
    sender: Sender[P]
    tenant_id: TenantId
    lease: UUID

    async def work_off(self, claims: Sequence[Claim]) -> None:
        died = Unknown(reason="the worker died while it was sending")
        reports = [self._report(claim, died) for claim in claims if claim.interrupted]
        fresh = [claim for claim in claims if not claim.interrupted]
        prepared = await self.sender.prepare(self.tenant_id, fresh) if fresh else {}
        turns = asyncio.Semaphore(MAX_CONNECTIONS)
        attempts = await asyncio.gather(*(self._in_turn(turns, claim, prepared[claim.work_id]) for claim in fresh))
        reports += [report for report in attempts if report is not None]
        if reports:
            await self._record(reports)
        for report in reports:
            DELIVERIES.labels(state=report.ended).inc()

    async def _in_turn(self, turns: asyncio.Semaphore, claim: Claim, prepared: P | NotNow | Never) -> Report[P] | None:
        async with turns:
            try:
                now = self.services.clock.now()
                ours = await mark_started(
                    self.services.database, self.tenant_id, claim.work_id, lease=self.lease, now=now
                )
            except psycopg.OperationalError:
                # The others of the batch may have been sent: their outcomes must be recorded.
                return None
            if not ours:
                return None
            if isinstance(prepared, NotNow | Never):
                return self._report(claim, prepared)
            try:
                outcome = await self.sender.attempt(self.tenant_id, prepared)
            except Exception as fault:
                # Ours, and perhaps in the middle of sending. What became of the others must be recorded all the same.
                tell_fault("outbound.fault", fault, self.tenant_id, claim)
                outcome = Unknown(reason=f"a fault of ours: {type(fault).__name__}")
            return replace(self._report(claim, outcome), prepared=prepared)

    def _report(self, claim: Claim, outcome: Outcome) -> Report[P]:
        return report_of(claim, outcome, now=self.services.clock.now())

    async def _record(self, reports: Sequence[Report[P]]) -> None:
        """Have the sender record the reports, repeatedly while the database is away. A repetition changes nothing,
        and what was sent but never recorded would have to be sent once more."""
        for pause in RECORD_PAUSES:
            try:
                return await self.sender.record(self.tenant_id, reports)
            except psycopg.OperationalError as lost:
                log.warning("outbound.not_recorded_yet", tenant=str(self.tenant_id), error=type(lost).__name__)
                await asyncio.sleep(pause)
        return await self.sender.record(self.tenant_id, reports)


def report_of(claim: Claim, outcome: Outcome, *, now: datetime) -> Report[Any]:
    """What an outcome means: whether there is another attempt, and when. Pure."""
    match outcome:
        case Accepted():
            return Report(claim=claim, ended="sent", reply=outcome.server_reply)
        case Refused(permanent=True):
            return Report(claim=claim, ended="bounced", reply=outcome.reply, code=outcome.code)
        case Refused():
            return _deferred(claim, Failure.REFUSED_FOR_NOW, f"{outcome.code} {outcome.reply}", now)
        case NotNow():
            return _deferred(claim, Failure.REFUSED_FOR_NOW, outcome.reason, now)
        case Unreachable():
            return _deferred(claim, Failure.UNREACHABLE, outcome.reason, now)
        case Never():
            return Report(claim=claim, ended="failed", reply=outcome.reason)
        case Unknown():
            # One further copy only: after a second unknown outcome a person must decide.
            return Report(
                claim=claim, ended="unknown", reply=outcome.reason, next_at=_next_at(claim, Failure.UNKNOWN, now)
            )


def _deferred(claim: Claim, failure: Failure, reason: str, now: datetime) -> Report[Any]:
    next_at = _next_at(claim, failure, now)
    if next_at is None:
        return Report(claim=claim, ended="failed", reply=f"no attempt is left: {reason}")
    return Report(claim=claim, ended="deferred", reply=reason, kind=failure, next_at=next_at)


def _next_at(claim: Claim, failure: Failure, now: datetime) -> datetime | None:
    delay = next_delay(failure, claim.work_id, failures=claim.failures[failure] + 1)
    next_at = None if delay is None else now + delay
    ends = claim.ends_at
    return None if next_at is None or (ends is not None and next_at >= ends) else next_at


def tell_fault(event: str, fault: Exception, tenant_id: TenantId, claim: Claim) -> None:
    """Log a fault of ours in one piece of work: which, and where in the code. Not its message, which may quote a
    person's data."""
    log.error(
        event,
        tenant=str(tenant_id),
        kind=claim.kind,
        work_id=str(claim.work_id),
        subject=str(claim.subject),
        fault=told(fault),
    )
