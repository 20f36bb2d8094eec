"""The journal's own tables. The application role may add events; it can neither change nor remove one."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Text,
    Uuid,
)

from backend.runtime.due import Due, Question, due
from backend.runtime.settings import Settings
from backend.runtime.tables import tenant_table, unique_in_tenant

# What is written first in a book: `money` and `access` (`values/books.py`).
BOOK: Final = "book in ('money', 'access')"


def _book() -> Column[str]:
    return Column("book", Text, nullable=False)


# `pruned_to` is the last position whose row is gone: the chain begins with the checkpoint that was signed there.
# `kept_from` is the day on which the first checkpoint beyond it was signed: what was recorded before is older.
# The generation is that of the inline tables, which are folded under the lock of the money book.
heads = tenant_table(
    "journal_heads",
    _book(),
    Column("position", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("pruned_to", BigInteger, nullable=False, server_default="0"),
    Column("kept_from", Date),
    Column("inline_generation", Integer, nullable=False, server_default="1"),
    # Every consumer has come at least so far. A column of its own for what follows from it, because the planner keeps
    # statistics of columns and not of comparisons: it knows that few journals are behind, and takes the index.
    Column("consumed", BigInteger, nullable=False, server_default="0"),
    Column("behind", Boolean, Computed("consumed < position", persisted=True)),
    CheckConstraint(f"{BOOK} and pruned_to <= position", name="journal_heads_book"),
    key=("book",),
    privileges=("SELECT", "INSERT", "UPDATE"),
    sweep=("tenant_id", "book", "position", "kept_from", "behind"),
)
Index("journal_heads_behind", heads.c.tenant_id, postgresql_where=heads.c.behind)

# A stream belongs to one book: its versions are counted once, whatever book a row says it is of.
events = tenant_table(
    "journal_events",
    _book(),
    Column("position", BigInteger, nullable=False),
    Column("stream_id", Uuid, nullable=False),
    Column("stream_version", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    unique_in_tenant("stream_id", "stream_version", name="journal_events_stream"),
    CheckConstraint(f"{BOOK} and position > 0 and stream_version > 0", name="journal_events_counts"),
    key=("book", "position"),
    privileges=("SELECT", "INSERT"),
)

receipts = tenant_table(
    "journal_receipts",
    Column("principal", Text, nullable=False),
    Column("idempotency_key", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    _book(),
    Column("position", BigInteger, nullable=False),
    Column("outcome", LargeBinary, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    key=("principal", "idempotency_key"),
    privileges=("SELECT", "INSERT"),
)

personal_keys = tenant_table(
    "personal_keys",
    Column("subject_id", Uuid, nullable=False),
    Column("wrapped", LargeBinary),
    Column("master_version", Integer, nullable=False),
    Column("destroyed_at", DateTime(timezone=True)),
    CheckConstraint("(wrapped is null) = (destroyed_at is not null)", name="personal_keys_destroyed"),
    key=("subject_id",),
    privileges=("SELECT", "INSERT", "UPDATE"),
)

checkpoints = tenant_table(
    "checkpoints",
    Column("projection", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    _book(),
    Column("position", BigInteger, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("halted", Text),
    key=("projection", "generation", "book"),
    sweep=("tenant_id", "projection", "book", "position", "live"),
)
Index(
    "checkpoints_live",
    checkpoints.c.tenant_id,
    checkpoints.c.projection,
    checkpoints.c.book,
    unique=True,
    postgresql_where=checkpoints.c.live,
)

signed_checkpoints = tenant_table(
    "signed_checkpoints",
    _book(),
    Column("position", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    key=("book", "position"),
    privileges=("SELECT", "INSERT"),
    sweep=("tenant_id", "book", "position", "signed_on"),
)

# Read models somebody asked to have computed anew. The row goes when it is done; `failed` says why it could not be.
rebuild_requests = tenant_table(
    "rebuild_requests",
    Column("projection", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("failed", Text),
    key=("projection",),
    sweep=("tenant_id", "failed"),
)
REBUILDS: Final = due(
    Due(
        name="rebuilds",
        finds="SELECT tenant_id, count(*) FROM rebuild_requests WHERE failed IS NULL GROUP BY tenant_id",
        # Asked for by an operator, and long: three seconds more are nothing.
        rings=False,
    )
)


def _long_kept() -> Question:
    return (
        "SELECT tenant_id, 1 FROM journal_heads WHERE book = 'access' AND kept_from < current_date - %s::integer",
        (Settings.from_environ().access_retention_days,),
    )


# The access books whose oldest rows are older than their period.
RETENTION: Final = due(Due(name="retention", finds=_long_kept, seconds=21_600, rings=False))
