"""The embedded servers of one data folder: whoever comes first starts them, everyone after uses them.

A file lock says who owns them and is free again the instant its holder dies, however it dies.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Final

from backend.runtime.embedded import postgres
from backend.runtime.embedded.mailbox import Mailbox
from backend.runtime.embedded.postgres import Passwords, Postgres
from backend.runtime.embedded.processes import free_port, is_free, own_folder, write_private
from backend.runtime.embedded.supervisor import ChildFailed, Supervisor, together
from backend.runtime.embedded.valkey import Valkey
from backend.runtime.settings import Settings

FIRST_PORTS: Final = {"postgres": 54320, "valkey": 63790, "smtp": 10250, "mailbox": 8025}
WAIT_FOR_OTHERS_SECONDS: Final = 90.0


class AlreadyRunning(Exception):
    """`carreau up` runs on this data folder; the text is its address."""


@dataclass(slots=True)
class EmbeddedServers:
    """`async with EmbeddedServers(data_dir) as settings:` runs the block with servers, started or found.

    With `alone` (as `carreau up` needs) the servers must be ours: AlreadyRunning when another `up` holds them.
    """

    data_dir: Path
    durable: bool = True
    alone: bool = False
    tell: Callable[[str], None] = lambda _line: None
    supervisor: Supervisor = field(init=False)
    _lock: int | None = field(default=None, init=False)
    _shared: int | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.data_dir = self.data_dir.absolute()
        self.supervisor = Supervisor(self.data_dir / "logs", self.tell)

    async def __aenter__(self) -> Settings:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> Settings:
        """Start the servers, or find the ones that another process of ours started."""
        # Others may walk through to PostgreSQL's own folder (it may run as nobody), but may not look around.
        own_folder(self.data_dir, mode=0o711)
        until = time.monotonic() + WAIT_FOR_OTHERS_SECONDS
        while time.monotonic() < until:
            self._lock = _locked(self.data_dir / "servers.lock", fcntl.LOCK_EX)
            if self._lock is not None:
                return await self._start_own()
            found = await self._find_running()
            if found is not None:
                return found
            await asyncio.sleep(0.1)
        raise ChildFailed(f"another process holds {self.data_dir / 'servers.lock'} and its servers do not answer")

    async def stop(self) -> None:
        """Stop what we started; leave alone what we found."""
        if self._lock is not None:
            (self.data_dir / "servers.json").unlink(missing_ok=True)
            if not self.alone:
                await self._until_nobody_uses_them()
            await self.supervisor.stop()
        self._let_go()

    async def _start_own(self) -> Settings:
        (self.data_dir / "servers.json").unlink(missing_ok=True)
        folder = postgres.place(self.data_dir)
        # A killed predecessor may still hold its port for a moment: end it before choosing ours.
        postgres.clear_stale_lock(folder)
        try:
            known = self._secrets(folder)
            parts = self._parts(self._ports(), known, folder)
            try:
                await self._start_all(parts, known)
            except ChildFailed:
                await self.supervisor.stop()
                if all(is_free(port) for port in parts.ports.values()):
                    raise
                # Between our look at a port and the server's, a neighbour took it.
                parts = self._parts(self._ports(), known, folder)
                await self._start_all(parts, known)
        except BaseException:
            # Also when cancelled: a half-started set is stopped before anybody hears of it.
            await self.supervisor.stop()
            self._let_go()
            raise
        settings = self._settings(parts)
        state = {
            "owner": os.getpid(),
            "alone": self.alone,
            "ports": parts.ports,
            "pids": {name: self.supervisor.pid(name) for name in ("postgres", "valkey", "mailbox")},
            "address": settings.public_url,
        }
        write_private(self.data_dir / "servers.json", json.dumps(state, indent=1))
        return settings

    async def _start_all(self, parts: _Parts, known: dict[str, str]) -> None:
        async def database() -> None:
            await asyncio.to_thread(
                postgres.initialise, parts.postgres.folder, superuser_password=known["postgres"], durable=self.durable
            )
            await self.supervisor.start(parts.postgres.child())
            await parts.postgres.prepare()

        # They do not need each other; whoever uses them waits for all three.
        await together(
            database(), self.supervisor.start(parts.valkey.child()), self.supervisor.start(parts.mailbox.child())
        )

    async def _find_running(self) -> Settings | None:
        """The servers of another process, if every one of them proves to be ours."""
        shared = _locked(self.data_dir / "users.lock", fcntl.LOCK_SH)
        try:
            state = json.loads((self.data_dir / "servers.json").read_text())
            known = json.loads((self.data_dir / "secrets.json").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            state = None
        if state is not None and shared is not None:
            if self.alone and state["alone"]:
                os.close(shared)
                raise AlreadyRunning(state["address"])
            parts = self._parts(state["ports"], known, postgres.place(self.data_dir))
            if not self.alone and all(
                await asyncio.gather(parts.postgres.is_ours(), parts.valkey.is_ours(), parts.mailbox.is_ours())
            ):
                self._shared = shared
                return replace(self._settings(parts), public_url=state["address"])
        if shared is not None:
            os.close(shared)
        return None

    def _let_go(self) -> None:
        for held in (self._lock, self._shared):
            if held is not None:
                os.close(held)
        self._lock = self._shared = None

    async def _until_nobody_uses_them(self) -> None:
        # Their locks go with them, so asking again is all there is to wait for.
        while (alone := _locked(self.data_dir / "users.lock", fcntl.LOCK_EX)) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        os.close(alone)

    def _parts(self, ports: dict[str, int], known: dict[str, str], folder: Path) -> _Parts:
        passwords = Passwords(superuser=known["postgres"], owner=known["owner"], app=known["app"], sweep=known["sweep"])
        return _Parts(
            postgres=Postgres(folder=folder, port=ports["postgres"], passwords=passwords, durable=self.durable),
            valkey=Valkey(
                folder=self.data_dir / "valkey", port=ports["valkey"], password=known["valkey"], durable=self.durable
            ),
            mailbox=Mailbox(
                folder=self.data_dir / "mailbox",
                smtp_port=ports["smtp"],
                page_port=ports["mailbox"],
                identity=known["mailbox"],
            ),
        )

    def _ports(self) -> dict[str, int]:
        """The ports of last time, where they are still free, so that addresses and bookmarks stay valid."""
        file = self.data_dir / "ports.json"
        # Tests run side by side and would all want the same first ports: theirs are any.
        first = FIRST_PORTS if self.durable else dict.fromkeys(FIRST_PORTS, 0)
        last = first | (json.loads(file.read_text()) if file.exists() else {})
        ports = {name: free_port(preferred=port) for name, port in last.items()}
        write_private(file, json.dumps(ports))
        return ports

    def _secrets(self, cluster: Path) -> dict[str, str]:
        file = self.data_dir / "secrets.json"
        if file.exists():
            known: dict[str, str] = json.loads(file.read_text())
            return known
        if (cluster / "PG_VERSION").exists():
            if cluster.is_relative_to(self.data_dir):
                raise ChildFailed(f"{file} is missing, and the database cannot be opened without it: restore the file")
            # The data folder was removed to begin anew; its cluster stood elsewhere and is put aside, not destroyed.
            aside = cluster.with_name(f"postgres.{time.time_ns()}")
            cluster.rename(aside)
            self.tell(f"the data folder is new; the database of the old one is kept in {aside}")
        made = {name: secrets.token_hex(24) for name in ("postgres", "owner", "app", "sweep", "valkey", "mailbox")}
        write_private(file, json.dumps(made, indent=1))
        return made

    def _settings(self, parts: _Parts) -> Settings:
        return replace(
            Settings.from_environ({**os.environ, "CARREAU_DATA": str(self.data_dir)}),
            database_url=parts.postgres.app_url,
            owner_database_url=parts.postgres.owner_url,
            sweep_database_url=parts.postgres.sweep_url,
            redis_url=parts.valkey.url,
            smtp_url=parts.mailbox.url,
            mailbox_url=parts.mailbox.page_url,
            environment="embedded",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    postgres: Postgres
    valkey: Valkey
    mailbox: Mailbox

    @property
    def ports(self) -> dict[str, int]:
        smtp, page = self.mailbox.smtp_port, self.mailbox.page_port
        return {"postgres": self.postgres.port, "valkey": self.valkey.port, "smtp": smtp, "mailbox": page}


@asynccontextmanager
async def servers_for(settings: Settings) -> AsyncIterator[Settings]:
    """Settings with servers: as given where the environment names them, else the embedded ones for this block."""
    if settings.has_servers:
        yield settings
        return
    async with EmbeddedServers(settings.data_dir) as found:
        yield found


def _locked(path: Path, kind: int) -> int | None:
    """An open, locked file descriptor, or None when someone else holds a lock that excludes ours."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
        return handle
    os.close(handle)
    return None
