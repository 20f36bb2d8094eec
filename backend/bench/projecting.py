"""Goal `projector`: the same read models, the same events, in batches and one by one."""

from time import perf_counter

from backend.bench.bench import Bench
from backend.bench.goals import PROJECTOR, Outcome, Round
from backend.bench.running import issue_all
from backend.bench.world import BenchTenant, a_run, a_tenant, members
from backend.journal.load import head_position
from backend.read.batches import BATCH_EVENTS, END_OF_TIME
from backend.read.generations import new_generation
from backend.read.rebuild import Rebuild, fold_next
from backend.read.registry import projections

# The name of a generation that nobody reads.
_NAME = "bench"


async def measure_projector(bench: Bench) -> tuple[Outcome, ...]:
    """All read models fold a run: its first events one by one, the others in batches."""
    size, singles = bench.size(4_000, 1_500), bench.size(300, 100)
    bench.tell(f"projector: a run of {size}")
    tenant = await a_tenant(bench.services)
    debtors = await members(tenant, size)
    run_id = await a_run(tenant, debtors)
    before = await _head(tenant)
    await issue_all(tenant, run_id, size)
    services = bench.services
    async with services.database.scope(tenant.tenant_id) as connection:
        generation = await new_generation(connection, tenant.tenant_id, _NAME, ("money",))
    parts = tuple((projection, generation) for projection in projections())
    new = Rebuild(services.database, services.keyring, tenant.tenant_id, parts, ((_NAME, generation),))
    await _fold(new, until=before, limit=BATCH_EVENTS)
    bench.tell(f"projector: {singles} events one by one, then the others in batches")
    one_by_one = await _fold(new, until=before + singles, limit=1)
    in_batches = await _fold(new, until=END_OF_TIME, limit=BATCH_EVENTS)
    events = await _head(tenant) - before - singles
    measured = Round(figure=events / in_batches, floor=singles / one_by_one)
    remark = f"{len(parts)} read models, {events} events in batches of {BATCH_EVENTS}"
    return (Outcome(goal=PROJECTOR, rounds=(measured,), remarks=(remark,)),)


async def _fold(new: Rebuild, *, until: int, limit: int) -> float:
    """Seconds to fold up to `until`, each step in a transaction of its own."""
    began, more = perf_counter(), True
    while more:
        async with new.database.scope(new.tenant_id) as connection:
            _, more = await fold_next(connection, new, "money", until=until, limit=limit)
    return perf_counter() - began


async def _head(tenant: BenchTenant) -> int:
    async with tenant.services.database.scope(tenant.tenant_id) as connection:
        return await head_position(connection, tenant.tenant_id, "money")
