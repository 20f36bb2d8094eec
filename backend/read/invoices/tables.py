"""Invoices flat and narrow for lists, their documents whole for one look, the history of every axis, search words."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Index, Integer, Text, Uuid, text

from backend.runtime.tables import read_table

# `position` is that of the event the invoice began with: the order of the list. Everything stored is decided by
# events; what depends on the day (overdue, the one word) is asked at query time.
invoices: Final = read_table(
    "read_invoices",
    Column("invoice_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("number", Text(collation="C"), nullable=False),
    Column("type", Text, nullable=False),
    Column("historical", Boolean, nullable=False),
    Column("season", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("issuer_id", Uuid, nullable=False),
    Column("issuer_name", Text, nullable=False),
    Column("issuer_org_node_id", Uuid),
    Column("debtor_id", Uuid, nullable=False),
    Column("debtor_name", Text, nullable=False),
    Column("debtor_reference", Text, nullable=False),
    Column("debtor_org_node_id", Uuid),
    Column("run_id", Uuid),
    Column("document_state", Text, nullable=False),
    Column("delivery_state", Text, nullable=False),
    Column("delivery_id", Uuid),
    Column("issued_on", Date),
    Column("due_on", Date),
    # When the due day is over where the issuer is.
    Column("overdue_from", DateTime(timezone=True)),
    Column("currency", Text, nullable=False),
    Column("net_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("open_minor", BigInteger, nullable=False),
    Column("credited_minor", BigInteger, nullable=False),
    Column("document_digest", Text, nullable=False),
    Column("draft_version", Integer, nullable=False),
    key=("invoice_id",),
)
_place = (invoices.c.tenant_id, invoices.c.generation)
Index("read_invoices_position", *_place, invoices.c.position)
Index("read_invoices_number", *_place, invoices.c.number, invoices.c.invoice_id)
Index("read_invoices_debtor", *_place, invoices.c.debtor_id, invoices.c.position)
# As the list is sorted: a draft has no due date, and comes after everything that has.
Index("read_invoices_due", *_place, text("coalesce(due_on, DATE '9999-12-31')"), invoices.c.position)
Index("read_invoices_run", *_place, invoices.c.run_id, invoices.c.position, postgresql_where=text("run_id IS NOT NULL"))

# The event the page is printed from, as JSON text: written once, read whole, never searched. Apart from the list,
# because every change of a status would copy it.
documents: Final = read_table(
    "read_invoice_documents",
    Column("invoice_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("document", Text, nullable=False),
    key=("invoice_id",),
)

history: Final = read_table(
    "read_invoice_history",
    Column("invoice_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("axis", Text, nullable=False),
    Column("from_status", Text, nullable=False),
    Column("to_status", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    key=("invoice_id", "position", "axis"),
)

# Search goes by ranges over words: no other operator uses an index under row-level security. A word leads to an
# invoice (its number and references) or to a debtor (names and member number), so that names are stored once and not
# with every invoice. Personal words go when the debtor is erased.
words: Final = read_table(
    "read_invoice_words",
    Column("word", Text(collation="C"), nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("personal", Boolean, nullable=False),
    key=("word", "subject_id", "personal"),
)
Index("read_invoice_words_subject", words.c.tenant_id, words.c.generation, words.c.subject_id)

# Issuers and debtors as they are now: drafts and imported invoices name them without describing them.
parties: Final = read_table(
    "read_invoice_parties",
    Column("party_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("org_node_id", Uuid),
    key=("party_id",),
)

TABLES: Final = (invoices, documents, history, words, parties)
