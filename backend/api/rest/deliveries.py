"""Dispatches of invoices: asking for one, following them, and the switch that stops them all."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from backend.api.deliveries import Delivery, DeliveryDetail
from backend.api.problems import Fault, Malformed
from backend.api.rest.endpoint import Answer, Call, needs
from backend.api.rest.invoice_bodies import DeliverSent
from backend.api.rest.reading import Body
from backend.api.rest.shapes import Page, PageQuery, Reason, paged
from backend.api.shown import Shown
from backend.read.deliveries.queries import State, deliveries, delivery, delivery_switch
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
class SwitchShown:
    """Whether anything is dispatched."""

    enabled: bool


@needs(DeliverInvoice)
async def deliver_invoice(call: Call, invoice_id: InvoiceId, body: DeliverSent) -> Answer[Shown[DeliveryDetail]]:
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


@needs(deliveries)
async def list_deliveries(call: Call, query: DeliveriesQuery) -> Answer[Page[Shown[Delivery]]]:
    """Dispatches, the newest first."""
    words = [word.strip() for word in query.state.split(",") if word.strip()]
    try:
        states = msgspec.convert(words, tuple[State, ...])
    except msgspec.ValidationError:
        raise Malformed(Fault(detail="no such state", path=("state",))) from None
    found = await call.ask(
        deliveries, states=states, invoice_id=query.invoice_id, debtor_id=query.debtor_id, page=query.page
    )
    return paged(call, found, Delivery.shown)


@needs(delivery)
async def show_delivery(call: Call, delivery_id: DeliveryId) -> Shown[DeliveryDetail]:
    """One dispatch, with everything that happened to it."""
    found = await call.ask(delivery, delivery_id=delivery_id)
    if found is None:
        raise NotFound("there is no such delivery")
    return DeliveryDetail.shown(found)


@needs(delivery_switch)
async def show_delivery_switch(call: Call) -> SwitchShown:
    """Whether anything of the federation is dispatched."""
    return SwitchShown(enabled=await call.ask(delivery_switch))


@needs(TurnDeliverySwitch)
async def turn_delivery_switch(call: Call, body: SwitchSent) -> SwitchShown:
    """Stop all dispatching of the federation, or let it go on. Nothing is lost while it is off."""
    await call.carry_out(TurnDeliverySwitch(enabled=body.enabled, reason=body.reason))
    return SwitchShown(enabled=body.enabled)
