"""Runs a coroutine as a command: signals end it in order, and what a person can repair is one line and not a trace."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Final

from backend.runtime.embedded import AlreadyRunning
from backend.runtime.embedded.supervisor import Child, ChildFailed, Supervisor
from backend.runtime.telemetry import fresh_multiprocess_folder, serve_folder

STOPPED_BY_SIGNAL: Final = 130


def run_command(command: Coroutine[object, object, int], *, stopped: int = STOPPED_BY_SIGNAL) -> int:
    """Run to the end or to the first Ctrl-C, `kill` or closed terminal; the blocks around it then clean up.

    `stopped` is the exit code after such a signal: 0 for what runs until it is told to stop.
    """
    try:
        return asyncio.run(_until_told(command, stopped))
    except ChildFailed as failed:
        print(f"carreau: {failed}", file=sys.stderr)
    except AlreadyRunning as running:
        print(f"carreau: already running at {running}", file=sys.stderr)
    return 1


async def keep(child: Child, *, metrics_at: tuple[str, int] | None = None) -> int:
    """Keep one child alive until told to stop. Its output goes where ours goes, as a container wants it.

    The metrics of its processes are together in a folder of this command alone; `metrics_at` serves them.
    """
    supervisor = Supervisor(None, tell=lambda line: print(f"carreau: {line}", file=sys.stderr, flush=True))
    with tempfile.TemporaryDirectory(prefix="carreau-metrics-") as folder:
        shared = fresh_multiprocess_folder(Path(folder))
        if metrics_at is not None:
            serve_folder(Path(folder), *metrics_at)
        try:
            await supervisor.start(replace(child, environ={**(child.environ or os.environ), **shared}))
            await asyncio.Event().wait()
        finally:
            await supervisor.stop()
    return 0


async def _until_told(command: Coroutine[object, object, int], stopped: int) -> int:
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(command)
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(told, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return stopped
