"""The general ledger: every posting of every balanced entry, the sums of each account, and VAT by month and rate."""

from typing import Final

from sqlalchemy import BigInteger, Column, Date, Index, Integer, Numeric, Text, Uuid

from backend.read.rollup import rollup
from backend.runtime.tables import read_table

# The books are the issuer's: every entry says whose it is.
postings: Final = read_table(
    "read_ledger_postings",
    Column("position", BigInteger, nullable=False),
    Column("line", Integer, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("account", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("tax_code", Text, nullable=False),
    Column("debtor_id", Uuid),
    Column("stream_id", Uuid, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("issuer_id", Uuid, nullable=False),
    Column("issuer_org_node_id", Uuid),
    key=("position", "line"),
)
_p = postings.c
Index("read_ledger_postings_account", _p.tenant_id, _p.generation, _p.account, _p.booked_on, _p.position, _p.line)
Index("read_ledger_postings_stream", _p.tenant_id, _p.generation, _p.stream_id)

balances: Final = rollup(
    "read_ledger_balances",
    Column("issuer_id", Uuid, nullable=False),
    Column("currency", Text, nullable=False),
    Column("account", Text, nullable=False),
    measures=("debit_minor", "credit_minor"),
)

# `base_minor` and `tax_minor` are after credit notes, which count in the month of the credit note.
vat: Final = read_table(
    "read_ledger_vat",
    Column("month", Date, nullable=False),
    Column("issuer_id", Uuid, nullable=False),
    Column("issuer_org_node_id", Uuid, nullable=False),
    Column("currency", Text, nullable=False),
    Column("category_code", Text, nullable=False),
    Column("percent", Numeric, nullable=False),
    Column("base_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("documents", BigInteger, nullable=False),
    key=("month", "issuer_id", "issuer_org_node_id", "currency", "category_code", "percent"),
)
