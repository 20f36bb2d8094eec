"""Folds money events into flows by day and place, and into the sums of each debtor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.credit_notes import CreditNoteIssued
from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.payments import PaymentRegistered
from backend.read.dashboards.tables import debtors, flows, invoices, nodes
from backend.read.projection import Recorded, Target, declared, key_of
from backend.read.rollup import NO_NODE, Cell, add_rows, summed
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId

_INVOICE_COLUMNS: Final = (
    "tenant_id",
    "generation",
    "invoice_id",
    "debtor_id",
    "issuer_id",
    "issuer_org_node_id",
    "debtor_org_node_id",
    "currency",
    "season",
    "issued_on",
    "due_on",
)
_DEBTOR_KEYS: Final = ("whole", "debtor_id", "currency", "issuer_org_node_id", "debtor_org_node_id")


@dataclass(frozen=True, slots=True)
class _Dashboards:
    name: str = "dashboards"
    tables: tuple[Table, ...] = (invoices, flows.table, debtors, nodes)
    handles: frozenset[type] = frozenset(
        {InvoiceIssued, HistoricalInvoiceImported, PaymentRegistered, CreditNoteIssued, DebtorRegistered, DebtorRevised}
    )

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        batch = _Batch()
        batch.facts = await _facts(connection, target, _settled_invoices(events))
        historical = {r.event.debtor_id for r in events if isinstance(r.event, HistoricalInvoiceImported)}
        batch.nodes = await _nodes(connection, target, historical)
        for recorded in events:
            batch.fold(recorded.event)
        await _write(connection, target, batch)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What later events need to know of an invoice, in the order of its row."""

    invoice_id: InvoiceId
    debtor_id: DebtorId
    issuer_id: IssuerId
    issuer_node: UUID | None
    debtor_node: UUID | None
    currency: str
    season: str
    issued_on: date
    due_on: date


def _amounts(
    *,
    issued_count: int = 0,
    net: int = 0,
    tax: int = 0,
    credited_net: int = 0,
    credited_tax: int = 0,
    collected: int = 0,
    open_minor: int = 0,
) -> tuple[int, ...]:
    """What one event adds to the measures of `tables.flows`, in their order."""
    return issued_count, net, tax, credited_net, credited_tax, collected, open_minor


@dataclass(slots=True)
class _Batch:
    """The rows a batch makes. Lives within one `apply`."""

    facts: dict[InvoiceId, _Facts] = field(default_factory=dict)
    nodes: dict[DebtorId, UUID | None] = field(default_factory=dict)
    issued: list[_Facts] = field(default_factory=list)
    moved: dict[DebtorId, UUID | None] = field(default_factory=dict)
    flows: list[tuple[Cell, tuple[int, ...]]] = field(default_factory=list)
    sums: list[tuple[Cell, tuple[int, ...]]] = field(default_factory=list)

    def fold(self, event: Any) -> None:
        match event:
            case InvoiceIssued() as e:
                self._issue(e)
            case HistoricalInvoiceImported() as e:
                # It was revenue of another time: here it counts only as far as it is still owed.
                facts = self._remember(
                    _Facts(
                        e.invoice_id,
                        e.debtor_id,
                        e.issuer_id,
                        None,
                        self.nodes.get(e.debtor_id),
                        e.currency,
                        "",
                        e.issued_on,
                        e.due_on,
                    )
                )
                self._flow(facts, e.issued_on, _amounts(open_minor=e.open_minor))
                self._sum(facts, open_minor=e.open_minor)
            case PaymentRegistered() as e:
                for part in e.allocations:
                    self._settle(self.facts[part.invoice_id], e.received_on, part.amount_minor)
            case CreditNoteIssued() as e:
                self._credit(self.facts[e.invoice_id], e)
            case DebtorRegistered() | DebtorRevised() as e:
                self.nodes[e.debtor_id] = self.moved[e.debtor_id] = e.org_node_id

    def _issue(self, e: InvoiceIssued) -> None:
        facts = self._remember(
            _Facts(
                e.invoice_id,
                e.debtor_id,
                e.issuer.issuer_id,
                e.issuer.issuer_org_node_id,
                e.debtor_org_node_id,
                e.currency,
                e.season,
                e.issued_on,
                e.due_on,
            )
        )
        flow = _amounts(issued_count=1, net=e.net_minor, tax=e.tax_minor, open_minor=e.total_minor)
        self._flow(facts, e.issued_on, flow)
        self._sum(facts, invoices=1, billed_minor=e.total_minor, open_minor=e.total_minor)

    def _settle(self, facts: _Facts, received_on: date, minor: int) -> None:
        self._flow(facts, received_on, _amounts(collected=minor))
        # Money that came before the invoice settles it on its issue date.
        self._flow(facts, max(received_on, facts.issued_on), _amounts(open_minor=-minor))
        self._sum(facts, open_minor=-minor)

    def _credit(self, facts: _Facts, e: CreditNoteIssued) -> None:
        self._flow(facts, e.issued_on, _amounts(credited_net=e.net_minor, credited_tax=e.tax_minor))
        self._flow(facts, max(e.issued_on, facts.issued_on), _amounts(open_minor=-e.applied_minor))
        # A credit of a historical invoice takes back what this debtor was never billed here.
        billed = -e.total_minor if facts.season else 0
        self._sum(facts, billed_minor=billed, open_minor=-e.applied_minor)

    def _remember(self, facts: _Facts) -> _Facts:
        self.facts[facts.invoice_id] = facts
        self.issued.append(facts)
        return facts

    def _flow(self, facts: _Facts, on: date, flow: tuple[int, ...]) -> None:
        place = (on, facts.issuer_node, facts.debtor_node)
        self.flows.append(((*place, facts.issuer_id, facts.currency, facts.season, facts.due_on), flow))

    def _sum(self, facts: _Facts, *, invoices: int = 0, billed_minor: int = 0, open_minor: int = 0) -> None:
        amounts, who = (invoices, billed_minor, open_minor), (facts.debtor_id, facts.currency)
        self.sums.append(((True, *who, NO_NODE, NO_NODE), amounts))
        self.sums.append(((False, *who, facts.issuer_node or NO_NODE, facts.debtor_node or NO_NODE), amounts))


DASHBOARDS: Final = declared(_Dashboards())


async def _write(connection: Connection, target: Target, batch: _Batch) -> None:
    key = key_of(target)
    await insert_rows(connection, invoices, _INVOICE_COLUMNS, [(*key, *_row(facts)) for facts in batch.issued])
    await flows.add(connection, target, summed(batch.flows))
    await add_rows(
        connection,
        debtors,
        _DEBTOR_KEYS,
        ("invoices", "billed_minor", "open_minor"),
        [(*key, *who, *amounts) for who, amounts in summed(batch.sums).items()],
    )
    await insert_rows(
        connection,
        nodes,
        ("tenant_id", "generation", "debtor_id", "org_node_id"),
        [(*key, debtor_id, node) for debtor_id, node in batch.moved.items()],
        conflict="ON CONFLICT (tenant_id, generation, debtor_id) DO UPDATE SET org_node_id = excluded.org_node_id",
    )


def _row(facts: _Facts) -> tuple[Any, ...]:
    return (
        facts.invoice_id,
        facts.debtor_id,
        facts.issuer_id,
        facts.issuer_node,
        facts.debtor_node,
        facts.currency,
        facts.season,
        facts.issued_on,
        facts.due_on,
    )


async def _facts(connection: Connection, target: Target, wanted: set[InvoiceId]) -> dict[InvoiceId, _Facts]:
    if not wanted:
        return {}
    found = await connection.execute(
        b"SELECT invoice_id, debtor_id, issuer_id, issuer_org_node_id, debtor_org_node_id, currency, season, issued_on,"
        b" due_on FROM read_dashboards_invoices WHERE tenant_id = %b AND generation = %b AND invoice_id = ANY(%b)",
        (*key_of(target), list(wanted)),
    )
    return {row[0]: _Facts(*row) for row in await found.fetchall()}


async def _nodes(connection: Connection, target: Target, wanted: set[DebtorId]) -> dict[DebtorId, UUID | None]:
    if not wanted:
        return {}
    found = await connection.execute(
        b"SELECT debtor_id, org_node_id FROM read_dashboards_nodes"
        b" WHERE tenant_id = %b AND generation = %b AND debtor_id = ANY(%b)",
        (*key_of(target), list(wanted)),
    )
    return dict(await found.fetchall())


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
