"""What our workers report of deliveries: rules written for reports that come late, twice or in the wrong order.

The promise (reliability.md 1.4): one Message-ID for ever, never zero mails, and one further copy at most, only when
the outcome of an earlier attempt was unknown.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypedDict, TypeVar, assert_never
from uuid import UUID

from backend.events.deliveries import (
    DeliveryBounced,
    DeliveryConfirmed,
    DeliveryDeferred,
    DeliveryFailed,
    DeliverySent,
    DeliveryUnknown,
)
from backend.events.documents import DocumentStored
from backend.tenants.capabilities import Capability
from backend.values.documents import DocumentRef
from backend.values.identifiers import DeliveryId, InvoiceId, OrgNodeId
from backend.values.why import Why
from backend.write.command import command
from backend.write.refusal import InvalidValue
from backend.write.states.aggregate import Aggregate
from backend.write.states.delivery import DELIVERY, Delivery
from backend.write.states.invoice import INVOICE, Invoice, IssuedState
from backend.write.unit_of_work import UnitOfWork

DispatchOutcome = Literal["sent", "deferred", "unknown", "bounced", "failed", "delivered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """The page of an invoice was rendered and stored. All digests are SHA-256 in hexadecimal."""

    digest: str
    size: int
    media_type: str
    language: str
    template: str
    template_digest: str
    fonts_digest: str
    renderer: str
    fallback: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """What became of one attempt.

    `sent`: the mail system took it. `deferred`: certainly not delivered, the next attempt is due at `next_at`.
    `unknown`: it may be there; `next_at` is when the one further copy may go. `bounced`: the address is refused for
    good, by `code`. `failed`: a person must act. `delivered`: the provider says that it reached the mailbox.
    `reply` is what the server said, or the reason; `kind` tells why it was deferred; `document` holds the facts of a
    page that was rendered for it.
    """

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    attempt: int
    outcome: DispatchOutcome
    reply: str
    code: int = 0
    kind: str = ""
    next_at: datetime | None = None
    confirmation: str = "none"
    document_digest: str = ""
    document: StoredDocument | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDispatches:
    """What a worker found out, many at a time. What is late, repeated or already known changes nothing."""

    dispatches: tuple[Dispatch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDocument:
    """The page of an invoice was rendered without being dispatched, because somebody asked for it."""

    invoice_id: InvoiceId
    document: StoredDocument


MAX_DISPATCHES: Final = 100
MAX_REPLY: Final = 500

DeliveryEvent = DeliverySent | DeliveryConfirmed | DeliveryBounced | DeliveryDeferred | DeliveryUnknown | DeliveryFailed


class _About(TypedDict):
    delivery_id: DeliveryId
    document: DocumentRef
    issuer_org_node_id: OrgNodeId | None
    debtor_org_node_id: OrgNodeId | None


def within_limits(command: RecordDispatches) -> None:
    """Refuse more reports than one command may bring."""
    if len(command.dispatches) > MAX_DISPATCHES:
        raise InvalidValue(Why.TOO_MANY, limit=MAX_DISPATCHES, path=("dispatches",))


def outcome_of(delivery: Delivery, said: Dispatch) -> DeliveryEvent | None:
    """What a report means for the delivery; `None` when it tells nothing new."""
    match said.outcome:
        case "sent":
            return _sent(delivery, said)
        case "delivered":
            return _confirmed(delivery, said)
        case "bounced":
            return _bounced(delivery, said)
        case "deferred" | "unknown" | "failed":
            return _unfinished(delivery, said)
        case _:
            assert_never(said.outcome)


def stored(invoice: Invoice, document: StoredDocument | None) -> DocumentStored | None:
    """These bytes are the document from now on; `None` when they are already."""
    if document is None or not isinstance(invoice, IssuedState) or invoice.document == document.digest:
        return None
    return DocumentStored(
        document=invoice.event.ref,
        issuer_org_node_id=invoice.event.issuer_org_node_id,
        debtor_id=invoice.event.debtor_id,
        debtor_org_node_id=invoice.event.debtor_org_node_id,
        digest=document.digest,
        size=document.size,
        media_type=document.media_type,
        language=document.language,
        template=document.template,
        template_digest=document.template_digest,
        fonts_digest=document.fonts_digest,
        renderer=document.renderer,
        fallback=document.fallback,
    )


def _sent(delivery: Delivery, said: Dispatch) -> DeliverySent | None:
    """An acceptance is the truth even when it comes late, after a lease ran out or a person was called."""
    if delivery.state in ("sent", "delivered", "bounced"):
        return None
    return DeliverySent(
        **_about(delivery),
        attempt=said.attempt,
        reply=said.reply[:MAX_REPLY],
        confirmation=said.confirmation,
        digest=said.document_digest,
    )


def _confirmed(delivery: Delivery, said: Dispatch) -> DeliveryConfirmed | None:
    """The provider knows that it arrived, whatever we knew of the attempt."""
    if delivery.state in ("delivered", "bounced"):
        return None
    return DeliveryConfirmed(**_about(delivery))


def _bounced(delivery: Delivery, said: Dispatch) -> DeliveryBounced | None:
    """A bounce may come at once, after the acceptance, or clear up an unknown outcome; but it comes once."""
    repeated = delivery.state == "queued" and said.attempt <= delivery.attempt
    if delivery.state in ("delivered", "bounced", "failed") or repeated:
        return None
    return DeliveryBounced(**_about(delivery), attempt=said.attempt, code=said.code, reply=said.reply[:MAX_REPLY])


def _unfinished(delivery: Delivery, said: Dispatch) -> DeliveryDeferred | DeliveryUnknown | DeliveryFailed | None:
    """Not sent, as far as anybody knows. Only a new attempt of a delivery that is still open says so."""
    if not delivery.open or said.attempt <= delivery.attempt:
        return None
    reason = said.reply[:MAX_REPLY]
    if said.outcome == "deferred" and said.next_at is not None:
        return DeliveryDeferred(
            **_about(delivery), attempt=said.attempt, kind=said.kind, reason=reason, next_at=said.next_at
        )
    # A second copy of unknown fate is the last one; and after the first, nobody can say that nothing arrived.
    if said.outcome == "unknown" or delivery.unknowns:
        return DeliveryUnknown(
            **_about(delivery), attempt=said.attempt, reason=reason, next_at=None if delivery.unknowns else said.next_at
        )
    return DeliveryFailed(**_about(delivery), attempt=said.attempt, reason=reason)


def _about(delivery: Delivery) -> _About:
    """What every event of a delivery says of it."""
    return {
        "delivery_id": delivery.delivery_id,
        "document": delivery.document,
        "issuer_org_node_id": delivery.issuer_org_node_id,
        "debtor_org_node_id": delivery.debtor_org_node_id,
    }


S = TypeVar("S")
R = TypeVar("R")


@command(Capability.SYSTEM)
async def record_dispatches(command: RecordDispatches, work: UnitOfWork) -> None:
    """Load the deliveries and invoices of the reports, and record what is news."""
    work.authorise(None)
    within_limits(command)
    said = command.dispatches
    rendered = [each for each in said if each.document is not None]
    invoices = await work.load_many(INVOICE, {each.invoice_id for each in rendered})
    deliveries = await work.load_many(DELIVERY, {each.delivery_id for each in said})
    _record_each(
        work,
        INVOICE,
        invoices,
        ((each.invoice_id, each) for each in rendered),
        lambda invoice, each: stored(invoice, each.document),
    )
    recorded = _record_each(work, DELIVERY, deliveries, ((each.delivery_id, each) for each in said), outcome_of)
    work.answer = {"recorded": recorded}


@command(Capability.SYSTEM)
async def record_document(command: RecordDocument, work: UnitOfWork) -> None:
    """Load the invoice, and record the digest of its rendered page."""
    work.authorise(None)
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    work.record(command.invoice_id, stored(invoice, command.document))
    work.answer = {"invoice_id": str(command.invoice_id)}


def _record_each(
    work: UnitOfWork,
    aggregate: Aggregate[S],
    loaded: Mapping[UUID, S | None],
    reports: Iterable[tuple[UUID, R]],
    decide: Callable[[S, R], Any],
) -> int:
    """Record what each report means for its stream, which the reports before it in this batch may have moved on.

    Reports about something we do not know are passed over: a worker must never be stopped by one of them.
    """
    states, recorded = dict(loaded), 0
    for stream, report in reports:
        state = states[stream]
        event = None if state is None else decide(state, report)
        if event is not None:
            work.record(stream, event)
            states[stream] = aggregate.evolve(state, event)
            recorded += 1
    return recorded
