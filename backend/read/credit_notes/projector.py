"""Keeps the credit notes. The reason is about one person: it goes when the person is erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.credit_notes import CreditNoteIssued
from backend.events.debtors import PersonalDataErased
from backend.read.credit_notes.tables import credit_notes
from backend.read.projection import Recorded, Target, declared, key_of
from backend.runtime.bulk import insert_rows, update_rows
from backend.runtime.database import Connection

NAME: Final = "credit_notes"

_KEY: Final = ("tenant_id", "generation")
_COLUMNS: Final = (
    "credit_note_id",
    "position",
    "number",
    "invoice_id",
    "invoice_number",
    "issuer_id",
    "debtor_id",
    "issuer_org_node_id",
    "debtor_org_node_id",
    "issued_on",
    "currency",
    "net_minor",
    "tax_minor",
    "total_minor",
    "applied_minor",
    "reason",
    "issued_at",
    "issued_by",
)


@dataclass(frozen=True, slots=True)
class _CreditNotes:
    name: str = NAME
    tables: tuple[Table, ...] = (credit_notes,)
    handles: frozenset[type] = frozenset({CreditNoteIssued, PersonalDataErased})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        key, made, erased = key_of(target), list[dict[str, Any]](), set[UUID]()
        for recorded in events:
            match recorded.event:
                case CreditNoteIssued() as e:
                    made.append(_row(e, recorded))
                case PersonalDataErased(debtor_id=debtor_id):
                    erased.add(debtor_id)
                    for row in made:
                        if row["debtor_id"] == debtor_id:
                            row["reason"] = ""
        # First what stands already: the rows of this batch are blank where they must be.
        await update_rows(
            connection,
            credit_notes,
            (*_KEY, "debtor_id"),
            {"reason": "''"},
            (*_KEY, "debtor_id"),
            [(*key, debtor_id) for debtor_id in erased],
        )
        await insert_rows(
            connection,
            credit_notes,
            (*_KEY, *_COLUMNS),
            [(*key, *(row[column] for column in _COLUMNS)) for row in made],
        )


CREDIT_NOTES: Final = declared(_CreditNotes())


def _row(e: CreditNoteIssued, recorded: Recorded) -> dict[str, Any]:
    return {
        "credit_note_id": e.credit_note_id,
        "position": recorded.position,
        "number": e.number,
        "invoice_id": e.invoice.invoice_id,
        "invoice_number": e.invoice.number,
        "issuer_id": e.issuer_id,
        "debtor_id": e.debtor_id,
        "issuer_org_node_id": e.invoice.issuer_org_node_id,
        "debtor_org_node_id": e.invoice.debtor_org_node_id,
        "issued_on": e.issued_on,
        "currency": e.currency,
        "net_minor": e.net_minor,
        "tax_minor": e.tax_minor,
        "total_minor": e.total_minor,
        "applied_minor": e.applied_minor,
        "reason": e.reason or "",
        "issued_at": recorded.at,
        "issued_by": recorded.actor,
    }
