"""A world of its own for faults: a database nobody else is in, a Valkey and a mailbox that may be emptied or killed."""

import asyncio
import os
import signal
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from pathlib import Path
from uuid import uuid4

import psycopg
from redis.asyncio import Redis

from backend.cli.schedule import scheduler_child
from backend.cli.verifying import verify_tenant
from backend.cli.work import worker_child
from backend.journal.checks.finding import Finding
from backend.runtime.clock import TravellingClock
from backend.runtime.database import Database
from backend.runtime.embedded.for_tests import copy_of_template, drop_copy
from backend.runtime.embedded.mailbox import Mailbox
from backend.runtime.embedded.maildir import names
from backend.runtime.embedded.processes import dies_with_its_parent, free_port
from backend.runtime.embedded.supervisor import Child, Supervisor
from backend.runtime.embedded.valkey import Valkey
from backend.runtime.settings import Settings
from backend.services import Services, open_services
from backend.values.identifiers import TenantId
from tests.given.federation import Federation, a_federation

A_DAY = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class World:
    """The servers, and services on them with a clock of the test; processes have the clock of the machine."""

    settings: Settings
    services: Services
    clock: TravellingClock
    folder: Path

    @property
    def maildir(self) -> Path:
        return self.folder / "mailbox"

    async def federation(self) -> Federation:
        return await a_federation(self.services.write, self.settings)

    def workers(self) -> "Process":
        return Process(worker_child(self.settings, processes=1), self.folder / f"workers-{uuid4().hex[:4]}.log")

    def scheduler(self) -> "Process":
        return Process(scheduler_child(self.settings), self.folder / "scheduler.log")

    async def ring(self, tenant_id: TenantId) -> None:
        await self.services.doorbell.ring(tenant_id)

    async def lose_the_queue(self) -> None:
        """Valkey forgets everything."""
        async with Redis.from_url(self.settings.redis_url) as redis:
            await redis.flushall()

    def copies(self) -> Counter[str]:
        """How many mails the mailbox holds by Message-ID."""
        parse = BytesHeaderParser().parsebytes
        return Counter(
            str(parse((self.maildir / "new" / name).read_bytes()[:4000])["Message-ID"]) for name in names(self.maildir)
        )

    async def count(self, tenant_id: TenantId, table: str, where: str = "true") -> int:
        """How many rows of the tenant there are."""
        async with self.services.database.scope(tenant_id) as connection:
            found = await connection.execute(f"SELECT count(*) FROM {table} WHERE {where}".encode())
            row = await found.fetchone()
        assert row is not None
        return int(row[0])

    async def owner_does(self, statement: str) -> None:
        async with await psycopg.AsyncConnection.connect(self.settings.owner_database_url, autocommit=True) as owner:
            await owner.execute(statement.encode())

    async def findings(self, tenant_id: TenantId) -> list[Finding]:
        """What `carreau verify` says."""
        return [finding async for finding in verify_tenant(self.services, tenant_id)]


class Process:
    """A process of ours, started as the supervisor would start it; `with` ends it for certain."""

    def __init__(self, child: Child, log: Path) -> None:
        self._child, self._log = child, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                self._child.command,
                env=dict(self._child.environ or os.environ),
                cwd=self._child.folder,
                stdout=output,
                stderr=output,
                preexec_fn=dies_with_its_parent(signal.SIGKILL),
            )

    def __enter__(self) -> "Process":
        if self._process is None:
            self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """`kill -9`; what it forked dies with it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    @property
    def exit_code(self) -> int | None:
        return self._process.poll() if self._process else None


async def until(condition: Callable[[], Awaitable[bool]], *, seconds: float) -> None:
    """Wait for something that other processes do."""
    try:
        async with asyncio.timeout(seconds):
            # What other processes do rings no bell here.
            while not await condition():  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"it did not come true within {seconds} s") from None


@asynccontextmanager
async def a_world(settings: Settings, folder: Path) -> AsyncIterator[World]:
    """Everything of its own, on the PostgreSQL of the test session."""
    name = f"faults_{uuid4().hex[:12]}"
    supervisor = Supervisor(folder / "logs")
    with _database(settings, name):
        try:
            own = await _servers(supervisor, _in_database(settings, name), folder)
            clock = TravellingClock(A_DAY)
            async with open_services(own, clock=clock) as services:
                # Commands of a test ring only when it says so.
                quiet = replace(services, write=replace(services.write, nudge=_nobody))
                yield World(settings=own, services=quiet, clock=clock, folder=folder)
        finally:
            await supervisor.stop()


async def _nobody(_: TenantId) -> None:
    """Nobody hears it."""


@contextmanager
def _database(settings: Settings, name: str) -> Iterator[None]:
    copy_of_template(settings.owner_database_url, name=name)
    try:
        yield
    finally:
        drop_copy(settings.owner_database_url, name=name)


def _in_database(settings: Settings, name: str) -> Settings:
    def moved(url: str) -> str:
        return url.rpartition("/")[0] + "/" + name

    return replace(
        settings,
        database_url=moved(settings.database_url),
        owner_database_url=moved(settings.owner_database_url),
        sweep_database_url=moved(settings.sweep_database_url),
    )


async def _servers(supervisor: Supervisor, settings: Settings, folder: Path) -> Settings:
    valkey = Valkey(folder=folder / "valkey", port=free_port(), password="faults", durable=False)
    mailbox = Mailbox(folder=folder / "mailbox", smtp_port=free_port(), page_port=free_port(), identity="faults")
    await asyncio.gather(supervisor.start(valkey.child()), supervisor.start(mailbox.child()))
    return replace(
        settings,
        redis_url=valkey.url,
        smtp_url=mailbox.url,
        data_dir=folder,
        storage_url=f"file://{folder}/documents",
        keyring_file=folder / "keyring.json",
    )


def a_pool(world: World) -> Database:
    """Another pool on the world's database: what happens to its connections happens to nobody else."""
    return Database(world.settings.database_url)
