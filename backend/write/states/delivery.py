"""A delivery, and the invoice it carries, as decisions see them.

The invoice is folded here once more, because deliveries stand below invoices and need little of it.
"""

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
from backend.events.invoices import (
    HistoricalInvoiceImported,
    InvoiceCancelled,
    InvoiceDocumentStored,
    InvoiceDrafted,
    InvoiceIssued,
)
from backend.values.identifiers import DeliveryId, InvoiceId, IssuerId, StreamId, TenantId, tenant_stream
from backend.write.states.aggregate import Aggregate

State = Literal["queued", "sent", "delivered", "bounced", "failed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One dispatch of one invoice. `attempt` is the last one reported; `unknowns` of them ended without certainty.

    `open` tells whether another attempt is due: an unknown outcome may be either.
    """

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    state: State = "queued"
    attempt: int = 0
    unknowns: int = 0
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An invoice as far as dispatching goes. `issued` is `None` for a draft and for one of the time before."""

    issuer_id: IssuerId
    issued: InvoiceIssued | None = None
    cancelled: bool = False
    document: str = ""


def evolve(delivery: Delivery | None, event: Any) -> Delivery | None:
    """One fold over the delivery's stream."""
    if isinstance(event, DeliveryQueued):
        return Delivery(delivery_id=event.delivery_id, invoice_id=event.invoice_id)
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


def evolve_page(page: Page | None, event: Any) -> Page | None:
    """One fold over the invoice's stream."""
    match event:
        case InvoiceDrafted() | HistoricalInvoiceImported():
            return Page(issuer_id=event.issuer_id)
        case InvoiceIssued():
            return Page(issuer_id=event.issuer.issuer_id, issued=event)
        case InvoiceCancelled():
            return replace(page, cancelled=True) if page else None
        case InvoiceDocumentStored():
            return replace(page, document=event.digest) if page else None
        case _:
            return page


def evolve_switch(enabled: bool | None, event: Any) -> bool | None:
    """One fold over the tenant's switch: on, until somebody turns it off."""
    return event.enabled if isinstance(event, DeliverySwitchTurned) else enabled


DELIVERY: Final = Aggregate[Delivery]("delivery", evolve)

# The name is what a refusal prints and what the cache keeps states apart by.
PAGE: Final = Aggregate[Page]("issued invoice", evolve_page)

SWITCH: Final = Aggregate[bool]("delivery switch", evolve_switch)


def switch_stream(tenant_id: TenantId) -> StreamId:
    return tenant_stream(tenant_id, "delivery-switch")


def _moved(delivery: Delivery, state: State, attempt: int, *, open: bool = False) -> Delivery:
    return replace(delivery, state=state, attempt=max(delivery.attempt, attempt), open=open)
