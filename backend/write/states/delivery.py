"""A delivery, and the tenant's switch, as decisions see them."""

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

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
from backend.values.documents import DocumentRef
from backend.values.identifiers import DeliveryId, OrgNodeId, StreamId, TenantId, tenant_stream
from backend.write.states.aggregate import Aggregate

State = Literal["queued", "sent", "delivered", "bounced", "failed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One dispatch of one document. `attempt` is the last one reported; `unknowns` of them ended without certainty.

    `open` tells whether another attempt is due: an unknown outcome may be either.
    """

    delivery_id: DeliveryId
    document: DocumentRef
    issuer_org_node_id: OrgNodeId | None
    debtor_org_node_id: OrgNodeId | None
    state: State = "queued"
    attempt: int = 0
    unknowns: int = 0
    open: bool = True


def evolve(delivery: Delivery | None, event: Any) -> Delivery | None:
    """One fold over the delivery's stream."""
    if isinstance(event, DeliveryQueued):
        return Delivery(
            delivery_id=event.delivery_id,
            document=event.document,
            issuer_org_node_id=event.issuer_org_node_id,
            debtor_org_node_id=event.debtor_org_node_id,
        )
    assert delivery is not None, "a delivery is queued before anything else happens to it"
    match event:
        case DeliverySent():
            return _moved(delivery, "sent", event.attempt)
        case DeliveryConfirmed():
            return _moved(delivery, "delivered", delivery.attempt)
        case DeliveryBounced():
            return _moved(delivery, "bounced", event.attempt)
        case DeliveryFailed():
            return _moved(delivery, "failed", event.attempt)
        case DeliveryDeferred():
            return _moved(delivery, "queued", event.attempt, open=True)
        case DeliveryUnknown():
            unknown = _moved(delivery, "unknown", event.attempt, open=event.next_at is not None)
            return replace(unknown, unknowns=delivery.unknowns + 1)
        case _:
            return delivery


def evolve_switch(enabled: bool | None, event: Any) -> bool | None:
    """One fold over the tenant's switch: on, until somebody turns it off."""
    return event.enabled if isinstance(event, DeliverySwitchTurned) else enabled


DELIVERY: Final = Aggregate[Delivery]("delivery", evolve)


SWITCH: Final = Aggregate[bool]("delivery switch", evolve_switch)


def switch_stream(tenant_id: TenantId) -> StreamId:
    """The stream of the tenant's delivery switch."""
    return tenant_stream(tenant_id, "delivery-switch")


def _moved(delivery: Delivery, state: State, attempt: int, *, open: bool = False) -> Delivery:
    return replace(delivery, state=state, attempt=max(delivery.attempt, attempt), open=open)
