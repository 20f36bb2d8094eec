"""`carreau work`: the workers (Dramatiq). PostgreSQL holds what must be done; the messages only ring the bell."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from backend.cli.running import keep, run_command
from backend.runtime.embedded import servers_for
from backend.runtime.embedded.processes import dies_with_its_parent
from backend.runtime.embedded.supervisor import Child
from backend.runtime.settings import REPOSITORY, Settings, settings_or_exit

if TYPE_CHECKING:
    from backend.cli import Commands

DEFAULT_PROCESSES: Final = 2
DEFAULT_THREADS: Final = 8
# Dramatiq's own default is ten minutes: longer than anyone waits after Ctrl-C. What is cut off is done again.
SHUTDOWN_MILLISECONDS: Final = 5_000
# An idle worker asks again after this long; the default of a second is felt, at every message and at every stop.
IDLE_MILLISECONDS: Final = 200


def register(commands: Commands) -> None:
    parser = commands.add_parser("work", help="run the workers: documents, deliveries, read models")
    parser.add_argument("--processes", type=int, default=DEFAULT_PROCESSES, help="worker processes (default 2)")
    parser.add_argument("--metrics-port", type=int, default=0, help="serve Prometheus metrics on this port")
    parser.add_argument("--metrics-host", default="127.0.0.1", help="address for the metrics (default 127.0.0.1)")
    parser.set_defaults(
        run=lambda said: run_command(
            work(processes=said.processes, metrics_host=said.metrics_host, metrics_port=said.metrics_port), stopped=0
        )
    )


async def work(*, processes: int, metrics_host: str, metrics_port: int) -> int:
    """Work until told to stop, on the servers of the environment or on the embedded ones."""
    async with servers_for(settings_or_exit()) as settings:
        metrics_at = (metrics_host, metrics_port) if metrics_port else None
        return await keep(worker_child(settings, processes=processes), metrics_at=metrics_at)


def worker_child(
    settings: Settings, *, processes: int = DEFAULT_PROCESSES, environ: Mapping[str, str] | None = None
) -> Child:
    """How a supervisor starts the workers. When one of them dies, Dramatiq's master ends and is started again."""
    return Child(
        name="workers",
        command=[sys.executable, "-m", "backend.cli.work", str(processes)],
        environ={
            **os.environ,
            **settings.to_environ(),
            **(environ or {}),
            "dramatiq_worker_timeout": str(IDLE_MILLISECONDS),
        },
        folder=REPOSITORY,
        death_signal=signal.SIGKILL,
        stop_seconds=SHUTDOWN_MILLISECONDS / 1000 + 2,
    )


def _be_the_worker_process(arguments: list[str]) -> int:
    from dramatiq.cli import main, make_argument_parser

    from backend.runtime.logs import configure_logs

    configure_logs(level=settings_or_exit().log_level)
    # Workers of a killed master would keep consuming, for ever and unseen: they die with it. What a worker forks in
    # turn is left alone, because the kernel would end it together with the thread that forked it.
    master, die_with_it = os.getpid(), dies_with_its_parent(signal.SIGKILL)
    os.register_at_fork(after_in_child=lambda: die_with_it() if os.getppid() == master else None)
    said = make_argument_parser().parse_args(  # type: ignore[no-untyped-call]
        [
            "backend.worker.actors",
            "--processes",
            arguments[0],
            "--threads",
            str(DEFAULT_THREADS),
            "--worker-shutdown-timeout",
            str(SHUTDOWN_MILLISECONDS),
            "--skip-logging",
        ]
    )
    code: int = main(said)  # type: ignore[no-untyped-call]
    return code


if __name__ == "__main__":
    sys.exit(_be_the_worker_process(sys.argv[1:]))
