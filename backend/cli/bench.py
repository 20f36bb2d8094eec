"""`carreau bench`: the goals of the design, measured on servers of its own, each against its floor."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from backend.cli.running import run_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from backend.bench.goals import Outcome
    from backend.bench.measurements import Measurement
    from backend.cli import Commands
    from backend.runtime.settings import Settings

NOTHING_MEASURED = 2


def register(commands: Commands) -> None:
    parser = commands.add_parser("bench", help="measure the goals of the design against floors of the same run")
    parser.add_argument("--goal", action="append", default=[], metavar="NAME", help="only this goal; may be repeated")
    parser.add_argument("--quick", action="store_true", help="the first six goals with small sizes, under a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything to this file too")
    parser.set_defaults(run=lambda said: run_command(bench(said)))


async def bench(said: argparse.Namespace) -> int:
    """Start servers, measure, print. The exit code says that it was measured, not that a goal was met."""
    from rich.console import Console

    from backend.bench.measurements import MEASUREMENTS, wanted
    from backend.bench.report import as_json, print_report
    from backend.bench.world import bench_servers

    console = Console()
    known = [goal.name for each in MEASUREMENTS for goal in each.goals]
    if strange := [name for name in said.goal if name not in known]:
        console.print(f"carreau: there is no goal {strange[0]!r}; there are {', '.join(known)}", highlight=False)
        return NOTHING_MEASURED
    chosen = wanted(said.goal, quick=said.quick)
    async with bench_servers() as settings:
        # The loop that the web process runs on cannot start PostgreSQL as another user; so the servers stay with
        # this loop, and what is measured runs on that one, in a thread of its own.
        outcomes = await asyncio.to_thread(_measure, settings, chosen, said.quick, console)
    print_report(outcomes, console)
    if said.json:
        said.json.write_bytes(as_json(outcomes, quick=said.quick))
    return 0


def _measure(settings: Settings, chosen: Sequence[Measurement], quick: bool, console: Console) -> list[Outcome]:
    import uvloop

    from backend.bench.bench import Bench
    from backend.bench.measurements import measured
    from backend.bench.world import bench_services
    from backend.runtime.logs import configure_logs

    async def run() -> list[Outcome]:
        async with bench_services(settings) as services:
            with console.status("") as status:
                bench = Bench(services=services, quick=quick, tell=lambda line: status.update(line))
                return await measured(bench, chosen)

    configure_logs(level="error")
    return uvloop.run(run())
