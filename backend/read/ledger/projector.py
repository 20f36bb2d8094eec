"""Folds the ledger entries that events carry into postings and sums, and the taxes named on their postings into VAT."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Table

from backend.events.money import MONEY_EVENTS
from backend.read.ledger.tables import balances, postings, vat
from backend.read.projection import Recorded, Target, declared, key_of
from backend.read.rollup import NO_NODE, Cell, add_rows, summed
from backend.rules.accounts import VAT_ACCOUNTS, named_by
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.values.ledger import Entry, Posting

_COLUMNS: Final = (
    "tenant_id",
    "generation",
    "position",
    "line",
    "booked_on",
    "account",
    "currency",
    "amount_minor",
    "tax_code",
    "debtor_id",
    "stream_id",
    "event_type",
    "document",
    "issuer_id",
    "issuer_org_node_id",
)
_VAT_KEYS: Final = ("month", "issuer_id", "issuer_org_node_id", "currency", "category_code", "percent")


@dataclass(frozen=True, slots=True)
class _Ledger:
    name: str = "ledger"
    tables: tuple[Table, ...] = (postings, balances.table, vat)
    handles: frozenset[type] = MONEY_EVENTS

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        batch = _Batch()
        for recorded in events:
            if recorded.entry is not None:
                batch.post(recorded, recorded.entry)
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

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    sums: list[tuple[Cell, tuple[int, ...]]] = field(default_factory=list)
    taxes: list[tuple[Cell, tuple[int, ...]]] = field(default_factory=list)

    def post(self, recorded: Recorded, entry: Entry) -> None:
        event = recorded.event
        node = event.issuer_org_node_id
        for line, posting in enumerate(entry.postings):
            self.rows.append(
                (
                    recorded.position,
                    line,
                    entry.on,
                    posting.account,
                    entry.currency,
                    posting.amount_minor,
                    posting.tax_code,
                    posting.debtor_id,
                    recorded.stream_id,
                    recorded.type,
                    event.booked_as,
                    entry.issuer_id,
                    node,
                )
            )
            cell = (entry.on, node, None, entry.issuer_id, entry.currency, posting.account)
            self.sums.append((cell, _debit_and_credit(posting)))
        for (category_code, percent), (base, tax) in _taxes(entry.postings).items():
            month = entry.on.replace(day=1)
            key = (month, entry.issuer_id, node or NO_NODE, entry.currency, category_code, percent)
            self.taxes.append((key, (base, tax, 1)))


def _taxes(entry: Iterable[Posting]) -> dict[tuple[str, Decimal], tuple[int, int]]:
    """Base and tax by category and rate, positive for what is charged: credits in the books."""
    sums: dict[tuple[str, Decimal], tuple[int, int]] = {}
    for posting in entry:
        if posting.tax_code:
            _, category_code, percent = named_by(posting.tax_code)
            base, tax = sums.get((category_code, percent), (0, 0))
            if posting.account in VAT_ACCOUNTS:
                tax -= posting.amount_minor
            else:
                base -= posting.amount_minor
            sums[category_code, percent] = base, tax
    return sums


def _debit_and_credit(posting: Posting) -> tuple[int, int]:
    return max(posting.amount_minor, 0), max(-posting.amount_minor, 0)
