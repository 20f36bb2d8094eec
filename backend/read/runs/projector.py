"""Keeps runs and their outcomes. A run is one row that every chunk moves on."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Table

from backend.events.invoices import InvoiceIssued
from backend.events.issuers import IssuerIdentityChanged, IssuerRegistered
from backend.events.renewals import RunChunkIssued, RunCompleted, RunStarted, RunStopped
from backend.read.projection import Recorded, Target, declared, key_of
from backend.read.runs.tables import issuers, outcomes, runs
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection

NAME: Final = "runs"

_encoder: Final = msgspec.json.Encoder(order="sorted", decimal_format="string")


@dataclass(slots=True, kw_only=True)
class Run:
    """One row of `read_runs`, while a batch is folded. The fields are its columns, in their order."""

    run_id: UUID
    position: int
    issuer_id: UUID
    issuer_name: str
    issuer_org_node_id: UUID | None
    kind: str
    season: str
    currency: str
    issued_on: date
    deliver: bool
    override_reason: str
    components: str
    state: str
    members: int
    chunks: int
    chunks_done: int
    issued: int
    refused: int
    total_minor: int
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    stop_reason: str


_RUN: Final = tuple(field.name for field in fields(Run))
_values: Final = attrgetter(*_RUN)
_KEY: Final = ("tenant_id", "generation")
_OUTCOME: Final = (
    "run_id",
    "position",
    "seq",
    "debtor_id",
    "outcome",
    "invoice_id",
    "number",
    "total_minor",
    "code",
    "message",
)


@dataclass(frozen=True, slots=True)
class _Runs:
    name: str = NAME
    tables: tuple[Table, ...] = (runs, outcomes, issuers)
    handles: frozenset[type] = frozenset(
        {RunStarted, RunChunkIssued, RunCompleted, RunStopped, InvoiceIssued, IssuerRegistered, IssuerIdentityChanged}
    )

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        known = await _known_runs(connection, target, events)
        named = await _known_issuers(connection, target, events)
        rows: list[tuple[Any, ...]] = []
        changed: dict[UUID, tuple[str, UUID | None]] = {}
        for recorded in events:
            match recorded.event:
                case IssuerRegistered() as e:
                    changed[e.issuer_id] = named[e.issuer_id] = (e.identity.name, e.issuer_org_node_id)
                case IssuerIdentityChanged() as e:
                    node = named[e.issuer_id][1] if e.issuer_id in named else None
                    changed[e.issuer_id] = named[e.issuer_id] = (e.identity.name, node)
                case InvoiceIssued(run_id=run_id) as e:
                    if run_id is not None:
                        key = (run_id, recorded.position, 0, e.debtor_id, "issued")
                        rows.append((*key, e.invoice_id, e.number, e.total_minor, "", ""))
                case event:
                    rows += _move(known, named, recorded, event)
        place = key_of(target)
        await insert_rows(connection, outcomes, (*_KEY, *_OUTCOME), [(*place, *row) for row in rows])
        await _put(connection, runs, ("run_id",), _RUN, [(*place, *_values(run)) for run in known.values()])
        await _put(
            connection,
            issuers,
            ("issuer_id",),
            ("issuer_id", "name", "org_node_id"),
            [(*place, issuer_id, *values) for issuer_id, values in changed.items()],
        )


RUNS: Final = declared(_Runs())


def _move(
    known: dict[UUID, Run], named: dict[UUID, tuple[str, UUID | None]], recorded: Recorded, event: Any
) -> list[tuple[Any, ...]]:
    """Let a run's own event change its row; the outcomes of those it refused."""
    if isinstance(event, RunStarted):
        known[event.run_id] = _started(event, recorded, *named.get(event.issuer_id, ("", None)))
        return []
    run = known[event.run_id]
    match event:
        case RunChunkIssued():
            run.chunks_done += 1
            run.issued += event.issued
            run.total_minor += event.issued_minor
            run.refused += len(event.refused)
            return [
                (run.run_id, recorded.position, seq, each.debtor_id, "refused", None, "", 0, each.code, each.message)
                for seq, each in enumerate(event.refused)
            ]
        case RunCompleted():
            run.state, run.ended_at = "completed", recorded.at
        case RunStopped():
            run.state, run.ended_at, run.stop_reason = "stopped", recorded.at, event.reason
    return []


def _started(event: RunStarted, recorded: Recorded, issuer_name: str, node: UUID | None) -> Run:
    return Run(
        run_id=event.run_id,
        position=recorded.position,
        issuer_id=event.issuer_id,
        issuer_name=issuer_name,
        issuer_org_node_id=node,
        kind=event.kind,
        season=event.season,
        currency=event.currency,
        issued_on=event.issued_on,
        deliver=event.deliver,
        override_reason=event.override_reason,
        components=_encoder.encode(event.components).decode(),
        state="running",
        members=event.members,
        chunks=event.chunks,
        chunks_done=0,
        issued=0,
        refused=0,
        total_minor=0,
        started_by=recorded.actor,
        started_at=recorded.at,
        ended_at=None,
        stop_reason="",
    )


async def _known_runs(connection: Connection, target: Target, events: Sequence[Recorded]) -> dict[UUID, Run]:
    wanted = {r.event.run_id for r in events if isinstance(r.event, RunChunkIssued | RunCompleted | RunStopped)}
    if not wanted:
        return {}
    found = await connection.execute(
        f"SELECT {', '.join(_RUN)} FROM read_runs WHERE tenant_id = %b AND generation = %b"
        " AND run_id = ANY(%b)".encode(),
        (*key_of(target), list(wanted)),
    )
    return {row[0]: Run(**dict(zip(_RUN, row, strict=True))) for row in await found.fetchall()}


async def _known_issuers(
    connection: Connection, target: Target, events: Sequence[Recorded]
) -> dict[UUID, tuple[str, UUID | None]]:
    wanted = {r.event.issuer_id for r in events if isinstance(r.event, RunStarted | IssuerIdentityChanged)}
    if not wanted:
        return {}
    found = await connection.execute(
        b"SELECT issuer_id, name, org_node_id FROM read_run_issuers"
        b" WHERE tenant_id = %b AND generation = %b AND issuer_id = ANY(%b)",
        (*key_of(target), list(wanted)),
    )
    return {row[0]: (row[1], row[2]) for row in await found.fetchall()}


async def _put(
    connection: Connection, table: Table, keys: tuple[str, ...], columns: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    changed = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in keys)
    await insert_rows(
        connection,
        table,
        (*_KEY, *columns),
        rows,
        conflict=f"ON CONFLICT ({', '.join((*_KEY, *keys))}) DO UPDATE SET {changed}",
    )
