"""Goals `run`, `projections` and `rebuild`: a renewal run, its read models, and their rebuild, each against COPY."""

from time import perf_counter

from backend.bench.bench import Bench, clocked
from backend.bench.copying import JOURNAL, RUN_TABLES, copy_seconds
from backend.bench.goals import PROJECTIONS, REBUILD, RUN, Outcome, Round
from backend.bench.world import BenchTenant, a_run, a_tenant, members
from backend.read.catch_up import catch_up
from backend.read.rebuild import rebuild_together
from backend.read.registry import projections as read_models
from backend.values.identifiers import RunId
from backend.write.execute import execute
from backend.write.renewals.issue_chunk import IssueRunChunk
from backend.write.renewals.start import CHUNK_SIZE


async def measure_run(bench: Bench) -> tuple[Outcome, ...]:
    """Runs on new tenants: first the journal alone, then the read models, then the floor with the same rows."""
    size, rounds = bench.size(10_000, 2_000), bench.size(3, 2)
    await _measured(bench, await a_tenant(bench.services), CHUNK_SIZE)
    run, projections, longest = [], [], 0.0
    for number in range(rounds):
        bench.tell(f"run: round {number + 1} of {rounds}, {size} members")
        issued, caught_up, copied, chunk = await _measured(bench, await a_tenant(bench.services), size)
        run.append(Round(figure=size / issued, floor=size / copied))
        projections.append(Round(figure=size / (issued + caught_up), floor=size / issued))
        longest = max(longest, chunk)
    remarks = (f"{size} members, chunks of {CHUNK_SIZE}, the slowest took {longest * 1000:.0f} ms",)
    return (
        Outcome(goal=RUN, rounds=tuple(run), remarks=remarks),
        Outcome(goal=PROJECTIONS, rounds=tuple(projections), remarks=(f"{len(read_models())} read models",)),
    )


async def measure_rebuild(bench: Bench) -> tuple[Outcome, ...]:
    """A tenant with a finished run; every read model is rebuilt beside the live one and switched."""
    size = bench.size(4_000, 1_000)
    bench.tell(f"rebuild: a tenant with {size} invoices")
    tenant = await a_tenant(bench.services)
    services = bench.services
    await issue_all(tenant, await a_run(tenant, await members(tenant, size)), size)
    reached = max((await catch_up(services.database, services.keyring, tenant.tenant_id, book="money")).values())
    models = read_models()
    began = perf_counter()
    await rebuild_together(services.database, services.keyring, tenant.tenant_id, models)
    seconds = perf_counter() - began
    copied = await copy_seconds(services.settings, tenant.tenant_id, JOURNAL, after=0)
    measured = Round(figure=reached / seconds, floor=reached / copied)
    return (Outcome(goal=REBUILD, rounds=(measured,), remarks=(f"{reached} events, {len(models)} read models",)),)


async def _measured(bench: Bench, tenant: BenchTenant, size: int) -> tuple[float, float, float, float]:
    """Seconds for the run, for its read models, for COPY of its rows, and for the slowest chunk."""
    services = bench.services
    run_id = await a_run(tenant, await members(tenant, size))
    before = max((await catch_up(services.database, services.keyring, tenant.tenant_id, book="money")).values())
    issued, slowest = await clocked(issue_all(tenant, run_id, size))
    caught_up, _ = await clocked(catch_up(services.database, services.keyring, tenant.tenant_id))
    copied = await copy_seconds(services.settings, tenant.tenant_id, RUN_TABLES, after=before)
    return issued, caught_up, copied, slowest


async def issue_all(tenant: BenchTenant, run_id: RunId, size: int) -> float:
    """Every chunk of the run, as the worker does it; the seconds of the slowest."""
    slowest = 0.0
    for chunk in range(-(-size // CHUNK_SIZE)):
        command = IssueRunChunk(run_id=run_id, chunk=chunk)
        seconds, _ = await clocked(execute(tenant.services.write, tenant.actor, command))
        slowest = max(slowest, seconds)
    return slowest
