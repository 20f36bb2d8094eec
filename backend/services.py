"""What one process works with, opened once: database, keys, write side, documents, doorbell. Web, workers and command
line all start here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from redis.asyncio import Redis

from backend.journal.keys import Keyring
from backend.runtime.budgets import Budgets
from backend.runtime.clock import Clock, SystemClock
from backend.runtime.database import Database
from backend.runtime.doorbell import Doorbell
from backend.runtime.garbage import search_rarely
from backend.runtime.settings import Settings
from backend.runtime.storage import DocumentStore
from backend.tenants.directory import TokenTenants
from backend.write.execute import WriteSide


@dataclass(frozen=True, kw_only=True)
class Services:
    """The open resources of a process. `write` executes commands and rings the doorbell after each."""

    settings: Settings
    database: Database
    keyring: Keyring
    clock: Clock
    store: DocumentStore
    doorbell: Doorbell
    write: WriteSide
    budgets: Budgets = field(default_factory=Budgets)
    tokens: TokenTenants = field(default_factory=TokenTenants)


@asynccontextmanager
async def open_services(
    settings: Settings, *, clock: Clock | None = None, limited: bool = True
) -> AsyncIterator[Services]:
    """Open everything, and close it at the end of the block. Without `limited` nobody has a budget."""
    search_rarely()
    chosen = clock or SystemClock()
    keyring = Keyring.load(settings.keyring_file)
    redis: Redis = Redis.from_url(settings.redis_url, socket_timeout=5, socket_connect_timeout=2)
    doorbell = Doorbell(redis)
    async with Database(settings.database_url) as database:
        try:
            yield Services(
                settings=settings,
                database=database,
                keyring=keyring,
                clock=chosen,
                doorbell=doorbell,
                store=DocumentStore.from_url(settings.storage_url),
                write=WriteSide(database=database, keyring=keyring, clock=chosen, nudge=doorbell.ring),
                budgets=Budgets(redis, limited=limited),
            )
        finally:
            await redis.aclose()
