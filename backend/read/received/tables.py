"""Mirror documents: what other tenants invoiced to this one, and what has become of it."""

from typing import Final

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Text, Uuid

from backend.runtime.tables import read_table

received: Final = read_table(
    "read_received",
    Column("document_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("source_tenant_id", Uuid, nullable=False),
    Column("source_invoice_id", Uuid, nullable=False),
    Column("source_position", BigInteger, nullable=False),
    Column("issuer_name", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("currency", Text, nullable=False),
    Column("net_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("open_minor", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    key=("document_id",),
)
Index("read_received_position", received.c.tenant_id, received.c.generation, received.c.position)
