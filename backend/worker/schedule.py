"""What happens because time passes: the sweep over all tenants' due work, the ECB's daily rates, signatures; and
the doorbell, which only makes it sooner."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import psycopg
from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.outbound.rates import fetch_and_keep
from backend.runtime.doorbell import Doorbell
from backend.runtime.due import SWEEP_SECONDS
from backend.runtime.logs import logger
from backend.runtime.settings import Settings
from backend.worker.due import Turns, call_at_a_ring, sweep
from backend.worker.ringing import Ringing
from backend.worker.signatures import DAILY_SECONDS, sign_heads

log = logger(__name__)

RATES_SECONDS: Final = 3_600.0


async def main() -> None:
    """Run until cancelled."""
    settings = Settings.from_environ()
    redis: Redis = Redis.from_url(settings.redis_url)
    turns = Turns()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_for_ever("sweep", SWEEP_SECONDS, lambda: sweep(settings, redis, turns)))
        tasks.create_task(_for_ever("rates", RATES_SECONDS, lambda: fetch_and_keep(settings)))
        tasks.create_task(_for_ever("signatures", DAILY_SECONDS, lambda: sign_heads(settings)))
        tasks.create_task(_for_ever("doorbell", 1.0, lambda: answer(Doorbell(redis))))


async def answer(doorbell: Doorbell) -> None:
    """Call the workers of each tenant that rings, for as long as the connection lasts."""
    ringing = Ringing(call_at_a_ring)
    async for tenant_id in doorbell.tenants_with_news():
        ringing.ring(tenant_id)


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
