"""Runs a command that needs the database: opens what it works with, and tells a person in one line what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from backend.cli.running import run_command
from backend.runtime.settings import settings_or_exit

if TYPE_CHECKING:
    from backend.services import Services
    from backend.tenants.directory import KnownTenant

FAILED: Final = 1


class CannotGoOn(Exception):
    """Something the person at the keyboard can repair; the text says what, and what to type instead."""


def run_with_services(work: Callable[[Services], Awaitable[int]]) -> int:
    """Run `work` on the servers of the environment or on the embedded ones, started or found."""
    return run_command(_open_and_run(work))


async def told(work: Callable[[Services], Awaitable[int]], services: Services) -> int:
    """Run `work`; what it cannot do, or may not, is one line on stderr and exit code 1."""
    import psycopg

    from backend.tenants.actor import Forbidden
    from backend.write.refusal import Refusal

    try:
        return await work(services)
    except CannotGoOn as why:
        print(f"carreau: {why}", file=sys.stderr)
    except Refusal as refusal:
        print(f"carreau: {refusal.code}: {refusal.message}", file=sys.stderr)
    except Forbidden as forbidden:
        print(f"carreau: {forbidden}", file=sys.stderr)
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedFunction):
        print("carreau: the database is empty: run ./carreau up (or ./carreau migrate) once before", file=sys.stderr)
    return FAILED


async def tenant_named(services: Services, slug: str) -> KnownTenant:
    """The tenant of this slug. Raises `CannotGoOn`."""
    from backend.tenants.directory import tenant_by_slug

    tenant = await tenant_by_slug(services.database, slug)
    if tenant is None:
        raise CannotGoOn(f"there is no tenant {slug!r}")
    return tenant


async def _open_and_run(work: Callable[[Services], Awaitable[int]]) -> int:
    from backend.runtime.embedded import servers_for
    from backend.runtime.logs import configure_logs
    from backend.services import open_services

    given = settings_or_exit()
    # A terminal is for the answer; what the log has to say at a lower level is for the processes that stay.
    configure_logs(level="debug" if given.log_level == "debug" else "warning")
    async with servers_for(given) as settings, open_services(settings) as services:
        return await told(work, services)
