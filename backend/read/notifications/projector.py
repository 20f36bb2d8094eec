"""Folds events into the feed. A payload holds ids and amounts, never a person's data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Table

from backend.events.credit_notes import CreditNoteIssued
from backend.events.deliveries import DeliveryBounced, DeliveryConfirmed, DeliverySent
from backend.events.invoices import InvoiceCancelled, InvoiceIssued
from backend.events.money import BalanceChange, effects
from backend.events.parts import InvoiceFacts
from backend.events.payments import PaymentRegistered
from backend.events.renewals import RunCompleted
from backend.read.notifications.tables import notifications
from backend.read.projection import Recorded, Target, declared, key_of
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.runtime.tables import column_names


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """The invoice a notification is about, and the org nodes of both sides: who of the tenant may read it."""

    invoice_id: UUID | None = None
    issuer_node: UUID | None = None
    debtor_node: UUID | None = None


NO_INVOICE: Final = _About()

Said = tuple[str, _About, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Notifications:
    name: str = "notifications"
    tables: tuple[Table, ...] = (notifications,)
    handles: frozenset[type] = frozenset(
        {
            InvoiceIssued,
            PaymentRegistered,
            CreditNoteIssued,
            InvoiceCancelled,
            DeliverySent,
            DeliveryConfirmed,
            DeliveryBounced,
            RunCompleted,
        }
    )

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        rows: list[tuple[Any, ...]] = []
        for recorded in events:
            for part, (name, about, payload) in enumerate(said(recorded.event)):
                rows.append(
                    (
                        *key_of(target),
                        recorded.position,
                        part,
                        name,
                        recorded.at,
                        about.invoice_id,
                        about.issuer_node,
                        about.debtor_node,
                        msgspec.json.encode(payload, order="sorted").decode(),
                    )
                )
        await insert_rows(connection, notifications, column_names(notifications), rows)


NOTIFICATIONS: Final = declared(_Notifications())


def said(event: Any) -> Iterator[Said]:
    """What one event is published as. Pure."""
    match event:
        case InvoiceIssued():
            yield (
                "invoice.issued",
                _of(event.facts),
                {
                    "invoice_id": event.invoice_id,
                    "number": event.number,
                    "move_type": "out_invoice",
                    "partner_id": event.debtor_id,
                    "amount_total_minor": event.total_minor,
                    "currency": event.currency,
                },
            )
        case PaymentRegistered():
            for change in effects(event):
                if change.invoice is not None:
                    yield from _paid(event, change, change.invoice)
        case CreditNoteIssued():
            yield (
                "credit_note.created",
                _of(event.invoice),
                {
                    "credit_note_id": event.credit_note_id,
                    "original_invoice_id": event.invoice.invoice_id,
                    "amount_minor": event.total_minor,
                    "currency": event.currency,
                },
            )
        case InvoiceCancelled(invoice_id=invoice_id):
            about = _About(
                invoice_id=invoice_id, issuer_node=event.issuer_org_node_id, debtor_node=event.debtor_org_node_id
            )
            yield "invoice.cancelled", about, {"invoice_id": invoice_id}
        case RunCompleted():
            yield (
                "run.completed",
                NO_INVOICE,
                {
                    "run_id": event.run_id,
                    "issued": event.issued,
                    "refused": event.refused,
                    "amount_minor": event.total_minor,
                },
            )
        case DeliverySent() | DeliveryConfirmed() | DeliveryBounced() if event.document.kind == "invoice":
            yield from _delivered(event)


def _paid(event: PaymentRegistered, change: BalanceChange, invoice: InvoiceFacts) -> Iterator[Said]:
    """An invoice that the payment settles, and that it is paid where nothing is left."""
    yield (
        "payment.registered",
        _of(invoice),
        {
            "payment_id": event.payment_id,
            "invoice_id": invoice.invoice_id,
            "amount_minor": -change.open_minor,
            "currency": event.currency,
            "payment_method": event.method,
        },
    )
    if change.remaining_minor == 0:
        yield (
            "invoice.paid",
            _of(invoice),
            {
                "invoice_id": invoice.invoice_id,
                "partner_id": invoice.debtor_id,
                "amount_total_minor": invoice.total_minor,
                "currency": invoice.currency,
            },
        )


def _delivered(event: DeliverySent | DeliveryConfirmed | DeliveryBounced) -> Iterator[Said]:
    invoice_id = event.document.id
    about = _About(invoice_id=invoice_id, issuer_node=event.issuer_org_node_id, debtor_node=event.debtor_org_node_id)
    what = {"invoice_id": invoice_id, "delivery_id": event.delivery_id}
    match event:
        case DeliveryBounced():
            yield "invoice.bounced", about, what | {"code": event.code}
        case DeliveryConfirmed():
            yield "invoice.delivered", about, what | {"confirmation": "provider"}
        # Where a channel confirms later, acceptance alone is not yet delivery (X22).
        case DeliverySent(confirmation="none"):
            yield "invoice.delivered", about, what | {"confirmation": event.confirmation}


def _of(invoice: InvoiceFacts) -> _About:
    return _About(
        invoice_id=invoice.invoice_id, issuer_node=invoice.issuer_org_node_id, debtor_node=invoice.debtor_org_node_id
    )
