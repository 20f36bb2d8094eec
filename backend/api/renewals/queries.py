"""Questions about runs."""

from typing import Annotated

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import the
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.results import Refused, refused
from backend.api.graphql.words import word
from backend.api.receivables.queries import issuer
from backend.api.renewals.forecast import RunForecast, forecast_run
from backend.api.renewals.inputs import StartRunInput
from backend.api.renewals.types import OutcomeKind, Run, RunKind, RunOutcome, RunState, find_run, outcomes_of, run_of
from backend.read.runs import queries
from backend.write.refusal import Refusal, RefusalCode

PreviewRunResult = Annotated[RunForecast | Refused, strawberry.union("PreviewRunResult")]


@output
class RunQueries:
    """Questions about runs."""

    @resolved
    async def runs(
        self,
        info: Info,
        state: RunState | None = None,
        issuer_id: strawberry.ID | None = None,
        season: str | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Run]:
        """The runs you may see, the newest first."""
        found = await info.context.ask(
            queries.runs,
            state=word(state),
            issuer_id=issuer(issuer_id),
            season=season,
            page=page(first, after, last, before),
        )
        return connection(found, run_of)

    @resolved
    async def run(self, info: Info, id: strawberry.ID) -> Run | None:
        """One run; null for one there is not, or that you may not see."""
        found: Run | None = await find_run(info, the("Run", id, "id"))
        return found

    @resolved
    async def run_outcomes(
        self,
        info: Info,
        run_id: strawberry.ID,
        outcome: OutcomeKind | None = None,
        code: RefusalCode | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[RunOutcome] | None:
        """What became of each debtor of a run so far. Null for a run there is not, or that you may not see."""
        run: Run | None = await find_run(info, the("Run", run_id, "runId"))
        if run is None:
            return None
        return await outcomes_of(info, run.row.run_id, run.row.currency, outcome, code, (first, after, last, before))

    @resolved
    async def preview_run(
        self, info: Info, input: StartRunInput, kind: RunKind = RunKind.LICENCE_RENEWAL
    ) -> PreviewRunResult:
        """What a run would come to if it were started now: invoices, sums, and who would get none and why. Decided by
        the handlers that would issue it; nothing is recorded, and the idempotency key is not used up."""
        try:
            return await forecast_run(info, input, kind=word(kind))
        except Refusal as refusal:
            return refused(refusal, input)
