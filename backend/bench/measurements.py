"""Which function measures which goals, and the run through them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from backend.bench.aging import measure_aging
from backend.bench.bench import Bench
from backend.bench.goals import (
    AGING,
    GATE,
    GATE_P99,
    ISSUE,
    MEMORY,
    PAGE,
    PDF,
    PROJECTIONS,
    PROJECTOR,
    REBUILD,
    RUN,
    SIGN_IN,
    Goal,
    Outcome,
)
from backend.bench.issuing import measure_issue
from backend.bench.projecting import measure_projector
from backend.bench.rendering import measure_pdf
from backend.bench.running import measure_rebuild, measure_run
from backend.bench.serving import measure_web
from backend.bench.signing_in import measure_sign_in


@dataclass(frozen=True, slots=True)
class Measurement:
    """Goals that are measured together. Those of issue 2 are measured by `--quick` too."""

    goals: tuple[Goal, ...]
    measure: Callable[[Bench], Awaitable[tuple[Outcome, ...]]]
    quick: bool = True


MEASUREMENTS: Final = (
    Measurement((ISSUE,), measure_issue),
    Measurement((RUN, PROJECTIONS), measure_run),
    Measurement((GATE, GATE_P99, PAGE, MEMORY), measure_web),
    Measurement((PROJECTOR,), measure_projector),
    Measurement((AGING,), measure_aging, quick=False),
    Measurement((PDF,), measure_pdf, quick=False),
    Measurement((REBUILD,), measure_rebuild, quick=False),
    Measurement((SIGN_IN,), measure_sign_in, quick=False),
)


def wanted(names: Sequence[str], *, quick: bool) -> tuple[Measurement, ...]:
    """The measurements of the goals of these names; without names all, or those of a quick run."""
    if names:
        return tuple(each for each in MEASUREMENTS if any(goal.name in names for goal in each.goals))
    return tuple(each for each in MEASUREMENTS if each.quick or not quick)


async def measured(bench: Bench, measurements: Sequence[Measurement]) -> list[Outcome]:
    """The outcomes, one measurement after the other."""
    return [outcome for each in measurements for outcome in await each.measure(bench)]
