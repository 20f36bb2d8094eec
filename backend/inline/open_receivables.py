"""What is owed now, invoice by invoice: read by the debt gate and by every command that settles something."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Index, Table, Text, Uuid

from backend.events.money import MONEY_EVENTS, OPENING, effects
from backend.events.parts import InvoiceFacts
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.rules.gate import Receivable
from backend.runtime.bulk import insert_rows, update_rows
from backend.runtime.database import Connection, ReadConnection
from backend.runtime.tables import read_table
from backend.values.identifiers import DebtorId, InvoiceId, TenantId

open_receivables: Final = read_table(
    "inline_open_receivables",
    Column("invoice_id", Uuid, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("open_minor", BigInteger, nullable=False),
    Column("due_on", Date, nullable=False),
    CheckConstraint("open_minor >= 0", name="inline_open_receivables_never_negative"),
    key=("invoice_id",),
)
Index(
    "inline_open_receivables_debtor",
    open_receivables.c.tenant_id,
    open_receivables.c.generation,
    open_receivables.c.debtor_id,
    postgresql_where=open_receivables.c.open_minor > 0,
)
_COLUMNS: Final = ("tenant_id", "generation", "invoice_id", "debtor_id", "number", "currency", "open_minor", "due_on")


async def open_receivables_of(
    connection: Connection, tenant_id: TenantId, generation: int, debtors: Sequence[DebtorId]
) -> dict[DebtorId, list[Receivable]]:
    """For each of `debtors`, the invoices with an open balance, oldest due first."""
    found = await connection.execute(
        b"SELECT debtor_id, invoice_id, number, currency, open_minor, due_on FROM inline_open_receivables"
        b" WHERE tenant_id = %b AND generation = %b AND debtor_id = ANY(%b) AND open_minor > 0"
        b" ORDER BY due_on, number",
        (tenant_id, generation, list(debtors)),
    )
    result: dict[DebtorId, list[Receivable]] = {debtor: [] for debtor in debtors}
    for debtor, invoice_id, number, currency, open_minor, due_on in await found.fetchall():
        result[debtor].append(
            Receivable(invoice_id=invoice_id, number=number, open_minor=open_minor, currency=currency, due_on=due_on)
        )
    return result


async def balance_of(connection: ReadConnection, tenant_id: TenantId, generation: int, invoice_id: InvoiceId) -> int:
    """The open balance of an issued invoice in minor units; 0 for one that is settled, or was never issued."""
    found = await connection.execute(
        b"SELECT open_minor FROM inline_open_receivables WHERE tenant_id = %b AND generation = %b AND invoice_id = %b",
        (tenant_id, generation, invoice_id),
    )
    row = await found.fetchone()
    return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True)
class _OpenReceivables:
    name: str = "open_receivables"
    tables: tuple[Table, ...] = (open_receivables,)
    handles: frozenset[type] = MONEY_EVENTS

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        tenant, generation = target.tenant_id, target.generation
        opened = dict[UUID, InvoiceFacts]()
        changed = defaultdict[UUID, int](int)
        for change in (change for recorded in events for change in effects(recorded.event)):
            if change.invoice is not None:
                if change.reason in OPENING:
                    opened[change.invoice.invoice_id] = change.invoice
                changed[change.invoice.invoice_id] += change.open_minor
        rows = [
            (tenant, generation, key, facts.debtor_id, facts.number, facts.currency, changed.pop(key), facts.due_on)
            for key, facts in opened.items()
        ]
        await insert_rows(connection, open_receivables, _COLUMNS, rows)
        await update_rows(
            connection,
            open_receivables,
            ("tenant_id", "generation", "invoice_id"),
            {"open_minor": "t.open_minor + v.changed_minor"},
            ("tenant_id", "generation", "invoice_id", "changed_minor"),
            [(tenant, generation, invoice_id, minor) for invoice_id, minor in changed.items()],
        )


OPEN_RECEIVABLES: Final = _OpenReceivables()
