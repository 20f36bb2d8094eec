"""Runs with their progress, and one outcome per debtor."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Index, Integer, Text, Uuid

from backend.runtime.tables import read_table

runs: Final = read_table(
    "read_runs",
    Column("run_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("issuer_id", Uuid, nullable=False),
    Column("issuer_name", Text, nullable=False),
    Column("issuer_org_node_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("season", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("deliver", Boolean, nullable=False),
    Column("override_reason", Text, nullable=False),
    Column("components", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("members", Integer, nullable=False),
    Column("chunks", Integer, nullable=False),
    Column("chunks_done", Integer, nullable=False),
    Column("issued", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("started_by", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("stop_reason", Text, nullable=False),
    key=("run_id",),
)
Index("read_runs_position", runs.c.tenant_id, runs.c.generation, runs.c.position)

# An issued invoice stands at the position of its event, a refused debtor at that of its chunk.
outcomes: Final = read_table(
    "read_run_outcomes",
    Column("run_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("invoice_id", Uuid),
    Column("number", Text, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    key=("run_id", "position", "seq"),
)

# `RunStarted` names its issuer only; the reach of a reader goes by the issuer's org node.
issuers: Final = read_table(
    "read_run_issuers",
    Column("issuer_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("org_node_id", Uuid),
    key=("issuer_id",),
)
