"""`carreau migrate`: bring the schema to the newest revision, as the role that owns it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from backend.cli.running import run_command
from backend.runtime.embedded import servers_for
from backend.runtime.settings import Settings, refuse_to_start, settings_or_exit

if TYPE_CHECKING:
    from backend.cli import Commands


def register(commands: Commands) -> None:
    parser = commands.add_parser("migrate", help="bring the database schema to the newest revision")
    parser.set_defaults(run=lambda said: run_command(migrate_now()))


async def migrate_now() -> int:
    """Migrate the database of the environment or the embedded one."""
    async with servers_for(settings_or_exit()) as settings:
        await migrate_or_exit(settings)
    return 0


async def migrate_or_exit(settings: Settings) -> None:
    """Migrate; where that cannot be, say why in one line and end."""
    from backend.runtime.migrate import MadeByAnEarlierDraft, migrate

    if not settings.owner_database_url:
        refuse_to_start("migrations need OWNER_DATABASE_URL, the address of the role that owns the tables")
    try:
        await asyncio.to_thread(migrate, settings.owner_database_url)
    except MadeByAnEarlierDraft as why:
        refuse_to_start(str(why))
