"""The questions about runs: how far one is, all of them, and what became of each debtor."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec

from backend.events.renewals import FeeComponent as FeeComponent
from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.projection import live
from backend.read.query import query
from backend.read.runs.projector import NAME
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.tenants.principals import Principal, named
from backend.values.documents import RunKind
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, OrgNodeId, RunId

RunState = Literal["running", "completed", "stopped"]
Outcome = Literal["issued", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A run and how far it is. `issued` and `refused` count debtors, `chunks_done` of `chunks` the work."""

    run_id: RunId
    issuer_id: IssuerId
    issuer_name: str
    issuer_org_node_id: OrgNodeId | None
    kind: RunKind
    season: str
    currency: str
    issued_on: date
    deliver: bool
    override_reason: str
    components: tuple[FeeComponent, ...]
    state: RunState
    members: int
    chunks: int
    chunks_done: int
    issued: int
    refused: int
    total_minor: int
    started_by: Principal
    started_at: datetime
    ended_at: datetime | None
    stop_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """What became of one debtor: an invoice, or a refusal with its code."""

    debtor_id: DebtorId
    outcome: Outcome
    invoice_id: InvoiceId | None
    number: str
    total_minor: int
    code: str
    message: str


_COLUMNS: Final = tuple(field.name for field in fields(RunRow))
_OUTCOME: Final = tuple(field.name for field in fields(RunOutcome))
_components: Final = msgspec.json.Decoder(tuple[FeeComponent, ...])
_NEWEST_FIRST: Final = Order("runs", (("position", "bigint"),), descending=True)
_IN_ORDER: Final = Order("run-outcomes", (("position", "bigint"), ("seq", "bigint")))


@query(Capability.INVOICES_READ)
async def run(connection: ReadConnection, reader: Reader, *, run_id: RunId) -> RunRow | None:
    """One run; None when there is none within reach."""
    where = Where(reader, NAME).within_reach("issuer_org_node_id").add("run_id = %b", run_id)
    found = await connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM read_runs WHERE {where.sql}".encode(), where.parameters
    )
    row = await found.fetchone()
    return (await _runs_of(connection, reader, [row]))[0] if row else None


@query(Capability.INVOICES_READ)
async def runs(
    connection: ReadConnection,
    reader: Reader,
    *,
    state: RunState | None = None,
    issuer_id: IssuerId | None = None,
    season: str | None = None,
    page: PageRequest = FIRST_PAGE,
) -> Page[RunRow]:
    """The runs within reach, newest first. Raises `BadCursor` and `BadPage`."""
    where = Where(reader, NAME).within_reach("issuer_org_node_id")
    where.equal("state", state).equal("issuer_id", issuer_id).equal("season", season)
    found = await page_of(
        connection, ", ".join(_COLUMNS), "read_runs", where, _NEWEST_FIRST, page, row=lambda values: values
    )
    return found.of(tuple(await _runs_of(connection, reader, found.items)))


@query(Capability.INVOICES_READ)
async def run_outcomes(
    connection: ReadConnection,
    reader: Reader,
    *,
    run_id: RunId,
    outcome: Outcome | None = None,
    code: str | None = None,
    page: PageRequest = FIRST_PAGE,
) -> Page[RunOutcome]:
    """What became of each debtor of a run so far, in the order of the run. Raises `BadCursor` and `BadPage`."""
    where = Where(reader, NAME).add("run_id = %b", run_id).equal("outcome", outcome).equal("code", code)
    nodes = reader.reach.array
    if nodes is not None:
        where.add(
            f"EXISTS (SELECT FROM read_runs r WHERE r.tenant_id = %b AND r.generation = {live(NAME)}"
            " AND r.run_id = %b AND r.issuer_org_node_id = ANY(%b))",
            reader.tenant_id,
            run_id,
            nodes,
        )
    return await page_of(
        connection,
        ", ".join(_OUTCOME),
        "read_run_outcomes",
        where,
        _IN_ORDER,
        page,
        row=lambda values: RunOutcome(**dict(zip(_OUTCOME, values, strict=True))),
    )


async def _runs_of(connection: ReadConnection, reader: Reader, found: Sequence[tuple[Any, ...]]) -> list[RunRow]:
    rows = [dict(zip(_COLUMNS, values, strict=True)) for values in found]
    principals = await named(connection, reader.tenant_id, {row["started_by"] for row in rows})
    for row in rows:
        row |= {"components": _components.decode(row["components"]), "started_by": principals[row["started_by"]]}
    return [RunRow(**row) for row in rows]
