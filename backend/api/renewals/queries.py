"""Questions about runs."""

from typing import Annotated

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.results import Refused, refused
from backend.api.graphql.sizes import REHEARSAL
from backend.api.renewals.commands import StartRunInput
from backend.api.renewals.forecast import RunForecast, forecast_run
from backend.api.renewals.run import Run, RunOutcome, find_run, outcomes_of
from backend.read.runs import queries
from backend.read.runs.queries import Outcome, RunState
from backend.values.documents import RunKind
from backend.values.identifiers import IssuerId, RunId
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
        issuer_id: IssuerId | None = None,
        season: str | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Run]:
        """The runs you may see, the newest first."""
        asked = page(first, after, last, before)
        found = await info.context.ask(queries.runs, state=state, issuer_id=issuer_id, season=season, page=asked)
        return connection(found, Run.of)

    @resolved
    async def run(self, info: Info, id: RunId) -> Run | None:
        """One run; null for one there is not, or that you may not see."""
        return await find_run(info, id)

    @resolved
    async def run_outcomes(
        self,
        info: Info,
        run_id: RunId,
        outcome: Outcome | None = None,
        code: RefusalCode | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[RunOutcome] | None:
        """What became of each debtor of a run so far. Null for a run there is not, or that you may not see."""
        run = await info.context.ask(queries.run, run_id=run_id)
        return await outcomes_of(info, run, outcome, code, (first, after, last, before)) if run else None

    @resolved(rehearsal=REHEARSAL)
    async def preview_run(
        self, info: Info, input: StartRunInput, kind: RunKind = "licence_renewal"
    ) -> PreviewRunResult:
        """What a run would come to if it were started now: invoices, sums, and who would get none and why. Decided by
        the handlers that would issue it; nothing is recorded, and the idempotency key is not used up."""
        try:
            return await forecast_run(info, input, kind)
        except Refusal as refusal:
            return refused(refusal, input)
