"""One row per payment, and one per invoice it settled."""

from typing import Final

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Integer, Text, Uuid

from backend.runtime.tables import read_table

payments: Final = read_table(
    "read_payments",
    Column("payment_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    # Both sides when the money came: what no invoice took belongs there.
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    Column("method", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("unallocated_minor", BigInteger, nullable=False),
    Column("reference", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("registered_at", DateTime(timezone=True), nullable=False),
    Column("registered_by", Text, nullable=False),
    key=("payment_id",),
)
_place = (payments.c.tenant_id, payments.c.generation)
Index("read_payments_position", *_place, payments.c.position)
Index("read_payments_debtor", *_place, payments.c.debtor_id, payments.c.position)

allocations: Final = read_table(
    "read_payment_allocations",
    Column("payment_id", Uuid, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("invoice_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    key=("payment_id", "seq"),
)
Index(
    "read_payment_allocations_invoice",
    allocations.c.tenant_id,
    allocations.c.generation,
    allocations.c.invoice_id,
    allocations.c.payment_id,
)
