"""Dispatches of invoices: asking for one, following them, and the switch that stops them all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from backend.api.problems import Fault, Malformed
from backend.api.rest.endpoint import Answer, Call
from backend.api.rest.invoice_bodies import DeliverSent
from backend.api.rest.reading import Body
from backend.api.rest.shapes import Page, PageQuery, Reason, paged
from backend.read.deliveries.queries import Attempt, DeliveryRow, State, deliveries, delivery, delivery_switch
from backend.values.identifiers import DebtorId, DeliveryId, InvoiceId
from backend.write.deliveries.deliver import DeliverInvoice
from backend.write.deliveries.switch import TurnDeliverySwitch
from backend.write.refusal import NotFound


class DeliveriesQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which dispatches. `state` may name several, with commas: `bounced,unknown,failed` is a person's work list."""

    state: Annotated[str, Meta(max_length=100)] = ""
    invoice_id: InvoiceId | None = None
    debtor_id: DebtorId | None = None


class SwitchSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether anything is dispatched, and why that changes."""

    enabled: bool
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryListed:
    """One dispatch. `sent` is acceptance by the mail system; a failed dispatch never says sent."""

    id: DeliveryId
    invoice_id: InvoiceId
    invoice_number: str
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
class AttemptShown:
    """One thing that happened to a dispatch."""

    attempt: int
    state: str
    code: int
    reply: str
    at: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryShown(DeliveryListed):
    """One dispatch with its attempts, the oldest first."""

    attempt_history: tuple[AttemptShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchShown:
    """Whether anything is dispatched."""

    enabled: bool


async def deliver_invoice(call: Call, invoice_id: InvoiceId, body: DeliverSent) -> Answer[DeliveryShown]:
    """E-mail an issued invoice (again).

    Answers 202: the dispatch is queued, and its address is in `Location`. INVOICE_DELIVERED follows when the mail
    system has accepted it.
    """
    receipt = await call.carry_out(
        DeliverInvoice(
            invoice_id=invoice_id, delivery_id=DeliveryId(call.services.write.new_id()), to_address=body.to_address
        )
    )
    delivery_id = DeliveryId(UUID(receipt.answer["delivery_id"]))
    return Answer(
        await show_delivery(call, delivery_id),
        headers={"Location": f"/api/v1/deliveries/{delivery_id}"},
        replayed=receipt.replayed,
    )


async def list_deliveries(call: Call, query: DeliveriesQuery) -> Answer[Page[DeliveryListed]]:
    """Dispatches, the newest first."""
    words = [word.strip() for word in query.state.split(",") if word.strip()]
    try:
        states = msgspec.convert(words, tuple[State, ...])
    except msgspec.ValidationError:
        raise Malformed(Fault(detail="no such state", path=("state",))) from None
    found = await call.ask(
        deliveries, states=states, invoice_id=query.invoice_id, debtor_id=query.debtor_id, page=query.page
    )
    return paged(call, found, lambda row: DeliveryListed(**_fields(row)))


async def show_delivery(call: Call, delivery_id: DeliveryId) -> DeliveryShown:
    """One dispatch, with everything that happened to it."""
    found = await call.ask(delivery, delivery_id=delivery_id)
    if found is None:
        raise NotFound("there is no such delivery")
    return DeliveryShown(**_fields(found.row), attempt_history=tuple(_attempt(attempt) for attempt in found.attempts))


async def show_delivery_switch(call: Call) -> SwitchShown:
    """Whether anything of the federation is dispatched."""
    return SwitchShown(enabled=await call.ask(delivery_switch))


async def turn_delivery_switch(call: Call, body: SwitchSent) -> SwitchShown:
    """Stop all dispatching of the federation, or let it go on. Nothing is lost while it is off."""
    await call.carry_out(TurnDeliverySwitch(enabled=body.enabled, reason=body.reason))
    return SwitchShown(enabled=body.enabled)


def _fields(row: DeliveryRow) -> dict[str, Any]:
    return {
        "id": row.delivery_id,
        "invoice_id": row.invoice_id,
        "invoice_number": row.number,
        "debtor_id": row.debtor_id,
        "channel": row.channel,
        "language": row.language,
        "to_address": row.to_address,
        "message_id": row.message_id,
        "state": row.state,
        "attempts": row.attempts,
        "code": row.code,
        "reply": row.reply,
        "confirmation": row.confirmation,
        "document": row.document,
        "queued_at": row.queued_at,
        "sent_at": row.sent_at,
        "changed_at": row.changed_at,
        "next_at": row.next_at,
    }


def _attempt(attempt: Attempt) -> AttemptShown:
    return AttemptShown(
        attempt=attempt.attempt,
        state=attempt.state,
        code=attempt.code,
        reply=attempt.reply,
        at=attempt.at,
        next_at=attempt.next_at,
    )
