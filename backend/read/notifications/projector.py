"""Folds events into the feed. A payload holds ids and amounts, never a person's data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Table

from backend.events.credit_notes import CreditNoteIssued
from backend.events.deliveries import DeliveryBounced, DeliveryConfirmed, DeliverySent
from backend.events.invoices import HistoricalInvoiceImported, InvoiceCancelled, InvoiceIssued
from backend.events.payments import PaymentRegistered
from backend.events.renewals import RunCompleted
from backend.read.notifications.tables import notifications, notified_invoices
from backend.read.projection import Recorded, Target, declared, key_of
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.runtime.tables import column_names


@dataclass(slots=True)
class _Invoice:
    debtor_id: UUID
    issuer_node: UUID | None
    debtor_node: UUID | None
    currency: str
    total_minor: int
    open_minor: int


# `dataclasses.astuple` copies deeply, and costs more than the insert.
_values: Final = attrgetter(*(field.name for field in fields(_Invoice)))

Said = tuple[str, UUID | None, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Notifications:
    name: str = "notifications"
    tables: tuple[Table, ...] = (notifications, notified_invoices)
    handles: frozenset[type] = frozenset(
        {
            InvoiceIssued,
            HistoricalInvoiceImported,
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
        invoices = await _known(connection, target, {i for recorded in events for i in _touched(recorded.event)})
        rows: list[tuple[Any, ...]] = []
        for recorded in events:
            for part, (name, invoice_id, payload) in enumerate(_said(recorded.event, invoices)):
                known = invoices.get(invoice_id) if invoice_id else None
                rows.append(
                    (
                        *key_of(target),
                        recorded.position,
                        part,
                        name,
                        recorded.at,
                        invoice_id,
                        known.issuer_node if known else None,
                        known.debtor_node if known else None,
                        msgspec.json.encode(payload, order="sorted").decode(),
                    )
                )
        await insert_rows(connection, notifications, column_names(notifications), rows)
        await insert_rows(
            connection,
            notified_invoices,
            column_names(notified_invoices),
            [(*key_of(target), invoice_id, *_values(invoice)) for invoice_id, invoice in invoices.items()],
            conflict="ON CONFLICT (tenant_id, generation, invoice_id) DO UPDATE SET open_minor = excluded.open_minor",
        )


def _touched(event: Any) -> tuple[UUID, ...]:
    if isinstance(event, PaymentRegistered):
        return tuple(allocation.invoice_id for allocation in event.allocations)
    return (event.invoice_id,) if hasattr(event, "invoice_id") else ()


async def _known(connection: Connection, target: Target, ids: set[UUID]) -> dict[UUID, _Invoice]:
    found = await connection.execute(
        b"SELECT invoice_id, debtor_id, issuer_org_node_id, debtor_org_node_id, currency, total_minor, open_minor"
        b" FROM read_notified_invoices WHERE tenant_id = %b AND generation = %b AND invoice_id = ANY(%b)",
        (*key_of(target), list(ids)),
    )
    return {row[0]: _Invoice(*row[1:]) for row in await found.fetchall()}


def _said(event: Any, invoices: dict[UUID, _Invoice]) -> Iterator[Said]:
    """What one event is published as; keeps `invoices` up to date on the way."""
    match event:
        case InvoiceIssued():
            invoices[event.invoice_id] = _Invoice(
                debtor_id=event.debtor_id,
                issuer_node=event.issuer.issuer_org_node_id,
                debtor_node=event.debtor_org_node_id,
                currency=event.currency,
                total_minor=event.total_minor,
                open_minor=event.total_minor,
            )
            yield (
                "invoice.issued",
                event.invoice_id,
                {
                    "invoice_id": event.invoice_id,
                    "number": event.number,
                    "move_type": "out_invoice",
                    "partner_id": event.debtor_id,
                    "amount_total_minor": event.total_minor,
                    "currency": event.currency,
                },
            )
        case HistoricalInvoiceImported():
            # It happened long ago: nobody is told, but its payment will be news.
            invoices[event.invoice_id] = _Invoice(
                event.debtor_id, None, None, event.currency, event.total_minor, event.open_minor
            )
        case PaymentRegistered():
            yield from _said_of_payment(event, invoices)
        case CreditNoteIssued():
            yield (
                "credit_note.created",
                event.invoice_id,
                {
                    "credit_note_id": event.credit_note_id,
                    "original_invoice_id": event.invoice_id,
                    "amount_minor": event.total_minor,
                    "currency": event.currency,
                },
            )
            yield from _settled(event.invoice_id, event.applied_minor, invoices, paid=False)
        case InvoiceCancelled():
            yield "invoice.cancelled", event.invoice_id, {"invoice_id": event.invoice_id}
        case _:
            yield from _said_of_work(event)


def _said_of_payment(event: PaymentRegistered, invoices: dict[UUID, _Invoice]) -> Iterator[Said]:
    """Each invoice that the payment settles, and that it is paid where nothing is left."""
    for allocation in event.allocations:
        yield (
            "payment.registered",
            allocation.invoice_id,
            {
                "payment_id": event.payment_id,
                "invoice_id": allocation.invoice_id,
                "amount_minor": allocation.amount_minor,
                "currency": event.currency,
                "payment_method": event.method,
            },
        )
        yield from _settled(allocation.invoice_id, allocation.amount_minor, invoices, paid=True)


def _said_of_work(event: Any) -> Iterator[Said]:
    """Deliveries and runs, which change no balance."""
    match event:
        case DeliverySent() | DeliveryConfirmed():
            confirmation = getattr(event, "confirmation", "provider")
            # Where a channel confirms later, acceptance alone is not yet delivery (X22).
            if isinstance(event, DeliveryConfirmed) or confirmation == "none":
                yield (
                    "invoice.delivered",
                    event.invoice_id,
                    {"invoice_id": event.invoice_id, "delivery_id": event.delivery_id, "confirmation": confirmation},
                )
        case DeliveryBounced():
            yield (
                "invoice.bounced",
                event.invoice_id,
                {"invoice_id": event.invoice_id, "delivery_id": event.delivery_id, "code": event.code},
            )
        case RunCompleted():
            yield (
                "run.completed",
                None,
                {
                    "run_id": event.run_id,
                    "issued": event.issued,
                    "refused": event.refused,
                    "amount_minor": event.total_minor,
                },
            )


def _settled(invoice_id: UUID, minor: int, invoices: dict[UUID, _Invoice], *, paid: bool) -> Iterator[Said]:
    invoice = invoices.get(invoice_id)
    if invoice is None:
        return
    before, invoice.open_minor = invoice.open_minor, invoice.open_minor - minor
    if paid and before > 0 and invoice.open_minor == 0:
        yield (
            "invoice.paid",
            invoice_id,
            {
                "invoice_id": invoice_id,
                "partner_id": invoice.debtor_id,
                "amount_total_minor": invoice.total_minor,
                "currency": invoice.currency,
            },
        )


NOTIFICATIONS: Final = declared(_Notifications())
