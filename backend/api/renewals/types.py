"""A run and what became of each of its debtors, as clients see them."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

import strawberry

from backend.api.graphql.actors import Actor, actor_of
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved, words
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.node import Node, found_by
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.words import word
from backend.read.runs import queries
from backend.values.identifiers import RunId
from backend.write.refusal import RefusalCode


@words
class RunKind(Enum):
    """What a run bills."""

    LICENCE_RENEWAL = "licence_renewal"
    AFFILIATION = "affiliation"


@words
class RunState(Enum):
    """Whether a run goes on."""

    RUNNING = "running"
    COMPLETED = "completed"
    STOPPED = "stopped"


@words
class OutcomeKind(Enum):
    """What became of a debtor: an invoice, or a refusal."""

    ISSUED = "issued"
    REFUSED = "refused"


@output
class FeeComponent:
    """One part of the fee. `amount` is net, in major units."""

    code: str
    name: str
    amount: Decimal
    recipient_type: str
    tax_category: str


@output
class RunOutcome:
    """What became of one debtor. A refusal has its code and message, and names amounts, never persons."""

    debtor_id: strawberry.ID
    outcome: OutcomeKind
    invoice_id: strawberry.ID | None
    number: str
    total: Money
    code: RefusalCode | None
    message: str


@output
class Run(Node):
    """One issuer, one season, one invoice for each debtor. `issued` and `refused` count debtors, `chunksDone` of
    `chunks` the work."""

    issuer_id: strawberry.ID
    issuer_name: str
    kind: RunKind
    season: str
    state: RunState
    issued_on: date
    deliver: bool
    override_reason: str
    components: list[FeeComponent]
    members: int
    chunks: int
    chunks_done: int
    issued: int
    refused: int
    total: Money
    started_by: Actor
    started_at: datetime
    ended_at: datetime | None
    stop_reason: str
    row: strawberry.Private[queries.RunRow]

    @resolved
    async def outcomes(
        self,
        info: Info,
        outcome: OutcomeKind | None = None,
        code: RefusalCode | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[RunOutcome]:
        """What became of each debtor so far, in the order of the run."""
        return await outcomes_of(info, self.row.run_id, self.row.currency, outcome, code, (first, after, last, before))


@found_by("Run")
async def find_run(info: Info, run_id: UUID) -> Run | None:
    found = await info.context.ask(queries.run, run_id=RunId(run_id))
    return run_of(found) if found else None


async def outcomes_of(
    info: Info,
    run_id: RunId,
    currency: str,
    outcome: OutcomeKind | None,
    code: RefusalCode | None,
    asked: tuple[int | None, str | None, int | None, str | None],
) -> Connection[RunOutcome]:
    """One page of a run's outcomes."""
    found = await info.context.ask(
        queries.run_outcomes, run_id=run_id, outcome=word(outcome), code=code.value if code else None, page=page(*asked)
    )
    return connection(found, lambda each: _outcome(each, currency))


def run_of(row: queries.RunRow) -> Run:
    return Run(
        id=encoded("Run", row.run_id),
        issuer_id=encoded("Issuer", row.issuer_id),
        issuer_name=row.issuer_name,
        kind=RunKind(row.kind),
        season=row.season,
        state=RunState(row.state),
        issued_on=row.issued_on,
        deliver=row.deliver,
        override_reason=row.override_reason,
        members=row.members,
        chunks=row.chunks,
        chunks_done=row.chunks_done,
        issued=row.issued,
        refused=row.refused,
        total=money(row.total_minor, row.currency),
        started_by=actor_of(row.started_by),
        started_at=row.started_at,
        ended_at=row.ended_at,
        stop_reason=row.stop_reason,
        components=[
            FeeComponent(
                code=each.code,
                name=each.name,
                amount=each.amount,
                recipient_type=each.recipient,
                tax_category=each.tax_category,
            )
            for each in row.components
        ],
        row=row,
    )


def _outcome(found: queries.RunOutcome, currency: str) -> RunOutcome:
    return RunOutcome(
        debtor_id=encoded("Debtor", found.debtor_id),
        outcome=OutcomeKind(found.outcome),
        invoice_id=encoded("Invoice", found.invoice_id) if found.invoice_id else None,
        number=found.number,
        total=money(found.total_minor, currency),
        code=RefusalCode(found.code) if found.code else None,
        message=found.message,
    )
