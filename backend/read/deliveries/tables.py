"""One row per dispatch, and one per thing that happened to it."""

from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, Text, Uuid

from backend.runtime.tables import read_table

deliveries: Final = read_table(
    "read_deliveries",
    Column("delivery_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("invoice_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    Column("channel", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("to_address", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("code", Integer, nullable=False),
    Column("reply", Text, nullable=False),
    Column("confirmation", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("queued_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("next_at", DateTime(timezone=True)),
    key=("delivery_id",),
)
_place = (deliveries.c.tenant_id, deliveries.c.generation)
Index("read_deliveries_position", *_place, deliveries.c.position)
Index("read_deliveries_state", *_place, deliveries.c.state, deliveries.c.position)
Index("read_deliveries_invoice", *_place, deliveries.c.invoice_id, deliveries.c.position)

attempts: Final = read_table(
    "read_delivery_attempts",
    Column("delivery_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("code", Integer, nullable=False),
    Column("reply", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("next_at", DateTime(timezone=True)),
    key=("delivery_id", "position"),
)
