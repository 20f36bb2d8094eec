"""Keeps the invoice tables: loads the rows a batch touches, folds it (`fold.py`), writes what changed as sets."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Table

from backend.events.debtors import DebtorRegistered, DebtorRevised, PersonalDataErased
from backend.events.documents import DocumentStored
from backend.events.invoices import (
    DraftDiscarded,
    DraftRevised,
    HistoricalInvoiceImported,
    InvoiceCancelled,
    InvoiceDrafted,
    InvoiceIssued,
)
from backend.events.issuers import IssuerIdentityChanged, IssuerRegistered
from backend.events.links import InvoiceViewed
from backend.events.money import MONEY_EVENTS, effects
from backend.read.invoices.fold import CANCELLED, DELIVERY_STATES, Fold, Party, Row
from backend.read.invoices.tables import TABLES, documents, history, invoices, parties, words
from backend.read.projection import Recorded, Target, declared, key_of
from backend.runtime.bulk import delete_rows, insert_rows, update_rows
from backend.runtime.database import Connection

NAME: Final = "invoices"

_KEY: Final = ("tenant_id", "generation")
_ROW: Final = tuple(field.name for field in fields(Row))
_PARTY: Final = tuple(field.name for field in fields(Party))
# `dataclasses.astuple` copies deeply, and costs more than the insert.
_row_values: Final = attrgetter(*_ROW)
_party_values: Final = attrgetter(*_PARTY)
_HISTORY: Final = ("invoice_id", "position", "axis", "from_status", "to_status", "changed_by", "reason", "at")

# The kinds of document, and the event each is the text of.
KINDS: Final[dict[str, type]] = {
    "draft": InvoiceDrafted,
    "revised": DraftRevised,
    "issued": InvoiceIssued,
    "historical": HistoricalInvoiceImported,
}
_KIND_OF: Final = {cls: kind for kind, cls in KINDS.items()}
# What erasure leaves out of each: exactly the personal fields, as if the event had been decoded without its key.
_BLANK: Final[dict[str, dict[str, None]]] = {
    "draft": dict.fromkeys(("attachments", "descriptions", "notes")),
    "revised": dict.fromkeys(("attachments", "descriptions", "notes")),
    "issued": dict.fromkeys(("attachments", "debtor", "descriptions", "notes", "override_reason")),
    "historical": {"debtor_name": None},
}
_encoder: Final = msgspec.json.Encoder(order="sorted", decimal_format="string")


@dataclass(frozen=True, slots=True)
class _Invoices:
    name: str = NAME
    tables: tuple[Table, ...] = TABLES
    handles: frozenset[type] = frozenset(
        {
            InvoiceDrafted,
            DraftRevised,
            DraftDiscarded,
            InvoiceCancelled,
            DocumentStored,
            PersonalDataErased,
            DebtorRegistered,
            DebtorRevised,
            IssuerRegistered,
            IssuerIdentityChanged,
            InvoiceViewed,
            *DELIVERY_STATES,
            *MONEY_EVENTS,
        }
    )

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        fold = Fold(await _rows(connection, target, events), await _parties(connection, target, events))
        for recorded in events:
            fold.see(recorded)
        await _write_rows(connection, target, fold)
        await _write_documents(connection, target, fold)
        await _write_words(connection, target, fold)
        await _write_parties(connection, target, fold)


INVOICES: Final = declared(_Invoices())


def decode_document(kind: str, text: str) -> Any:
    """The event a stored document is the text of."""
    return msgspec.json.decode(text, type=KINDS[kind])


async def _rows(connection: Connection, target: Target, events: Sequence[Recorded]) -> dict[UUID, Row]:
    """The rows that exist already and may change: of the invoices named, and of debtors who changed or were erased."""
    wanted, debtors, made = set[UUID](), set[UUID](), set[UUID]()
    for recorded in events:
        match recorded.event:
            case DebtorRevised(debtor_id=debtor_id) | PersonalDataErased(debtor_id=debtor_id):
                debtors.add(debtor_id)
            case DebtorRegistered() | IssuerRegistered() | IssuerIdentityChanged():
                pass
            case InvoiceDrafted(invoice_id=invoice_id) | HistoricalInvoiceImported(invoice_id=invoice_id):
                made.add(invoice_id)
            # An invoice of a run begins with its issue: nothing of it can exist before.
            case InvoiceIssued(invoice_id=invoice_id, run_id=run_id) if run_id is not None:
                made.add(invoice_id)
            case other if type(other) in DELIVERY_STATES or isinstance(other, DocumentStored):
                wanted.add(other.document.id)
            case other if type(other) in MONEY_EVENTS:
                wanted.update(change.invoice.invoice_id for change in effects(other) if change.invoice)
            case other:
                wanted.add(other.invoice_id)
    if not wanted - made and not debtors:
        return {}
    found = await connection.execute(
        f"SELECT {', '.join(_ROW)} FROM read_invoices WHERE tenant_id = %b AND generation = %b"
        " AND (invoice_id = ANY(%b) OR debtor_id = ANY(%b))".encode(),
        (*key_of(target), list(wanted - made), list(debtors)),
    )
    return {row[0]: Row(**dict(zip(_ROW, row, strict=True))) for row in await found.fetchall()}


async def _parties(connection: Connection, target: Target, events: Sequence[Recorded]) -> dict[UUID, Party]:
    wanted = set[UUID]()
    for recorded in events:
        match recorded.event:
            case InvoiceDrafted() | HistoricalInvoiceImported() as e:
                wanted.update((e.issuer_id, e.debtor_id))
            case DebtorRevised() | PersonalDataErased() as e:
                wanted.add(e.debtor_id)
            case DraftRevised() as e:
                wanted.add(e.debtor_id)
            case IssuerIdentityChanged() as e:
                wanted.add(e.issuer_id)
    if not wanted:
        return {}
    found = await connection.execute(
        f"SELECT party_id, {', '.join(_PARTY)} FROM read_invoice_parties"
        " WHERE tenant_id = %b AND generation = %b AND party_id = ANY(%b)".encode(),
        (*key_of(target), list(wanted)),
    )
    return {row[0]: Party(*row[1:]) for row in await found.fetchall()}


async def _write_rows(connection: Connection, target: Target, fold: Fold) -> None:
    key, gone = key_of(target), [(*key_of(target), invoice_id) for invoice_id in fold.gone]
    fresh = [(*key, *_row_values(fold.rows[invoice_id])) for invoice_id in fold.fresh]
    await insert_rows(connection, invoices, (*_KEY, *_ROW), fresh)
    await update_rows(
        connection,
        invoices,
        (*_KEY, "invoice_id"),
        {column: f"v.{column}" for column in _ROW if column not in ("invoice_id", "position")},
        (*_KEY, *_ROW),
        [(*key, *_row_values(fold.rows[invoice_id])) for invoice_id in fold.changed - fold.gone],
    )
    await update_rows(
        connection,
        history,
        (*_KEY, "invoice_id", "axis", "to_status"),
        {"reason": "''"},
        (*_KEY, "invoice_id", "axis", "to_status"),
        [(*key, invoice_id, *CANCELLED) for invoice_id in _forgotten(fold)],
    )
    noted = [(*key, *row) for row in fold.history if row[0] not in fold.gone]
    await insert_rows(connection, history, (*_KEY, *_HISTORY), noted)
    for table in (invoices, history, documents):
        await delete_rows(connection, table, (*_KEY, "invoice_id"), gone)


async def _write_documents(connection: Connection, target: Target, fold: Fold) -> None:
    key = key_of(target)
    blanked = _forgotten(fold)
    rows = []
    for invoice_id, event in fold.documents.items():
        kind = _KIND_OF[type(event)]
        event = replace(event, **_BLANK[kind]) if invoice_id in blanked else event
        rows.append((*key, invoice_id, kind, _encoder.encode(event).decode()))
    rows += await _blanked_documents(connection, target, blanked - fold.documents.keys())
    await insert_rows(
        connection,
        documents,
        (*_KEY, "invoice_id", "kind", "document"),
        rows,
        conflict="ON CONFLICT (tenant_id, generation, invoice_id)"
        " DO UPDATE SET kind = excluded.kind, document = excluded.document",
    )


def _forgotten(fold: Fold) -> set[UUID]:
    """The invoices of the debtors this batch erased."""
    return {row.invoice_id for debtor_id in fold.erased for row in fold.of_debtor.get(debtor_id, ())} - fold.gone


async def _blanked_documents(connection: Connection, target: Target, invoice_ids: set[UUID]) -> list[tuple[Any, ...]]:
    if not invoice_ids:
        return []
    found = await connection.execute(
        b"SELECT invoice_id, kind, document FROM read_invoice_documents"
        b" WHERE tenant_id = %b AND generation = %b AND invoice_id = ANY(%b)",
        (*key_of(target), list(invoice_ids)),
    )
    result = []
    for invoice_id, kind, document in await found.fetchall():
        event = replace(decode_document(kind, document), **_BLANK[kind])
        result.append((*key_of(target), invoice_id, kind, _encoder.encode(event).decode()))
    return result


async def _write_words(connection: Connection, target: Target, fold: Fold) -> None:
    """Write the search words: numbers and references lead to the invoice, names and member numbers to the debtor."""
    key = key_of(target)
    await delete_rows(
        connection, words, (*_KEY, "subject_id", "personal"), [(*key, subject, True) for subject in fold.erased]
    )
    rows = [(*key, word, subject, False) for word, subject in fold.words]
    rows += [(*key, word, subject, True) for word, subject in fold.names]
    await insert_rows(
        connection, words, (*_KEY, "word", "subject_id", "personal"), rows, conflict="ON CONFLICT DO NOTHING"
    )


async def _write_parties(connection: Connection, target: Target, fold: Fold) -> None:
    await insert_rows(
        connection,
        parties,
        (*_KEY, "party_id", *_PARTY),
        [(*key_of(target), party_id, *_party_values(fold.parties[party_id])) for party_id in fold.named],
        conflict="ON CONFLICT (tenant_id, generation, party_id) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in _PARTY),
    )
