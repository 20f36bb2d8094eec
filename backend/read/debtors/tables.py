"""Debtors as they are now, and the words by which they are found."""

from typing import Final

from sqlalchemy import Boolean, Column, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from backend.runtime.tables import read_table

debtors: Final = read_table(
    "read_debtors",
    Column("debtor_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("name", Text, nullable=False),
    # The name without case and accents: what the list is sorted by.
    Column("name_key", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("licence_type", Text, nullable=False),
    Column("org_node_id", Uuid),
    Column("billed_tenant_id", Uuid),
    Column("particulars", JSONB),
    Column("erased", Boolean, nullable=False),
    key=("debtor_id",),
)
Index("read_debtors_name", debtors.c.tenant_id, debtors.c.generation, debtors.c.name_key, debtors.c.debtor_id)
Index("read_debtors_reference", debtors.c.tenant_id, debtors.c.generation, debtors.c.reference)
Index("read_debtors_node", debtors.c.tenant_id, debtors.c.generation, debtors.c.org_node_id)

# A prefix is a range only in the order of code points, whatever the database's own order is.
words: Final = read_table(
    "read_debtors_words",
    Column("word", Text(collation="C"), nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    key=("word", "debtor_id"),
)
Index("read_debtors_words_debtor", words.c.tenant_id, words.c.generation, words.c.debtor_id)
