"""The web application with a way to die: `python -m tests.faults.dying_web MOMENT…`, set up by the environment.

Each moment is one life of the process: it kills itself at its first command, `before_commit` or `after_commit` (the
reply never leaves), and the next life begins. `never` lives on. Lives are forked, so that modules are loaded once.
"""

import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import uvicorn
from starlette.applications import Starlette

from backend.api.app import build_app
from backend.runtime.clock import FixedClock
from backend.runtime.database import Connection, Database
from backend.runtime.embedded.processes import dies_with_its_parent
from backend.runtime.settings import Settings
from backend.services import Services, open_services
from backend.values.identifiers import TenantId
from tests.faults.world import A_DAY


async def killed_instead_of_ringing(_: TenantId) -> None:
    """The doorbell rings right after a commit and right before the reply."""
    os.kill(os.getpid(), signal.SIGKILL)


class DiesBeforeCommit(Database):
    """Every statement of the transaction was executed, none is committed."""

    @asynccontextmanager
    async def scope(self, tenant_id: TenantId) -> AsyncIterator[Connection]:
        async with super().scope(tenant_id) as connection:
            yield connection
            # Everything must have reached the server, or there would be nothing to roll back.
            await (await connection.execute("SELECT 1")).fetchone()
            os.kill(os.getpid(), signal.SIGKILL)


def main(moments: list[str]) -> None:
    settings = Settings.from_environ()
    for moment in moments:
        die_with_it = dies_with_its_parent(signal.SIGKILL)
        child = os.fork()
        if child == 0:
            die_with_it()
            live(settings, moment)
            os._exit(0)
        os.waitpid(child, 0)


def live(settings: Settings, moment: str) -> None:
    """One life, to its end."""

    @asynccontextmanager
    async def lifespan(outer: Starlette) -> AsyncIterator[None]:
        clock = FixedClock(A_DAY)
        async with open_services(settings, clock=clock) as services, _mortal(services, moment) as mortal:
            outer.mount("/", build_app(mortal))
            yield

    uvicorn.run(Starlette(lifespan=lifespan), host="127.0.0.1", port=settings.port, log_level="warning")


@asynccontextmanager
async def _mortal(services: Services, moment: str) -> AsyncIterator[Services]:
    match moment:
        case "after_commit":
            yield replace(services, write=replace(services.write, nudge=killed_instead_of_ringing))
        case "before_commit":
            async with DiesBeforeCommit(services.settings.database_url) as database:
                yield replace(services, write=replace(services.write, database=database))
        case _:
            yield services


if __name__ == "__main__":
    main(sys.argv[1:])
