"""What happens because time passes: the sweep over all tenants' due work, the ECB's daily rates, signatures; and
the doorbell, which only makes it sooner."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import psycopg
from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.outbound.rates import fetch_and_keep
from backend.runtime.doorbell import NAMESPACE, QUEUES, Doorbell
from backend.runtime.logs import logger
from backend.runtime.settings import Settings
from backend.runtime.telemetry import OUTBOUND_DUE, PROJECTION_LAG, QUEUE_DEPTH
from backend.values.identifiers import TenantId
from backend.worker.checkpoints import DAILY_SECONDS, sign_heads
from backend.worker.ringing import Ringing

log = logger(__name__)

SWEEP_SECONDS: Final = 3.0
RATES_SECONDS: Final = 3_600.0
MAX_QUEUED: Final = 1_000

# Which tenants have work of each kind. The sweep role sees ids, positions and times, and nothing else.
BEHIND: Final = (
    "SELECT h.tenant_id FROM journal_heads h LEFT JOIN checkpoints c ON c.tenant_id = h.tenant_id AND c.live"
    " GROUP BY h.tenant_id, h.position HAVING coalesce(min(c.position), 0) < h.position"
    # A projection that is new to this tenant has no checkpoint yet, and would otherwise wait for its next event.
    " OR count(*) FILTER (WHERE c.projection = ANY(%s)) < %s"
)
OPEN_RUNS: Final = "SELECT DISTINCT tenant_id FROM inline_open_runs WHERE open"
DUE: Final = (
    "SELECT tenant_id, count(*) FROM inline_delivery_work WHERE due_at <= now()"
    " AND (leased_until IS NULL OR leased_until < now()) GROUP BY tenant_id"
    " UNION ALL SELECT tenant_id, count(*) FROM identity_letters WHERE due_at <= now() GROUP BY tenant_id"
)
REBUILDS: Final = "SELECT DISTINCT tenant_id FROM rebuild_requests WHERE failed IS NULL"
LAG: Final = (
    "SELECT c.projection, max(h.position - c.position) FROM checkpoints c JOIN journal_heads h USING (tenant_id)"
    " WHERE c.live GROUP BY c.projection"
)


async def main() -> None:
    """Run until cancelled."""
    settings = Settings.from_environ()
    redis: Redis = Redis.from_url(settings.redis_url)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_for_ever("sweep", SWEEP_SECONDS, lambda: sweep(settings, redis)))
        tasks.create_task(_for_ever("rates", RATES_SECONDS, lambda: fetch_and_keep(settings)))
        tasks.create_task(_for_ever("checkpoints", DAILY_SECONDS, lambda: sign_heads(settings)))
        tasks.create_task(_for_ever("doorbell", 1.0, lambda: answer(Doorbell(redis))))


async def sweep(settings: Settings, redis: Redis) -> None:
    """Call the workers for every tenant with something due, whether or not anybody rang."""
    from backend.read.registry import projections
    from backend.worker.actors import advance_runs, deliver, project, rebuild

    names = [projection.name for projection in projections()]
    async with await psycopg.AsyncConnection.connect(settings.sweep_database_url) as connection:
        behind = [row[0] for row in await (await connection.execute(BEHIND, (names, len(names)))).fetchall()]
        running = [row[0] for row in await (await connection.execute(OPEN_RUNS)).fetchall()]
        due = await (await connection.execute(DUE)).fetchall()
        rebuilds = [row[0] for row in await (await connection.execute(REBUILDS)).fetchall()]
        lag = await (await connection.execute(LAG)).fetchall()
    OUTBOUND_DUE.set(sum(count for _, count in due))
    for projection, events in lag:
        PROJECTION_LAG.labels(projection=projection).set(events)
    depths = {queue: await redis.llen(f"{NAMESPACE}:{queue}") for queue in QUEUES}
    for queue, depth in depths.items():
        QUEUE_DEPTH.labels(queue=queue).set(depth)
    dispatches = [tenant for tenant, _ in due]
    for actor, tenants in ((project, behind), (advance_runs, running), (deliver, dispatches), (rebuild, rebuilds)):
        # While nobody takes messages away, more of them help nobody; the rows will still be due.
        if depths[actor.queue_name] < MAX_QUEUED:
            for tenant in tenants:
                await asyncio.to_thread(actor.send, str(tenant))


async def answer(doorbell: Doorbell) -> None:
    """Call the workers of each tenant that rings, for as long as the connection lasts."""
    ringing = Ringing(_call_all)
    async for tenant_id in doorbell.tenants_with_news():
        ringing.ring(tenant_id)


def _call_all(tenant_id: TenantId) -> None:
    from backend.worker.actors import advance_runs, deliver, project

    for actor in (project, advance_runs, deliver):
        actor.send(str(tenant_id))


def _said(lost: BaseException) -> str:
    """An error of the database may quote a person's data; its SQLSTATE does not."""
    return lost.sqlstate or "" if isinstance(lost, psycopg.Error) else str(lost)[:200]


async def _for_ever(name: str, seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await work()
        except (psycopg.Error, RedisError, OSError, TimeoutError) as lost:
            log.warning("schedule.failed", task=name, error=type(lost).__name__, detail=_said(lost))
        except Exception as fault:
            # One faulty task must not end the others; the traceback says where, and the next round tries again.
            log.exception("schedule.faulty", task=name, error=type(fault).__name__)
        await asyncio.sleep(seconds)
