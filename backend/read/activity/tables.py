"""One row per event, with what it is about and whose org nodes it touches. Nothing personal is stored here."""

from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Index, Text, Uuid

from backend.runtime.tables import read_table

# `subject_id` is the thing the event is about (invoice, run, debtor, issuer …), `detail` a word or two that tell more:
# a number, a state, a role.
activity: Final = read_table(
    "read_activity",
    Column("book", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("debtor_id", Uuid),
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    Column("detail", Text, nullable=False),
    Column("amount_minor", BigInteger),
    Column("currency", Text, nullable=False),
    Column("reason", Text, nullable=False),
    # The position first: a generation is removed in stretches of it.
    key=("position", "book"),
)
# Both books in the one order in which they are listed.
_LISTED: Final = (activity.c.at, activity.c.book, activity.c.position)
Index("read_activity_listed", activity.c.tenant_id, activity.c.generation, *_LISTED)
Index("read_activity_subject", activity.c.tenant_id, activity.c.generation, activity.c.subject_id, *_LISTED)
