"""Dispatching invoices: claim, render, send, record. Nothing slow happens inside a transaction.

Exactly one delivery record and one Message-ID per dispatch; at most one further copy, with the same Message-ID, and
only when the outcome was unknown; never none.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import psycopg

from backend.documents.mail import invoice_mail
from backend.documents.renderer import RendererPool, RenderFailed
from backend.events.deliveries import DeliveryDeferred, DeliveryQueued, DeliveryUnknown
from backend.events.invoices import InvoiceIssued
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of
from backend.outbound.backoff import Failure, next_delay
from backend.outbound.claims import Claim, claim_due, mark_started
from backend.outbound.document_of import Page, page_of
from backend.outbound.mail import Attachment, Mail, MailRefused, compose
from backend.outbound.smtp import MAX_CONNECTIONS, Accepted, Outcome, Refused, SmtpPool, Unreachable, send
from backend.rules.email_address import AddressRefused, is_address
from backend.runtime.logs import logger
from backend.runtime.storage import DocumentCorrupt, DocumentMissing, StorageUnavailable
from backend.runtime.telemetry import DELIVERIES
from backend.services import Services
from backend.tenants.actor import system_actor
from backend.tenants.invoice_links import InvoiceLink, expiry, link_url, token_of
from backend.values.identifiers import TenantId
from backend.write.deliveries.record import Dispatch, DispatchOutcome, RecordDispatches
from backend.write.execute import execute
from backend.write.states.invoice import INVOICE, IssuedState

BATCH: Final = 40
# Seconds between attempts to record; together well below a lease.
RECORD_PAUSES: Final = (1, 2, 4, 8, 15, 15)
_ADDRESS: Final = re.compile(r"[^\s<>()\[\]:;,\"]+@[^\s<>()\[\]:;,\"]+")
log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed dispatch with everything needed to attempt it."""

    tenant_id: TenantId
    claim: Claim
    queued: DeliveryQueued
    queued_at: datetime
    invoice: IssuedState
    history: tuple[Any, ...]

    @property
    def issued(self) -> InvoiceIssued:
        return self.invoice.event

    def failures(self, failure: Failure) -> int:
        """How many attempts failed like this, the one just made included. Each kind has its own schedule."""
        if failure is Failure.UNKNOWN:
            return 1 + sum(isinstance(event, DeliveryUnknown) for event in self.history)
        return 1 + sum(isinstance(event, DeliveryDeferred) and event.kind == failure for event in self.history)


@dataclass(frozen=True, slots=True)
class Ready:
    """What a dispatch carries: the page, and the files that go with it."""

    page: Page
    files: tuple[Attachment, ...]


async def dispatch_due(services: Services, smtp: SmtpPool, pool: RendererPool, tenant_id: TenantId) -> int:
    """Attempt one batch of the tenant's due dispatches; answers how many were claimed."""
    lease = services.write.new_id()
    claims = await claim_due(services.database, tenant_id, lease=lease, now=services.clock.now(), limit=BATCH)
    if not claims:
        return 0
    everything = await _jobs(services, tenant_id, claims)
    jobs = [job for job in everything if not job.claim.interrupted]
    pages = await asyncio.gather(*(_ready(services, pool, tenant_id, job) for job in jobs))
    outcomes = [
        _unknown(job, "the worker died while it was sending", services.clock.now())
        for job in everything
        if job.claim.interrupted
    ]
    turns = asyncio.Semaphore(MAX_CONNECTIONS)

    async def attempted(job: Job, page: Ready | str) -> Dispatch | None:
        async with turns:
            try:
                ours = await mark_started(
                    services.database, tenant_id, job.claim.delivery_id, lease=lease, now=services.clock.now()
                )
            except psycopg.OperationalError:
                # The others of the batch may have been sent: their outcomes must be recorded.
                return None
            return await _attempt(services, smtp, job, page) if ours else None

    attempts = [attempted(job, page) for job, page in zip(jobs, pages, strict=True)]
    outcomes += [outcome for outcome in await asyncio.gather(*attempts) if outcome is not None]
    await _record(services, tenant_id, tuple(outcomes))
    for outcome in outcomes:
        DELIVERIES.labels(state=outcome.outcome).inc()
    return len(claims)


def without_addresses(reply: str) -> str:
    """A server's words without e-mail addresses: they are personal, stay in the journal for ever, and the delivery
    knows the address anyway (encrypted, until it is erased)."""
    return _ADDRESS.sub("…", reply)


async def _record(services: Services, tenant_id: TenantId, outcomes: tuple[Dispatch, ...]) -> None:
    """Record what happened, again and again while the database is away: it changes nothing when it is repeated, and
    what was sent but never recorded would have to be sent once more."""
    actor, command = system_actor(tenant_id, "deliveries"), RecordDispatches(dispatches=outcomes)
    for pause in RECORD_PAUSES:
        try:
            await execute(services.write, actor, command)
            return
        except psycopg.OperationalError as lost:
            log.warning("delivery.not_recorded_yet", error=type(lost).__name__)
            await asyncio.sleep(pause)
    await execute(services.write, actor, command)


async def _jobs(services: Services, tenant_id: TenantId, claims: Sequence[Claim]) -> list[Job]:
    """The events behind the claims, in one round trip."""
    async with services.database.scope(tenant_id) as connection:
        keys = PersonKeys(services.keyring, connection, tenant_id)
        streams: dict[UUID, int] = {}
        for claim in claims:
            streams |= {claim.delivery_id: 0, claim.invoice_id: 0}
        found = await events_of(connection, tenant_id, streams, keys)
    jobs = []
    for claim in claims:
        invoice = INVOICE.fold(recorded.event for recorded in found[claim.invoice_id])
        assert isinstance(invoice, IssuedState), "only what was issued is dispatched"
        delivery = found[claim.delivery_id]
        jobs.append(
            Job(
                tenant_id=tenant_id,
                claim=claim,
                queued=delivery[0].event,
                queued_at=delivery[0].at,
                invoice=invoice,
                history=tuple(recorded.event for recorded in delivery[1:]),
            )
        )
    return jobs


async def _ready(services: Services, pool: RendererPool, tenant_id: TenantId, job: Job) -> Ready | str:
    """The page and the files, or why there is none."""
    try:
        page = await page_of(job.issued, job.invoice.document, tenant_id=tenant_id, store=services.store, pool=pool)
        # They are small enough together: drafting saw to that.
        files = [
            Attachment(
                filename=each.name, media_type=each.media_type, content=await services.store.get(tenant_id, each.digest)
            )
            for each in job.issued.attachments or ()
        ]
        return Ready(page, tuple(files))
    except (RenderFailed, DocumentCorrupt, DocumentMissing, StorageUnavailable) as failed:
        log.error("delivery.no_document", invoice_id=str(job.issued.invoice_id), reason=str(failed))
        return f"{type(failed).__name__}: {failed}"
    except Exception as fault:
        # Ours, and about this invoice alone: the others of the batch must go out.
        log.exception("delivery.page_fault", invoice_id=str(job.issued.invoice_id))
        return f"a fault of ours: {type(fault).__name__}"


async def _attempt(services: Services, smtp: SmtpPool, job: Job, ready: Ready | str) -> Dispatch:
    claim, now = job.claim, services.clock.now()
    if job.invoice.cancelled:
        return _outcome(claim, "failed", reply="the invoice was cancelled before it was sent")
    if isinstance(ready, str):
        return _deferred(job, Failure.REFUSED_FOR_NOW, ready, now)
    page = ready.page
    if not job.queued.to_address or job.issued.debtor is None:
        return _outcome(claim, "failed", reply="the debtor's address was erased")
    try:
        mail = _mail(services, job, ready)
        # A second copy is the same message to the last byte: its date is the day it was queued.
        outcome = await send(smtp, compose(mail, date=job.queued_at), mail)
    except (MailRefused, AddressRefused) as refused:
        return _outcome(claim, "failed", reply=str(refused), page=page)
    except Exception as fault:
        # Ours, and perhaps in the middle of sending. The outcomes of the other mails must be recorded all the same.
        log.exception("delivery.fault", delivery_id=str(claim.delivery_id))
        return _unknown(job, f"a fault of ours: {type(fault).__name__}", services.clock.now(), page=page)
    said = _dispatch(job, page, outcome, services.clock.now())
    return replace(said, reply=without_addresses(said.reply))


def _mail(services: Services, job: Job, ready: Ready) -> Mail:
    issued, identity = job.issued, job.issued.issuer.identity
    written = invoice_mail(issued, link=_link(services, job))
    assert issued.debtor is not None
    assert job.queued.to_address is not None
    return Mail(
        message_id=job.queued.message_id,
        from_name=written.from_name,
        from_address=f"invoices@{services.settings.sender_domain}",
        reply_to=identity.email if is_address(identity.email) else None,
        to_address=job.queued.to_address,
        to_name=issued.debtor.name,
        subject=written.subject,
        text=written.text,
        html=written.html,
        language=written.language,
        attachments=(
            Attachment(filename=f"{issued.number}.pdf", media_type="application/pdf", content=ready.page.pdf),
            *ready.files,
        ),
    )


def _link(services: Services, job: Job) -> str:
    """The address that opens the invoice: the same for every attempt of this dispatch."""
    link = InvoiceLink(
        tenant_id=job.tenant_id,
        invoice_id=job.issued.invoice_id,
        generation=job.invoice.link_generation,
        expires_at=expiry(job.issued.due_on, job.queued_at),
    )
    return link_url(services.settings.public_url, token_of(services.keyring, "link", link))


def _dispatch(job: Job, page: Page, outcome: Outcome, now: datetime) -> Dispatch:
    claim = job.claim
    match outcome:
        case Accepted():
            return _outcome(claim, "sent", reply=outcome.server_reply, page=page)
        case Refused(permanent=True):
            return _outcome(claim, "bounced", reply=outcome.reply, code=outcome.code, page=page)
        case Refused():
            reason = f"{outcome.code} {outcome.reply}"
            return _deferred(job, Failure.REFUSED_FOR_NOW, reason, now, page=page)
        case Unreachable():
            return _deferred(job, Failure.UNREACHABLE, outcome.reason, now, page=page)
        case _:
            return _unknown(job, outcome.reason, now, page=page)


def _unknown(job: Job, reason: str, now: datetime, *, page: Page | None = None) -> Dispatch:
    # One further copy only: after a second unknown outcome a person must decide.
    delay = next_delay(Failure.UNKNOWN, job.claim.delivery_id, failures=job.failures(Failure.UNKNOWN))
    return _outcome(job.claim, "unknown", reply=reason, next_at=now + delay if delay else None, page=page)


def _deferred(job: Job, failure: Failure, reason: str, now: datetime, *, page: Page | None = None) -> Dispatch:
    delay = next_delay(failure, job.claim.delivery_id, failures=job.failures(failure))
    if delay is None:
        return _outcome(job.claim, "failed", reply=f"no attempt is left: {reason}", page=page)
    return _outcome(job.claim, "deferred", reply=reason, kind=failure.value, next_at=now + delay, page=page)


def _outcome(
    claim: Claim,
    outcome: DispatchOutcome,
    *,
    reply: str,
    code: int = 0,
    kind: str = "",
    next_at: datetime | None = None,
    page: Page | None = None,
) -> Dispatch:
    return Dispatch(
        delivery_id=claim.delivery_id,
        invoice_id=claim.invoice_id,
        attempt=claim.attempt,
        outcome=outcome,
        reply=reply,
        code=code,
        kind=kind,
        next_at=next_at,
        document_digest=page.digest if page else "",
        document=page.stored if page else None,
    )
