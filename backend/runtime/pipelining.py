"""Connections whose statements travel together: nothing is sent until somebody waits for an answer."""

from contextlib import suppress
from typing import Any, Final

from psycopg import AsyncConnection, AsyncPipeline, Error
from psycopg.abc import PQGen
from psycopg.generators import send

BEGIN: Final = b"BEGIN"
BEGIN_SNAPSHOT: Final = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PipelinedConnection(AsyncConnection[tuple[Any, ...]]):
    """A connection that is in pipeline mode for life, and begins and ends its transactions itself.

    psycopg waits for the answer to BEGIN, gives every statement a system call of its own, and syncs once more where a
    pipeline ends: four round trips at least. Here a transaction takes one for each answer that is waited for, and the
    last statements travel with COMMIT.
    """

    _begun = False

    async def stay_in_pipeline(self) -> None:
        """Put a new connection into pipeline mode, once and for life. It must be in autocommit mode."""
        self._pipeline = _Pipeline(self)
        await self._pipeline.__aenter__()

    async def begin(self, statement: bytes = BEGIN) -> None:
        """Begin a transaction with whatever is sent next."""
        self._begun = True
        await self.execute(statement, prepare=False)

    async def commit(self) -> None:
        """Send what is queued together with COMMIT, and raise what any of it raises. Without a transaction, nothing."""
        if self._begun:
            await self.execute(b"COMMIT", prepare=False)
            await self._sync()
            self._begun = False

    async def rollback(self) -> None:
        """Leave no trace of the transaction. Without one, nothing."""
        if self._begun:
            # Whatever fails on the way is undone with the rest.
            with suppress(Error):
                await self._sync()
            await super().rollback()
            self._begun = False

    async def _sync(self) -> None:
        assert self._pipeline is not None, "the pool made us stay in it"
        await self._pipeline.sync()


class _Pipeline(AsyncPipeline):
    """psycopg's own, except for when it talks to the server: when an answer is asked for, and not before."""

    def _communicate_gen(self) -> PQGen[None]:
        return
        yield  # A generator that never waits.

    def _sync_gen(self) -> PQGen[None]:
        self._enqueue_sync()
        yield from self._fetch_gen(flush=False)

    def _fetch_gen(self, *, flush: bool) -> PQGen[None]:
        # Into the library's buffer, which grows as it must; the server sees them together.
        while self.command_queue:
            self.command_queue.popleft()()
        if flush and self.result_queue:
            self.pgconn.send_flush_request()
        yield from send(self.pgconn)
        yield from super()._fetch_gen(flush=False)
