"""Runs that are not finished: what a worker must carry on with after a crash."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, Table, Uuid

from backend.events.renewals import RunCompleted, RunStarted, RunStopped
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.runtime.bulk import insert_rows, update_rows
from backend.runtime.database import Connection
from backend.runtime.due import Due, due
from backend.runtime.tables import read_table

open_runs: Final = read_table(
    "inline_open_runs",
    Column("run_id", Uuid, nullable=False),
    Column("chunks", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    key=("run_id",),
)
open_runs.info["sweep"] = ("tenant_id", "run_id", "open")
Index("inline_open_runs_open", open_runs.c.tenant_id, postgresql_where=open_runs.c.open)
RUNS: Final = due(
    Due(name="runs", finds="SELECT tenant_id, count(*) FROM inline_open_runs WHERE open GROUP BY tenant_id")
)


@dataclass(frozen=True, slots=True)
class _OpenRuns:
    name: str = "open_runs"
    tables: tuple[Table, ...] = (open_runs,)
    handles: frozenset[type] = frozenset({RunStarted, RunCompleted, RunStopped})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        key = (target.tenant_id, target.generation)
        started = [(*key, r.event.run_id, r.event.chunks, True) for r in events if isinstance(r.event, RunStarted)]
        ended = [(*key, r.event.run_id) for r in events if not isinstance(r.event, RunStarted)]
        await insert_rows(connection, open_runs, ("tenant_id", "generation", "run_id", "chunks", "open"), started)
        await update_rows(
            connection,
            open_runs,
            ("tenant_id", "generation", "run_id"),
            {"open": "false"},
            ("tenant_id", "generation", "run_id"),
            ended,
        )


OPEN_RUNS: Final = _OpenRuns()
