"""What the bench found, as a table for people and as JSON for machines."""

import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from backend.bench.goals import Goal, Outcome
from backend.runtime.settings import REPOSITORY


def print_report(outcomes: Sequence[Outcome], console: Console) -> None:
    """The table, then what each figure and floor is."""
    table = Table(title="Goals as ratios to floors of the same run (median of the rounds)", title_justify="left")
    table.add_column("goal")
    for column in ("figure", "floor", "ratio", "target"):
        table.add_column(column, justify="right")
    table.add_column("verdict")
    for outcome in outcomes:
        table.add_row(*_cells(outcome))
    console.print(table)
    for outcome in outcomes:
        goal = outcome.goal
        console.print(f"[bold]{goal.name}[/bold]  {goal.figure}", highlight=False)
        console.print(f"  against  {goal.floor}", highlight=False)
        if outcome.rounds:
            ratios = ", ".join(_plain(each.ratio) for each in outcome.rounds)
            console.print(f"  rounds   {ratios}", highlight=False)
        for remark in (*outcome.remarks, *([outcome.skipped] if outcome.skipped else [])):
            console.print(f"  note     {remark}", highlight=False)


def as_json(outcomes: Sequence[Outcome], *, quick: bool) -> bytes:
    """Everything, with the machine it was found on."""
    found = {"quick": quick, "machine": _machine(), "goals": [_described(outcome) for outcome in outcomes]}
    return msgspec.json.format(msgspec.json.encode(found), indent=1)


def _cells(outcome: Outcome) -> tuple[str | Text, ...]:
    goal = outcome.goal
    verdict = Text(outcome.verdict, style="green" if outcome.rounds and outcome.met else "yellow")
    if not outcome.rounds:
        return goal.title, "", "", "", _target(goal), verdict
    figure, floor = (median(values) for values in _columns(outcome))
    sides = _plain(figure) + goal.unit, _plain(floor) + goal.unit
    return goal.title, *sides, _plain(outcome.ratio), _target(goal), verdict


def _columns(outcome: Outcome) -> tuple[list[float], list[float]]:
    return [each.figure for each in outcome.rounds], [each.floor for each in outcome.rounds]


def _target(goal: Goal) -> str:
    return f"{'≤' if goal.at_most else '≥'} {goal.target:g}"


def _plain(value: float) -> str:
    """Three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def _described(outcome: Outcome) -> dict[str, Any]:
    goal = outcome.goal
    found: dict[str, Any] = {
        "name": goal.name,
        "title": goal.title,
        "figure_is": goal.figure,
        "floor_is": goal.floor,
        "unit": goal.unit.strip(),
        "target": goal.target,
        "later": goal.later,
        "at_most": goal.at_most,
        "rounds": [{"figure": each.figure, "floor": each.floor, "ratio": each.ratio} for each in outcome.rounds],
        "remarks": outcome.remarks,
        "verdict": outcome.verdict,
    }
    if outcome.rounds:
        figures, floors = _columns(outcome)
        found |= {"figure": median(figures), "floor": median(floors), "ratio": outcome.ratio, "met": outcome.met}
    return found


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
        "commit": _commit(REPOSITORY),
    }


def _commit(folder: Path) -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()
