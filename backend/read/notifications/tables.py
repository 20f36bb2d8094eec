"""The feed, and the open balances it needs to notice that an invoice is paid."""

from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from backend.runtime.tables import read_table

notifications: Final = read_table(
    "read_notifications",
    Column("position", BigInteger, nullable=False),
    Column("part", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("invoice_id", Uuid),
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    Column("payload", JSONB, nullable=False),
    key=("position", "part"),
)

notified_invoices: Final = read_table(
    "read_notified_invoices",
    Column("invoice_id", Uuid, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    Column("currency", Text, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("open_minor", BigInteger, nullable=False),
    key=("invoice_id",),
)
Index(
    "read_notifications_invoice",
    notifications.c.tenant_id,
    notifications.c.generation,
    notifications.c.invoice_id,
    notifications.c.position,
)
