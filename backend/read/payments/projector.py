"""Keeps payments and their allocations. What was written about a person goes when the person is erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.debtors import PersonalDataErased
from backend.events.payments import PaymentRegistered
from backend.read.payments.tables import allocations, payments
from backend.read.projection import Recorded, Target, declared, key_of
from backend.runtime.bulk import insert_rows, update_rows
from backend.runtime.database import Connection

NAME: Final = "payments"

_KEY: Final = ("tenant_id", "generation")
_PAYMENT: Final = (
    "payment_id",
    "position",
    "debtor_id",
    "issuer_org_node_id",
    "debtor_org_node_id",
    "method",
    "received_on",
    "currency",
    "amount_minor",
    "unallocated_minor",
    "reference",
    "notes",
    "registered_at",
    "registered_by",
)
_ALLOCATION: Final = (
    "payment_id",
    "seq",
    "invoice_id",
    "number",
    "amount_minor",
    "issuer_org_node_id",
    "debtor_org_node_id",
)


@dataclass(frozen=True, slots=True)
class _Payments:
    name: str = NAME
    tables: tuple[Table, ...] = (payments, allocations)
    handles: frozenset[type] = frozenset({PaymentRegistered, PersonalDataErased})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        key, made, parts = key_of(target), dict[UUID, dict[str, Any]](), list[tuple[Any, ...]]()
        erased = set[UUID]()
        for recorded in events:
            match recorded.event:
                case PaymentRegistered() as e:
                    made[e.payment_id] = _row(e, recorded)
                    parts += _parts(e)
                case PersonalDataErased(debtor_id=debtor_id):
                    erased.add(debtor_id)
                    for row in made.values():
                        if row["debtor_id"] == debtor_id:
                            row["reference"] = row["notes"] = ""
        # First what stands already: the rows of this batch are blank where they must be.
        await update_rows(
            connection,
            payments,
            (*_KEY, "debtor_id"),
            {"reference": "''", "notes": "''"},
            (*_KEY, "debtor_id"),
            [(*key, debtor_id) for debtor_id in erased],
        )
        await insert_rows(
            connection,
            payments,
            (*_KEY, *_PAYMENT),
            [(*key, *(row[column] for column in _PAYMENT)) for row in made.values()],
        )
        await insert_rows(connection, allocations, (*_KEY, *_ALLOCATION), [(*key, *part) for part in parts])


PAYMENTS: Final = declared(_Payments())


def _row(e: PaymentRegistered, recorded: Recorded) -> dict[str, Any]:
    return {
        "payment_id": e.payment_id,
        "position": recorded.position,
        "debtor_id": e.debtor_id,
        "issuer_org_node_id": e.issuer_org_node_id,
        "debtor_org_node_id": e.debtor_org_node_id,
        "method": e.method,
        "received_on": e.received_on,
        "currency": e.currency,
        "amount_minor": e.amount_minor,
        "unallocated_minor": e.unallocated_minor,
        "reference": e.reference or "",
        "notes": e.notes or "",
        "registered_at": recorded.at,
        "registered_by": recorded.actor,
    }


def _parts(e: PaymentRegistered) -> list[tuple[Any, ...]]:
    found = []
    for seq, part in enumerate(e.allocations):
        of, minor = part.invoice, part.amount_minor
        place = (of.issuer_org_node_id, of.debtor_org_node_id)
        found.append((e.payment_id, seq, of.invoice_id, of.number, minor, *place))
    return found
