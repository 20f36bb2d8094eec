"""`carreau schedule`: what happens because time passes: the sweep, the ECB's daily rates."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from backend.cli.running import keep, run_command
from backend.runtime.embedded import servers_for
from backend.runtime.embedded.supervisor import Child
from backend.runtime.settings import REPOSITORY, Settings, settings_or_exit

if TYPE_CHECKING:
    from backend.cli import Commands


def register(commands: Commands) -> None:
    parser = commands.add_parser("schedule", help="run the scheduler")
    parser.set_defaults(run=lambda said: run_command(schedule(), stopped=0))


async def schedule() -> int:
    """Schedule until told to stop, on the servers of the environment or on the embedded ones."""
    async with servers_for(settings_or_exit()) as settings:
        return await keep(scheduler_child(settings))


def scheduler_child(settings: Settings, *, environ: Mapping[str, str] | None = None) -> Child:
    """How a supervisor starts the scheduler."""
    return Child(
        name="scheduler",
        command=[sys.executable, "-m", "backend.cli.schedule"],
        environ={**os.environ, **settings.to_environ(), **(environ or {})},
        folder=REPOSITORY,
        death_signal=signal.SIGKILL,
        stop_seconds=5.0,
    )


def _be_the_scheduler() -> int:
    from backend.runtime.logs import configure_logs
    from backend.worker.schedule import main

    configure_logs(level=settings_or_exit().log_level)

    async def run() -> int:
        await main()
        return 0

    return run_command(run(), stopped=0)


if __name__ == "__main__":
    sys.exit(_be_the_scheduler())
