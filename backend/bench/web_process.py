"""Starts the web process of the bench, and stops it."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from backend.runtime.embedded.answers import answers
from backend.runtime.embedded.processes import dies_with_its_parent, free_port
from backend.runtime.settings import REPOSITORY, Settings

READY_SECONDS: Final = 30
STOP_SECONDS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class WebProcess:
    """A running web process."""

    port: int
    pid: int

    @property
    def resident_mb(self) -> float:
        """The memory it holds now."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@asynccontextmanager
async def web_process(settings: Settings) -> AsyncIterator[WebProcess]:
    """One web process with the settings of production, logging to a file of the run."""
    own = replace(settings, port=free_port())
    log = settings.data_dir / "web.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: ASYNC220 - uvloop cannot set what the kernel is to do when we die
            [sys.executable, "-m", "backend.bench.web"],
            cwd=REPOSITORY,
            env={**os.environ, **own.to_environ()},
            stdout=output,
            stderr=output,
            preexec_fn=dies_with_its_parent(signal.SIGKILL),
        )
    try:
        for _ in range(READY_SECONDS * 20):
            if await answers(own.host, own.port, "/healthz"):
                break
            if process.poll() is not None:
                raise RuntimeError(f"the web process ended: {log.read_text()[-2000:]}")
            await asyncio.sleep(0.05)
        yield WebProcess(port=own.port, pid=process.pid)
    finally:
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
