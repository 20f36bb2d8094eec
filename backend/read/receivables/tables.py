"""Signed, insert-only entries: any past date is the same query. Their roll-up answers aging, whatever their number."""

from typing import Final

from sqlalchemy import BigInteger, Column, Date, Index, Integer, Text, Uuid

from backend.read.rollup import rollup
from backend.runtime.tables import read_table

# `amount_minor` is what the event did to the debtor's account on `booked_on`, `open_delta` what it did to the open
# balance of the invoice since `effective_on` (money that came before the invoice settles it on its issue date).
entries: Final = read_table(
    "read_receivables_entries",
    Column("position", BigInteger, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("invoice_id", Uuid),
    Column("invoice_number", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    Column("issuer_id", Uuid, nullable=False),
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    Column("currency", Text, nullable=False),
    Column("issued_on", Date),
    Column("due_on", Date),
    Column("booked_on", Date, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("open_delta", BigInteger, nullable=False),
    key=("position", "seq"),
)
Index("read_receivables_entries_invoice", entries.c.tenant_id, entries.c.generation, entries.c.invoice_id)
Index("read_receivables_entries_debtor", entries.c.tenant_id, entries.c.generation, entries.c.debtor_id)
Index("read_receivables_entries_effective", entries.c.tenant_id, entries.c.generation, entries.c.effective_on)

# `open_count` counts invoices that are open: +1 on the day one becomes so, -1 on the day it is settled.
open_by_due_date: Final = rollup(
    "read_receivables_open",
    Column("issuer_id", Uuid, nullable=False),
    Column("currency", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    measures=("open_minor", "open_count"),
)

balances: Final = read_table(
    "read_receivables_balances",
    Column("debtor_id", Uuid, nullable=False),
    Column("currency", Text, nullable=False),
    Column("open_minor", BigInteger, nullable=False),
    Column("open_count", BigInteger, nullable=False),
    key=("debtor_id", "currency"),
)
Index(
    "read_receivables_balances_largest",
    balances.c.tenant_id,
    balances.c.generation,
    balances.c.open_minor,
    balances.c.currency,
    balances.c.debtor_id,
    postgresql_where=balances.c.open_minor != 0,
)

debtors: Final = read_table(
    "read_receivables_debtors",
    Column("debtor_id", Uuid, nullable=False),
    Column("reference", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("org_node_id", Uuid),
    key=("debtor_id",),
)
Index(
    "read_receivables_debtors_reference",
    debtors.c.tenant_id,
    debtors.c.generation,
    debtors.c.reference,
    debtors.c.debtor_id,
)
