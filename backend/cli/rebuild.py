"""`carreau rebuild`: compute read models anew from the journal, beside the live ones, and switch."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from backend.cli.with_services import CannotGoOn, run_with_services

if TYPE_CHECKING:
    from backend.cli import Commands
    from backend.services import Services
    from backend.values.identifiers import TenantId


def register(commands: Commands) -> None:
    parser = commands.add_parser("rebuild", help="compute read models anew from the journal, and switch to them")
    parser.add_argument("--tenant", metavar="SLUG", help="this one only")
    parser.add_argument("--projection", metavar="NAME", help="this one only; `inline` for the commands' own tables")
    parser.set_defaults(run=lambda said: run_with_services(lambda services: rebuild_all(services, said)))


async def rebuild_all(services: Services, said: argparse.Namespace) -> int:
    """Rebuild the projections of the tenants one by one. Readers see the old rows until the new ones are complete."""
    from rich.console import Console
    from rich.progress import Progress

    from backend.cli.tenants import tenants_of
    from backend.read.rebuild import RebuildLost, RebuildUnderWay, UnreadableJournal
    from backend.read.rebuild_inline import NAME
    from backend.read.registry import projections

    names = [NAME, *(projection.name for projection in projections())]
    if said.projection is not None and said.projection not in names:
        raise CannotGoOn(f"there is no projection {said.projection!r}; there are {', '.join(names)}")
    wanted, failed = {said.projection} if said.projection else set(names), 0
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        for slug, tenant_id in await tenants_of(services, said.tenant):
            task = bar.add_task(slug, total=None)

            def show(position: int, head: int, task: Any = task) -> None:
                bar.update(task, completed=position, total=head)

            try:
                for name, generation in (await _rebuild(services, tenant_id, wanted, show)).items():
                    print(f"{slug}: {name} is generation {generation}")
            except (RebuildUnderWay, RebuildLost, UnreadableJournal) as why:
                failed += 1
                print(f"{slug}: {type(why).__name__}: {why}", file=sys.stderr)
    return 1 if failed else 0


async def _rebuild(
    services: Services, tenant_id: TenantId, wanted: set[str], show: Callable[[int, int], None]
) -> dict[str, int]:
    """The new generations: first of the commands' own tables, then of all read models in one reading."""
    from backend.read.rebuild import rebuild_together
    from backend.read.rebuild_inline import NAME, rebuild_inline
    from backend.read.registry import projections

    database, keyring, made = services.database, services.keyring, dict[str, int]()
    if NAME in wanted:
        made[NAME] = await rebuild_inline(database, keyring, tenant_id, progress=show)
    chosen = [projection for projection in projections() if projection.name in wanted]
    if chosen:
        made |= await rebuild_together(database, keyring, tenant_id, chosen, progress=show)
    return made
