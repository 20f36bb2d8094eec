"""Folds money events into signed entries, their roll-up by due date, the balance and the name of each debtor."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.debtors import DebtorRegistered, DebtorRevised, PersonalDataErased
from backend.events.money import MONEY_EVENTS, OPENING, BalanceChange, effects
from backend.events.parts import InvoiceFacts
from backend.read.projection import Recorded, Target, declared, key_of
from backend.read.receivables.entries import open_steps
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
    handles: frozenset[type] = MONEY_EVENTS | {DebtorRegistered, DebtorRevised, PersonalDataErased}

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        batch = _Batch(target)
        await _load_deltas(connection, batch, _settled_invoices(events))
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
        match recorded.event:
            case DebtorRegistered() | DebtorRevised() | PersonalDataErased() as e:
                self._know(e)
            case e:
                for seq, change in enumerate(effects(e)):
                    self._add(recorded.position, seq, change)

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

    def _add(self, position: int, seq: int, change: BalanceChange) -> None:
        facts = change.invoice
        if facts is not None:
            self.facts[facts.invoice_id] = facts
            self.deltas[facts.invoice_id].append((change.effective_on, change.open_minor))
        self.rows.append(
            (
                *key_of(self.target),
                position,
                seq,
                change.reason,
                facts.invoice_id if facts else None,
                facts.number if facts else "",
                change.booked_as,
                change.debtor_id,
                change.issuer_id,
                change.issuer_org_node_id,
                change.debtor_org_node_id,
                change.currency,
                facts.issued_on if facts else None,
                facts.due_on if facts else None,
                change.on,
                change.effective_on,
                change.account_minor,
                change.open_minor,
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
        place = (day, facts.issuer_org_node_id, facts.debtor_org_node_id)
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


async def _load_deltas(connection: Connection, batch: _Batch, wanted: set[InvoiceId]) -> None:
    if not wanted:
        return
    found = await connection.execute(
        b"SELECT invoice_id, effective_on, open_delta FROM read_receivables_entries"
        b" WHERE tenant_id = %b AND generation = %b AND invoice_id = ANY(%b) ORDER BY position, seq",
        (*key_of(batch.target), list(wanted)),
    )
    for invoice_id, effective_on, open_delta in await found.fetchall():
        batch.deltas[invoice_id].append((effective_on, open_delta))
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
    """Invoices that change here and were opened in an earlier batch."""
    changed: set[InvoiceId] = set()
    opened: set[InvoiceId] = set()
    for change in (change for recorded in events for change in effects(recorded.event)):
        if change.invoice is not None:
            (opened if change.reason in OPENING else changed).add(change.invoice.invoice_id)
    return changed - opened


def _known_debtors(events: Iterable[Recorded]) -> set[DebtorId]:
    """Debtors of whom something must be known that this batch may not say."""
    asking = (DebtorRevised, PersonalDataErased)
    return {recorded.event.debtor_id for recorded in events if isinstance(recorded.event, asking)}
