"""The doorbell: after a commit, tell whoever listens that a tenant has news. Losing a ring costs nothing but time,
because rows are the truth and a sweep looks at them anyway."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Final
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.values.identifiers import TenantId

log = structlog.get_logger(__name__)

# Of the workers' queues.
NAMESPACE: Final = "carreau"
CHANNEL: Final = "carreau:tenant:"
NEWS: Final = "carreau:news"
# A listener looks at the rows at least this often, whether the bell rang or not.
REREAD_SECONDS: Final = 1.0


class Doorbell:
    """Rings and listens over Valkey's publish and subscribe."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def ring(self, tenant_id: TenantId) -> None:
        """Say that `tenant_id` has new events. Never raises and never waits long: the commit is done already."""
        try:
            async with asyncio.timeout(0.5):
                await self._redis.publish(CHANNEL + str(tenant_id), b"1")
                await self._redis.publish(NEWS, str(tenant_id).encode())
        except (RedisError, OSError, TimeoutError) as lost:
            log.info("doorbell.lost", tenant=str(tenant_id), error=type(lost).__name__)

    async def waiting(self, queues: Sequence[str]) -> dict[str, int]:
        """How many calls of the workers wait in each queue. Empty when Valkey does not answer."""
        try:
            async with asyncio.timeout(1.0):
                return {queue: int(await self._redis.llen(f"{NAMESPACE}:{queue}")) for queue in queues}
        except (RedisError, OSError, TimeoutError) as lost:
            log.info("doorbell.unanswered", error=type(lost).__name__)
            return {}

    async def news(self, tenant_id: TenantId) -> AsyncIterator[None]:
        """Yields once at the start, then whenever the tenant may have news: at a ring, or after `REREAD_SECONDS`."""
        yield
        try:
            async with self._redis.pubsub() as listener:
                await listener.subscribe(CHANNEL + str(tenant_id))
                while True:
                    await listener.get_message(ignore_subscribe_messages=True, timeout=REREAD_SECONDS)
                    yield
        except (RedisError, OSError):
            # Without Valkey the listener still rereads.
            while True:
                await asyncio.sleep(REREAD_SECONDS)
                yield

    async def tenants_with_news(self) -> AsyncIterator[TenantId]:
        """The tenants that ring, for as long as the connection lasts."""
        async with self._redis.pubsub() as listener:
            await listener.subscribe(NEWS)
            async for message in listener.listen():
                if message["type"] == "message":
                    yield TenantId(UUID(message["data"].decode()))
