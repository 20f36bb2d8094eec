"""The goals as values: what is measured, against which floor, and how far it should get. And what came of it."""

from dataclasses import dataclass
from statistics import median
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal of the design. `figure` and `floor` say in a sentence what is measured and what it is held against.

    The ratio is figure / floor and should reach `target`, and one day `later`; with `at_most` it should stay below.
    """

    name: str
    title: str
    figure: str
    floor: str
    unit: str
    target: float
    later: float | None = None
    at_most: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One measurement of both, side by side, so that a noisy minute touches both alike."""

    figure: float
    floor: float

    @property
    def ratio(self) -> float:
        return self.figure / self.floor


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The rounds of one goal, or why there are none. `remarks` are figures worth knowing beside the ratio."""

    goal: Goal
    rounds: tuple[Round, ...] = ()
    remarks: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return median(each.ratio for each in self.rounds)

    @property
    def met(self) -> bool:
        return self.ratio <= self.goal.target if self.goal.at_most else self.ratio >= self.goal.target

    @property
    def verdict(self) -> str:
        if self.skipped:
            return "skipped"
        if not self.met:
            return "not met"
        if self.goal.later is not None and self.ratio < self.goal.later:
            return f"met (then {self.goal.later:g})"
        return "met"


ISSUE: Final = Goal(
    name="issue",
    title="one issued invoice",
    unit="/s",
    target=0.25,
    later=0.40,
    figure="invoices issued per second by 8 clients on 8 tenants in one process: authorisation, idempotency receipt,"
    " lock, loads, decision, number, encryption, hash chain, ledger entry, dispatch, commit, doorbell",
    floor="bare inserts per second of one row of the size of an envelope, autocommit, by 8 clients with psycopg's async"
    " connections in the same process and event loop",
)
RUN: Final = Goal(
    name="run",
    title="renewal run",
    unit="/s",
    target=0.12,
    later=0.25,
    figure="invoices per second of a renewal run (two lines, gate and duplicates checked, encrypted, chained, durable),"
    " chunk after chunk, by one worker",
    floor="the very rows that run wrote, read back and written by binary COPY as the owner into logged copies of their"
    " tables (same indexes, one transaction), in invoices per second",
)
PROJECTIONS: Final = Goal(
    name="projections",
    title="run with every projection",
    unit="/s",
    target=0.25,
    figure="invoices per second of the same run until every read model has caught up, by the same worker one after the"
    " other",
    floor="invoices per second of the run alone",
)
GATE: Final = Goal(
    name="gate",
    title="debt gate over HTTP",
    unit="/s",
    target=0.25,
    figure="GET /api/v1/debts/check/{debtor} per second under row-level security, token checked every time, one web"
    " process, 8 connections",
    floor="a static JSON answer of the same size per second from the same process",
)
GATE_P99: Final = Goal(
    name="gate-p99",
    title="debt gate, slowest per cent",
    unit=" ms",
    target=5,
    at_most=True,
    figure="99th percentile of the gate's latency in that measurement",
    floor="99th percentile of the static answer",
)
PAGE: Final = Goal(
    name="page",
    title="page of 50 invoices",
    unit="/s",
    target=0.035,
    later=0.06,
    figure="pages of 50 invoices with 31 fields each through GraphQL per second, one web process, 8 connections",
    floor="the text of the very same answer, stored in a table under row-level security and sent as it is, with the"
    " same token check",
)
PROJECTOR: Final = Goal(
    name="projector",
    title="projector in batches",
    unit="/s",
    target=40,
    figure="events per second folded into all read models in batches, as `catch_up` does",
    floor="events per second folded one by one, each in a transaction of its own",
)
AGING: Final = Goal(
    name="aging",
    title="aging report",
    unit="/s",
    target=45,
    figure="aging reports per second from the roll-up by due date",
    floor="the same sums by live SQL over the entries of the open invoices",
)
PDF: Final = Goal(
    name="pdf",
    title="PDF with QR codes and fonts",
    unit="/s",
    target=10,
    figure="invoices per second rendered by our renderers, 2 processes",
    floor="the same pages by WeasyPrint, 2 processes",
)
REBUILD: Final = Goal(
    name="rebuild",
    title="rebuild of all read models",
    unit="/s",
    target=0.05,
    figure="events per second of a rebuild of all read models together, beside the live ones, switch included",
    floor="the same journal rows written by binary COPY",
)
SIGN_IN: Final = Goal(
    name="sign-in",
    title="longest sign-in during a run",
    unit=" ms",
    target=2,
    at_most=True,
    figure="the longest wait of somebody who signs in (session opened, sealed, chained, durable) every 20 ms while a"
    " process of its own issues a run of 20,000 in their federation",
    floor="the longest wait of as many sign-ins without a run",
)
MEMORY: Final = Goal(
    name="memory",
    title="memory of one web process",
    unit=" MB",
    target=1,
    at_most=True,
    figure="resident memory of the web process after the load of the goals above",
    floor="the goal itself: 110 MB",
)

GOALS: Final[tuple[Goal, ...]] = (
    ISSUE,
    RUN,
    PROJECTIONS,
    GATE,
    GATE_P99,
    PAGE,
    PROJECTOR,
    AGING,
    PDF,
    REBUILD,
    SIGN_IN,
    MEMORY,
)
