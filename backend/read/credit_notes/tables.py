"""One row per credit note."""

from typing import Final

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Text, Uuid

from backend.runtime.tables import read_table

credit_notes: Final = read_table(
    "read_credit_notes",
    Column("credit_note_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("number", Text, nullable=False),
    Column("invoice_id", Uuid, nullable=False),
    Column("invoice_number", Text, nullable=False),
    Column("issuer_id", Uuid, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    Column("issued_on", Date, nullable=False),
    Column("currency", Text, nullable=False),
    Column("net_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("applied_minor", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    Column("issued_by", Text, nullable=False),
    key=("credit_note_id",),
)
_place = (credit_notes.c.tenant_id, credit_notes.c.generation)
Index("read_credit_notes_position", *_place, credit_notes.c.position)
Index("read_credit_notes_invoice", *_place, credit_notes.c.invoice_id, credit_notes.c.position)
Index("read_credit_notes_debtor", *_place, credit_notes.c.debtor_id, credit_notes.c.position)
