"""The feed of what integrators are told."""

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
Index(
    "read_notifications_invoice",
    notifications.c.tenant_id,
    notifications.c.generation,
    notifications.c.invoice_id,
    notifications.c.position,
)
