"""The two calls every resource is made of: `carry_out` a command, `ask` a query. GraphQL and REST share them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Concatenate, ParamSpec, TypeVar

from backend.api.access_refusals import note_refusal
from backend.read.catch_up import follow
from backend.read.query import QUERIES
from backend.runtime.database import ReadConnection
from backend.runtime.logs import bound
from backend.runtime.telemetry import INVOICES_ISSUED, ISSUANCE_SECONDS, REFUSALS, timed
from backend.services import Services
from backend.tenants.actor import Actor, Forbidden, Reader
from backend.write.execute import Receipt, execute
from backend.write.invoices.issue import IssueInvoice
from backend.write.refusal import Refusal

P = ParamSpec("P")
T = TypeVar("T")

Question = Callable[Concatenate[ReadConnection, Reader, P], Awaitable[T]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOut(Receipt):
    """A receipt, and how far the read models came behind it: with `lag` 0 the caller reads its own write; otherwise so
    many events are still to be folded by the workers, and the caller reads again in a moment."""

    lag: int


async def carry_out(
    services: Services, actor: Actor, command: Any, *, idempotency_key: str | None = None, reason: str = ""
) -> CarriedOut:
    """Execute a command, then fold what it recorded as far as a request may, so that the caller reads its own write.
    Raises `Refusal`."""
    receipt = await record(services, actor, command, idempotency_key=idempotency_key, reason=reason)
    with bound(tenant=actor.tenant_id):
        reached = await follow(
            services.database, services.keyring, actor.tenant_id, receipt.book, until=receipt.position
        )
    return CarriedOut(
        book=receipt.book, position=receipt.position, answer=receipt.answer, replayed=receipt.replayed, lag=reached.lag
    )


async def record(
    services: Services, actor: Actor, command: Any, *, idempotency_key: str | None = None, reason: str = ""
) -> Receipt:
    """Execute a command whose answer comes from no read model (a sign-in): the workers fold it. Raises `Refusal`."""
    with bound(tenant=actor.tenant_id, invoice_id=getattr(command, "invoice_id", None)):
        try:
            return await _measured(services, actor, command, idempotency_key=idempotency_key, reason=reason)
        except Forbidden as forbidden:
            await note_refusal(services, actor, forbidden)
            raise


async def ask(services: Services, actor: Actor, question: Question[P, T], *said: P.args, **named: P.kwargs) -> T:
    """Answer a registered query within what the actor's capability reaches. Raises `Forbidden`.

    One snapshot per question: its statements agree with each other, and it can write nothing.
    """
    registered = QUERIES[question.__name__]
    try:
        reader = actor.reader(registered.capability)
    except Forbidden as forbidden:
        await note_refusal(services, actor, forbidden)
        raise
    with bound(tenant=actor.tenant_id):
        async with services.database.snapshot(actor.tenant_id) as connection:
            return await question(connection, reader, *said, **named)


def today(services: Services, actor: Actor) -> date:
    """The day of a question over several issuers: by the wall clock of the federation that the actor came into."""
    assert actor.time_zone, "who asks came in by a credential"
    return services.clock.today(actor.time_zone)


async def _measured(
    services: Services, actor: Actor, command: Any, *, idempotency_key: str | None, reason: str
) -> Receipt:
    issues = isinstance(command, IssueInvoice)
    try:
        if not issues:
            return await execute(services.write, actor, command, idempotency_key=idempotency_key, reason=reason)
        with timed(ISSUANCE_SECONDS):
            receipt = await execute(services.write, actor, command, idempotency_key=idempotency_key, reason=reason)
        INVOICES_ISSUED.labels("replayed" if receipt.replayed else "issued").inc()
        return receipt
    except Refusal as refusal:
        REFUSALS.labels(refusal.code.value).inc()
        if issues:
            INVOICES_ISSUED.labels("refused").inc()
        raise
    except Forbidden:
        raise
    except Exception:
        if issues:
            INVOICES_ISSUED.labels("failed").inc()
        raise
