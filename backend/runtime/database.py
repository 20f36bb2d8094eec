"""The pool of one process, and the only place where a statement gets its tenant.

`scope` opens one transaction for one tenant, `snapshot` one that only reads. Outside them the application role can read
no tenant table at all.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, AsyncCursor
from psycopg.abc import Params, QueryNoTemplate
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from backend.runtime.pipelining import BEGIN_SNAPSHOT, PipelinedConnection
from backend.values.identifiers import TenantId

# A statement that was sent; its answer, and its error, come with fetching.
Asked = AsyncCursor[tuple[Any, ...]]


class ReadConnection(Protocol):
    """A transaction that is only asked. `snapshot` gives one in which PostgreSQL refuses every write.

    All that writes (`insert_rows`, `append`, the inline tables) demands a `Connection`, which this is not: a question
    that calls it does not type-check.
    """

    async def execute(
        self, query: QueryNoTemplate, params: Params | None = None, *, prepare: bool | None = None, binary: bool = False
    ) -> Asked:
        """Put a statement in the queue. It is sent when somebody waits for an answer, and **raises nothing here**: what
        is wrong with it is raised where its answer is fetched, or the next one, or by the commit. An `except` around
        `execute` alone never fires (record 15)."""
        ...


# A transaction that writes, and may be asked, too: what `scope` gives. Its `execute` raises as late as the one above.
Connection = AsyncConnection[tuple[Any, ...]]

POOL_SIZE: Final = 16
# So many of them at once for one tenant: a busy one queues behind itself, and leaves the rest to its neighbours.
TENANT_SHARE: Final = 10
# Nobody waits longer for a connection, the pool's or the tenant's own.
CONNECTION_SECONDS: Final = 15.0
# A statement that waits longer than this for a lock or for its own end is a fault, and says so.
STATEMENT_TIMEOUT_MS: Final = 30_000
LOCK_TIMEOUT_MS: Final = 10_000


@dataclass(slots=True)
class _Share:
    """What one tenant holds and waits for; forgotten when that is nothing."""

    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(TENANT_SHARE))
    users: int = 0


_COLUMNS: Final = (
    b"SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
    b" WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0"
    b" AND NOT a.attisdropped"
)


class Database:
    """A pool of connections of the application role."""

    def __init__(self, url: str, *, size: int = POOL_SIZE) -> None:
        options = f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS} -c timezone=UTC"
        self._pool: AsyncConnectionPool[PipelinedConnection] = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=size,
            open=False,
            timeout=CONNECTION_SECONDS,
            connection_class=PipelinedConnection,
            configure=PipelinedConnection.stay_in_pipeline,
            kwargs={"options": options, "autocommit": True},
        )
        self._shares: dict[TenantId, _Share] = {}

    async def open(self) -> "Database":
        await self._pool.open(wait=True)
        return self

    async def close(self) -> None:
        await self._pool.close()

    async def __aenter__(self) -> "Database":
        return await self.open()

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def scope(self, tenant_id: TenantId) -> AsyncIterator[Connection]:
        """One transaction that sees and writes the rows of one tenant; commits at the end, rolls back on an error."""
        async with self._of(tenant_id) as connection:
            await connection.begin()
            # Never prepared: each tenant has a statement of its own, and they would displace the others.
            await connection.execute(scope_statement(tenant_id), prepare=False)
            yield connection

    @asynccontextmanager
    async def snapshot(self, tenant_id: TenantId) -> AsyncIterator[ReadConnection]:
        """Like `scope`, but every statement sees one and the same moment, and nothing can be written."""
        async with self._of(tenant_id) as connection:
            await connection.begin(BEGIN_SNAPSHOT)
            await connection.execute(scope_statement(tenant_id), prepare=False)
            yield connection

    @asynccontextmanager
    async def unscoped(self) -> AsyncIterator[Connection]:
        """One transaction without a tenant: for what precedes a scope (`directory`) and for reference rates."""
        async with self._pool.connection() as connection:
            await connection.begin()
            yield connection

    async def answers(self) -> None:
        """Ask for an answer and nothing else. Raises what a statement raises where there is none."""
        async with self.unscoped() as connection:
            await connection.execute(b"SELECT 1")

    async def columns(self) -> frozenset[tuple[str, str]]:
        """Every column of ours that is there, with its table. The catalogue is open to every role, which
        `alembic_version` is not; and it tells what is there, not what was written down."""
        async with self.unscoped() as connection:
            found = await connection.execute(_COLUMNS)
            return frozenset((row[0], row[1]) for row in await found.fetchall())

    @asynccontextmanager
    async def _of(self, tenant_id: TenantId) -> AsyncIterator[PipelinedConnection]:
        """A connection within the tenant's share of the pool. Raises `PoolTimeout`, as the pool does."""
        share = self._shares.setdefault(tenant_id, _Share())
        share.users += 1
        try:
            try:
                async with asyncio.timeout(CONNECTION_SECONDS):
                    await share.free.acquire()
            except TimeoutError:
                raise PoolTimeout("this tenant uses its share of the connections") from None
            try:
                async with self._pool.connection() as connection:
                    yield connection
            finally:
                share.free.release()
        finally:
            share.users -= 1
            if not share.users:
                self._shares.pop(tenant_id, None)


def scope_statement(tenant_id: TenantId) -> bytes:
    """The statement that puts the rest of the transaction into a tenant. `SET LOCAL` reaches the workers of a
    distributed PostgreSQL too, which `set_config` does not; it takes no parameter, so the UUID is checked here."""
    if not isinstance(tenant_id, UUID):
        raise TypeError("a tenant is named by a UUID")
    return b"SET LOCAL app.tenant_id = '%s'" % str(tenant_id).encode("ascii")


async def connect(url: str) -> Connection:
    """One connection outside any pool, for the command line and for bulk checks."""
    return await psycopg.AsyncConnection.connect(url)
