"""`carreau serve`: the web process (uvicorn)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from backend.cli.running import keep, run_command
from backend.runtime.embedded import servers_for
from backend.runtime.embedded.answers import answers
from backend.runtime.embedded.supervisor import Child
from backend.runtime.settings import REPOSITORY, Settings, settings_or_exit

if TYPE_CHECKING:
    from backend.cli import Commands

GRACEFUL_SECONDS: Final = 3
MAX_WEBSOCKET_BYTES: Final = 64 * 1024


def register(commands: Commands) -> None:
    parser = commands.add_parser("serve", help="serve the API and the web application")
    parser.add_argument("--processes", type=int, default=1, help="web processes (default 1)")
    parser.set_defaults(run=lambda said: run_command(serve(processes=said.processes), stopped=0))


async def serve(*, processes: int) -> int:
    """Serve until told to stop, on the servers of the environment or on the embedded ones."""
    async with servers_for(settings_or_exit()) as settings:
        return await keep(web_child(settings, processes=processes))


def web_child(settings: Settings, *, processes: int = 1, environ: Mapping[str, str] | None = None) -> Child:
    """How a supervisor starts the web process."""
    return Child(
        name="web",
        command=[sys.executable, "-m", "backend.cli.serve", str(processes)],
        environ={**os.environ, **settings.to_environ(), **(environ or {})},
        folder=REPOSITORY,
        ready=lambda: answers(settings.host, settings.port, "/healthz"),
        stop_seconds=GRACEFUL_SECONDS + 2,
    )


def _be_the_web_process(arguments: list[str]) -> None:
    import uvicorn

    from backend.runtime.logs import configure_logs

    settings = settings_or_exit()
    configure_logs(level=settings.log_level)
    uvicorn.run(
        "backend.api.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=int(arguments[0]),
        access_log=False,
        server_header=False,
        # None leaves uvicorn's lines to our own pipeline, so that every line of the log has one shape.
        log_config=None,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        # The library reads 16 MB into memory before anybody looks at it; no subscription of ours needs a fraction.
        ws_max_size=MAX_WEBSOCKET_BYTES,
    )


if __name__ == "__main__":
    _be_the_web_process(sys.argv[1:])
