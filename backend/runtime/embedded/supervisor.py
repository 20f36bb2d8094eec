"""Starts processes in order of readiness, restarts what dies, and stops everything in reverse."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from backend.runtime.embedded.processes import Identity, dies_with_its_parent

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
# A child that lived this long was healthy: its next death is a new story and begins with a short pause.
HEALTHY_AFTER: Final = 60.0
LOG_KEPT_BYTES: Final = 10_000_000
TAIL_LINES: Final = 15


class ChildFailed(Exception):
    """A child did not become ready; the text ends with the last lines of its log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One process to keep alive."""

    name: str
    command: Sequence[str]
    ready: Callable[[], Awaitable[bool]] | None = None
    before: Callable[[], None] | None = None
    """Runs before every start, the restarts too: the place to clear what a killed predecessor left behind."""
    environ: Mapping[str, str] | None = None
    folder: Path | None = None
    runs_as: Identity | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals | None = None
    """What the kernel sends when we die; by default the stop signal."""
    stop_seconds: float = 8.0
    ready_seconds: float = 60.0


@dataclass(slots=True)
class _Running:
    child: Child
    process: asyncio.subprocess.Process
    since: float
    watcher: asyncio.Task[None] | None = None
    restarts: int = 0


@dataclass(slots=True)
class Supervisor:
    """Keeps its children alive. `tell` hears one line for whatever a person should know.

    Each child writes a file in `logs`; without that folder, as in a container, all write where we write.
    """

    logs: Path | None
    tell: Callable[[str], None] = lambda _line: None
    _running: list[_Running] = field(default_factory=list)
    _stopping: bool = False

    async def start(self, child: Child) -> None:
        """Start the child and wait until it is ready; ChildFailed when it is not, and nothing of it is left."""
        running = _Running(child, await self._spawn(child), time.monotonic())
        self._running.append(running)
        try:
            await self._until_ready(running)
        except ChildFailed:
            self._running.remove(running)
            await _end(running)
            raise
        running.watcher = asyncio.create_task(self._keep_alive(running), name=f"watch {child.name}")

    async def stop(self) -> None:
        """Stop all children, the last started first."""
        self._stopping = True
        while self._running:
            running = self._running.pop()
            if running.watcher is not None:
                running.watcher.cancel()
            await _end(running)
        self._stopping = False

    def pid(self, name: str) -> int:
        """The process id of a child, which changes when it is restarted."""
        return next(running.process.pid for running in self._running if running.child.name == name)

    def restarts(self, name: str) -> int:
        """How often a child was started again."""
        return next(running.restarts for running in self._running if running.child.name == name)

    async def _spawn(self, child: Child) -> asyncio.subprocess.Process:
        if child.before is not None:
            child.before()
        who = child.runs_as
        with self._output(child.name) as output:
            return await asyncio.create_subprocess_exec(
                *child.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=child.environ,
                cwd=child.folder,
                # A group of its own: Ctrl-C reaches only us, and we can end the grandchildren with the child.
                process_group=0,
                preexec_fn=dies_with_its_parent(child.death_signal or child.stop_signal),
                user=who.uid if who else None,
                group=who.gid if who else None,
                extra_groups=[] if who else None,
            )

    async def _until_ready(self, running: _Running) -> None:
        child, until = running.child, time.monotonic() + running.child.ready_seconds
        while child.ready is not None and not await child.ready():
            if running.process.returncode is not None:
                raise ChildFailed(f"{child.name} ended with code {running.process.returncode}{self._tail(child.name)}")
            if time.monotonic() > until:
                raise ChildFailed(f"{child.name} was not ready in {child.ready_seconds:.0f} s{self._tail(child.name)}")
            await asyncio.sleep(0.03)

    async def _keep_alive(self, running: _Running) -> None:
        pause = FIRST_PAUSE
        while not self._stopping:
            code = await running.process.wait()
            # Orphans of a killed leader would keep working (Dramatiq's workers do): end the whole group.
            _signal_group(running.process.pid, signal.SIGKILL)
            if time.monotonic() - running.since > HEALTHY_AFTER:
                pause = FIRST_PAUSE
            self.tell(f"{running.child.name} ended ({_described(code)}), starting again in {pause:g} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            running.process, running.since = await self._spawn(running.child), time.monotonic()
            running.restarts += 1
            try:
                await self._until_ready(running)
            except ChildFailed as failed:
                self.tell(str(failed))
                _signal_group(running.process.pid, signal.SIGKILL)

    @contextlib.contextmanager
    def _output(self, name: str) -> Iterator[IO[bytes] | None]:
        if self.logs is None:
            yield None
            return
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        if log.exists() and log.stat().st_size > LOG_KEPT_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            yield output

    def _tail(self, name: str) -> str:
        if self.logs is None:
            return ""
        with contextlib.suppress(OSError):
            lines = (self.logs / f"{name}.log").read_text(errors="replace").splitlines()[-TAIL_LINES:]
            return "".join(f"\n  {name} | {line}" for line in lines)
        return ""


async def together(*starts: Coroutine[object, object, None]) -> None:
    """Run all at once; when one fails the others are cancelled, and its error is raised as it is, not in a group."""
    try:
        async with asyncio.TaskGroup() as group:
            for start in starts:
                group.create_task(start)
    except BaseExceptionGroup as failures:
        error: BaseException = failures
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from None


async def _end(running: _Running) -> None:
    process, child = running.process, running.child
    if process.returncode is None:
        # Only the leader is asked: it knows in which order its own children should go.
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(child.stop_signal)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), child.stop_seconds)
    _signal_group(process.pid, signal.SIGKILL)
    await process.wait()


def _signal_group(group: int, asked: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, asked)


def _described(code: int) -> str:
    return f"code {code}" if code >= 0 else signal.Signals(-code).name
