"""Folds the ledger entries that money events carry into postings and sums, and their tax groups into VAT."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.payments import PaymentRegistered
from backend.read.ledger.tables import balances, postings, vat
from backend.read.projection import Recorded, Target, declared, key_of
from backend.read.rollup import NO_NODE, Cell, add_rows, summed
from backend.rules.totals import TaxGroup
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.values.ledger import Posting

_COLUMNS: Final = (
    "tenant_id",
    "generation",
    "position",
    "line",
    "booked_on",
    "account",
    "currency",
    "amount_minor",
    "stream_id",
    "event_type",
    "document",
    "issuer_id",
    "issuer_org_node_id",
)
_VAT_KEYS: Final = ("month", "issuer_id", "issuer_org_node_id", "currency", "category_code", "percent")

# An issuer and its org node.
Owner = tuple[UUID | None, UUID | None]
NOBODY: Final[Owner] = (None, None)


@dataclass(frozen=True, slots=True)
class _Ledger:
    name: str = "ledger"
    tables: tuple[Table, ...] = (postings, balances.table, vat)
    handles: frozenset[type] = frozenset(
        {InvoiceIssued, HistoricalInvoiceImported, PaymentRegistered, CreditNoteIssued}
    )

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        batch = _Batch(await _owners(connection, target, _invoices_named(events)))
        for recorded in events:
            batch.fold(recorded)
        key = key_of(target)
        await insert_rows(connection, postings, _COLUMNS, [(*key, *row) for row in batch.rows])
        await balances.add(connection, target, summed(batch.sums))
        await add_rows(
            connection,
            vat,
            _VAT_KEYS,
            ("base_minor", "tax_minor", "documents"),
            [(*key, *cell, *amounts) for cell, amounts in summed(batch.taxes).items()],
        )


LEDGER: Final = declared(_Ledger())


@dataclass(slots=True)
class _Batch:
    """The rows a batch makes. Lives within one `apply`."""

    owners: dict[UUID, Owner]
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    sums: list[tuple[Cell, tuple[int, ...]]] = field(default_factory=list)
    taxes: list[tuple[Cell, tuple[int, ...]]] = field(default_factory=list)

    def fold(self, recorded: Recorded) -> None:
        match recorded.event:
            case InvoiceIssued() as e:
                issuer: Owner = (e.issuer.issuer_id, e.issuer.issuer_org_node_id)
                self._own(recorded, e.invoice_id, issuer)
                self._post(recorded, e.number, issuer)
                self._tax(issuer, e.issued_on, e.currency, e.tax_groups, sign=1)
            case HistoricalInvoiceImported() as e:
                self._own(recorded, e.invoice_id, (e.issuer_id, None))
                self._post(recorded, e.number, (e.issuer_id, None))
            case CreditNoteIssued() as e:
                owner = self.owners.get(e.invoice_id, (e.issuer_id, None))
                self._post(recorded, e.number, owner)
                self._tax(owner, e.issued_on, e.currency, e.tax_groups, sign=-1)
            case PaymentRegistered() as e:
                paid = {self.owners.get(part.invoice_id, NOBODY) for part in e.allocations}
                self._post(recorded, e.method, paid.pop() if len(paid) == 1 else NOBODY)

    def _own(self, recorded: Recorded, invoice_id: UUID, owner: Owner) -> None:
        # Later batches learn the owner from the postings, so it is known in this one only where there are any.
        if recorded.entry is not None and recorded.entry.postings:
            self.owners[invoice_id] = owner

    def _post(self, recorded: Recorded, document: str, owner: Owner) -> None:
        entry = recorded.entry
        if entry is None:
            return
        for line, posting in enumerate(entry.postings):
            self.rows.append(
                (
                    recorded.position,
                    line,
                    entry.on,
                    posting.account,
                    entry.currency,
                    posting.amount_minor,
                    recorded.stream_id,
                    recorded.type,
                    document,
                    *owner,
                )
            )
            cell = (entry.on, owner[1], None, owner[0] or NO_NODE, entry.currency, posting.account)
            self.sums.append((cell, _debit_and_credit(posting)))

    def _tax(self, owner: Owner, on: date, currency: str, groups: Iterable[TaxGroup], *, sign: int) -> None:
        for group in groups:
            cell = (on.replace(day=1), owner[0], owner[1] or NO_NODE, currency, group.category_code, group.percent)
            self.taxes.append((cell, (sign * group.base_minor, sign * group.tax_minor, 1)))


def _debit_and_credit(posting: Posting) -> tuple[int, int]:
    return max(posting.amount_minor, 0), max(-posting.amount_minor, 0)


def _invoices_named(events: Iterable[Recorded]) -> set[UUID]:
    named: set[UUID] = set()
    for recorded in events:
        match recorded.event:
            case PaymentRegistered() as e:
                named.update(part.invoice_id for part in e.allocations)
            case CreditNoteIssued() as e:
                named.add(e.invoice_id)
    return named


async def _owners(connection: Connection, target: Target, wanted: set[UUID]) -> dict[UUID, Owner]:
    """Whose the invoices are that were issued in earlier batches: their own postings say it."""
    if not wanted:
        return {}
    found = await connection.execute(
        b"SELECT DISTINCT stream_id, issuer_id, issuer_org_node_id FROM read_ledger_postings"
        b" WHERE tenant_id = %b AND generation = %b AND stream_id = ANY(%b)",
        (*key_of(target), list(wanted)),
    )
    return {row[0]: (row[1], row[2]) for row in await found.fetchall()}
