"""Folds money events into signed entries, their roll-up by due date, the balance and the name of each debtor."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.credit_notes import CreditNoteIssued
from backend.events.debtors import DebtorRegistered, DebtorRevised, PersonalDataErased
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.payments import PaymentRegistered
from backend.read.projection import Recorded, Target, declared, key_of
from backend.read.receivables.entries import (
    Entry,
    InvoiceFacts,
    credited,
    facts_of_historical,
    facts_of_issued,
    open_steps,
    opened,
    settled,
)
from backend.read.receivables.tables import balances, debtors, entries, open_by_due_date
from backend.read.rollup import Cell, add_rows, summed
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.values.identifiers import DebtorId, InvoiceId

_ENTRY_COLUMNS: Final = (
    "tenant_id",
    "generation",
    "position",
    "seq",
    "kind",
    "invoice_id",
    "invoice_number",
    "document",
    "debtor_id",
    "issuer_id",
    "issuer_org_node_id",
    "debtor_org_node_id",
    "currency",
    "issued_on",
    "due_on",
    "booked_on",
    "effective_on",
    "amount_minor",
    "open_delta",
)
_DEBTOR_COLUMNS: Final = ("tenant_id", "generation", "debtor_id", "reference", "name", "org_node_id")


@dataclass(frozen=True, slots=True)
class _Receivables:
    name: str = "receivables"
    tables: tuple[Table, ...] = (entries, open_by_due_date.table, balances, debtors)
    handles: frozenset[type] = frozenset(
        {
            InvoiceIssued,
            HistoricalInvoiceImported,
            PaymentRegistered,
            CreditNoteIssued,
            DebtorRegistered,
            DebtorRevised,
            PersonalDataErased,
        }
    )

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        batch = _Batch(target)
        await _load_invoices(connection, batch, _settled_invoices(events))
        await _load_debtors(connection, batch, _known_debtors(events))
        for recorded in events:
            batch.fold(recorded)
        await _write(connection, batch)


@dataclass(slots=True)
class _Batch:
    """The rows a batch makes, and what must be known of earlier ones to make them. Lives within one `apply`."""

    target: Target
    facts: dict[InvoiceId, InvoiceFacts] = field(default_factory=dict)
    # Every change of an invoice's open balance, earlier batches included.
    deltas: defaultdict[InvoiceId, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))
    earlier: dict[InvoiceId, int] = field(default_factory=dict)
    debtors: dict[DebtorId, tuple[str, str, UUID | None]] = field(default_factory=dict)
    changed_debtors: set[DebtorId] = field(default_factory=set)
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def fold(self, recorded: Recorded) -> None:
        position = recorded.position
        match recorded.event:
            case InvoiceIssued() as e:
                facts = self.facts[e.invoice_id] = facts_of_issued(e)
                self._add(position, 0, facts, opened("invoice", facts, e.total_minor))
            case HistoricalInvoiceImported() as e:
                facts = self.facts[e.invoice_id] = facts_of_historical(e, self._node_of(e.debtor_id))
                self._add(position, 0, facts, opened("historical_invoice", facts, e.total_minor))
                if paid := e.total_minor - e.open_minor:
                    before = settled(
                        "settled_before", facts, document="", on=e.issued_on, amount_minor=paid, open_minor=paid
                    )
                    self._add(position, 1, facts, before)
            case PaymentRegistered() as e:
                self._pay(position, e)
            case CreditNoteIssued() as e:
                self._add(position, 0, self.facts[e.invoice_id], credited(self.facts[e.invoice_id], e))
            case DebtorRegistered() | DebtorRevised() | PersonalDataErased() as e:
                self._know(e)

    def _pay(self, position: int, e: PaymentRegistered) -> None:
        for seq, part in enumerate(e.allocations):
            facts, minor = self.facts[part.invoice_id], part.amount_minor
            self._add(
                position,
                seq,
                facts,
                settled("payment", facts, document=e.method, on=e.received_on, amount_minor=minor, open_minor=minor),
            )
        if e.unallocated_minor:
            self.rows.append(
                (
                    *key_of(self.target),
                    position,
                    len(e.allocations),
                    "credit",
                    None,
                    "",
                    e.method,
                    e.debtor_id,
                    None,
                    None,
                    self._node_of(e.debtor_id),
                    e.currency,
                    None,
                    None,
                    e.received_on,
                    e.received_on,
                    -e.unallocated_minor,
                    0,
                )
            )

    def _know(self, e: DebtorRegistered | DebtorRevised | PersonalDataErased) -> None:
        reference, name, node = self.debtors.get(e.debtor_id, ("", "", None))
        match e:
            case PersonalDataErased():
                name = ""
            case DebtorRegistered():
                reference, name, node = e.reference, e.particulars.name if e.particulars else "", e.org_node_id
            case DebtorRevised():
                name, node = e.particulars.name if e.particulars else "", e.org_node_id
        self.debtors[e.debtor_id] = (reference, name, node)
        self.changed_debtors.add(e.debtor_id)

    def _node_of(self, debtor_id: DebtorId) -> UUID | None:
        known = self.debtors.get(debtor_id)
        return known[2] if known else None

    def _add(self, position: int, seq: int, facts: InvoiceFacts, entry: Entry) -> None:
        self.deltas[facts.invoice_id].append((entry.effective_on, entry.open_delta))
        self.rows.append(
            (
                *key_of(self.target),
                position,
                seq,
                entry.kind,
                facts.invoice_id,
                facts.number,
                entry.document,
                facts.debtor_id,
                facts.issuer_id,
                facts.issuer_node,
                facts.debtor_node,
                facts.currency,
                facts.issued_on,
                facts.due_on,
                entry.booked_on,
                entry.effective_on,
                entry.amount_minor,
                entry.open_delta,
            )
        )

    def open_changes(self) -> list[tuple[InvoiceFacts, date, int, int]]:
        """By invoice and day: how the open amount and the number of open invoices change through this batch."""
        changes = []
        for invoice_id, deltas in self.deltas.items():
            facts, earlier = self.facts[invoice_id], self.earlier.get(invoice_id, 0)
            minor, count = Counter[date](), Counter(open_steps(deltas))
            count.subtract(open_steps(deltas[:earlier]))
            for day, delta in deltas[earlier:]:
                minor[day] += delta
            changes += [(facts, day, minor[day], count[day]) for day in minor.keys() | count.keys()]
        return changes


RECEIVABLES: Final = declared(_Receivables())


async def _write(connection: Connection, batch: _Batch) -> None:
    tenant, generation = key_of(batch.target)
    cells: list[tuple[Cell, tuple[int, ...]]] = []
    owed: list[tuple[Cell, tuple[int, ...]]] = []
    for facts, day, minor, count in batch.open_changes():
        place = (day, facts.issuer_node, facts.debtor_node)
        cells.append(((*place, facts.issuer_id, facts.currency, facts.due_on), (minor, count)))
        owed.append(((facts.debtor_id, facts.currency), (minor, count)))
    await insert_rows(connection, entries, _ENTRY_COLUMNS, batch.rows)
    await open_by_due_date.add(connection, batch.target, summed(cells))
    await add_rows(
        connection,
        balances,
        ("debtor_id", "currency"),
        ("open_minor", "open_count"),
        [(tenant, generation, *key, *amounts) for key, amounts in summed(owed).items()],
    )
    await insert_rows(
        connection,
        debtors,
        _DEBTOR_COLUMNS,
        [(tenant, generation, debtor_id, *batch.debtors[debtor_id]) for debtor_id in batch.changed_debtors],
        conflict="ON CONFLICT (tenant_id, generation, debtor_id) DO UPDATE SET reference = excluded.reference,"
        " name = excluded.name, org_node_id = excluded.org_node_id",
    )


async def _load_invoices(connection: Connection, batch: _Batch, wanted: set[InvoiceId]) -> None:
    if not wanted:
        return
    found = await connection.execute(
        b"SELECT invoice_id, invoice_number, debtor_id, issuer_id, issuer_org_node_id, debtor_org_node_id, currency,"
        b" issued_on, due_on, effective_on, open_delta FROM read_receivables_entries"
        b" WHERE tenant_id = %b AND generation = %b AND invoice_id = ANY(%b) ORDER BY position, seq",
        (*key_of(batch.target), list(wanted)),
    )
    for row in await found.fetchall():
        invoice_id = row[0]
        if invoice_id not in batch.facts:
            batch.facts[invoice_id] = InvoiceFacts(
                invoice_id=invoice_id,
                number=row[1],
                debtor_id=row[2],
                issuer_id=row[3],
                issuer_node=row[4],
                debtor_node=row[5],
                currency=row[6],
                issued_on=row[7],
                due_on=row[8],
            )
        batch.deltas[invoice_id].append((row[9], row[10]))
        batch.earlier[invoice_id] = batch.earlier.get(invoice_id, 0) + 1


async def _load_debtors(connection: Connection, batch: _Batch, wanted: set[DebtorId]) -> None:
    if not wanted:
        return
    found = await connection.execute(
        b"SELECT debtor_id, reference, name, org_node_id FROM read_receivables_debtors"
        b" WHERE tenant_id = %b AND generation = %b AND debtor_id = ANY(%b)",
        (*key_of(batch.target), list(wanted)),
    )
    for debtor_id, reference, name, node in await found.fetchall():
        batch.debtors[debtor_id] = (reference, name, node)


def _settled_invoices(events: Iterable[Recorded]) -> set[InvoiceId]:
    """Invoices that are paid or credited here and were issued in an earlier batch."""
    named: set[InvoiceId] = set()
    issued: set[InvoiceId] = set()
    for recorded in events:
        match recorded.event:
            case PaymentRegistered() as e:
                named.update(part.invoice_id for part in e.allocations)
            case CreditNoteIssued() as e:
                named.add(e.invoice_id)
            case InvoiceIssued() | HistoricalInvoiceImported() as e:
                issued.add(e.invoice_id)
    return named - issued


def _known_debtors(events: Iterable[Recorded]) -> set[DebtorId]:
    """Debtors of whom something must be known that this batch may not say."""
    asking = (DebtorRevised, PersonalDataErased, HistoricalInvoiceImported, PaymentRegistered)
    return {recorded.event.debtor_id for recorded in events if isinstance(recorded.event, asking)}
