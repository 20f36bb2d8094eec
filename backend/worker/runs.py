"""Carrying open runs to their end, chunk by chunk. Whoever does it, and however often, each chunk is issued once."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.runtime.database import Database
from backend.runtime.logs import logger
from backend.services import Services
from backend.tenants.actor import system_actor
from backend.values.identifiers import RunId, TenantId
from backend.write.execute import execute
from backend.write.refusal import Refusal
from backend.write.renewals.issue_chunk import IssueRunChunk
from backend.write.renewals.stop import RunNotOpen

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run with chunks still to be issued."""

    run_id: RunId
    chunks: int


async def open_runs(database: Database, tenant_id: TenantId) -> tuple[OpenRun, ...]:
    """The tenant's unfinished runs, oldest first."""
    async with database.scope(tenant_id) as connection:
        found = await connection.execute(
            b"SELECT r.run_id, r.chunks FROM inline_open_runs r JOIN journal_heads h USING (tenant_id)"
            b" WHERE r.tenant_id = %b AND h.book = 'money' AND r.generation = h.inline_generation AND r.open"
            b" ORDER BY r.run_id",
            (tenant_id,),
        )
        return tuple(OpenRun(RunId(row[0]), row[1]) for row in await found.fetchall())


async def advance_open_runs(services: Services, tenant_id: TenantId) -> None:
    """Issue every remaining chunk of every open run of the tenant."""
    for run in await open_runs(services.database, tenant_id):
        try:
            await advance(services, tenant_id, run)
        except Refusal as refused:
            # It waits for something (a rate, a template), and the sweep asks again; the runs behind it need not wait.
            log.warning("run.waits", run_id=str(run.run_id), code=refused.code.value)


async def advance(
    services: Services, tenant_id: TenantId, run: OpenRun, *, after_chunk: Callable[[int], None] = lambda chunk: None
) -> None:
    """Issue the chunks of one run in order; a chunk that was done before answers at once."""
    actor = system_actor(tenant_id, "runs")
    for chunk in range(run.chunks):
        try:
            receipt = await execute(services.write, actor, IssueRunChunk(run_id=run.run_id, chunk=chunk))
        except RunNotOpen:
            log.info("run.stopped", run_id=str(run.run_id), chunk=chunk)
            return
        after_chunk(chunk)
        if receipt.answer:
            log.info("run.chunk_issued", chunk=chunk, **receipt.answer)
