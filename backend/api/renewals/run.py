"""A run and what became of each of its debtors; and its progress, as it happens."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

from backend.api.actors import Actor as Actor
from backend.api.authentication import actor_for
from backend.api.graphql.context import Context, Info
from backend.api.graphql.documented import output, resolved, subscription
from backend.api.graphql.node import Node, found_by
from backend.api.graphql.paging import Connection, connection, page
from backend.api.mirror import Mirror, derived
from backend.read.catch_up import follow
from backend.read.runs import queries
from backend.read.runs.queries import Outcome
from backend.values.identifiers import RunId
from backend.write.refusal import RefusalCode

# The limit of `write/renewals/start.py`.
MAX_COMPONENTS: Final = 20
# A busy tenant rings more often than anybody can read.
SHORTEST_PAUSE: Final = 0.2


class FeeComponent(Mirror[queries.FeeComponent], names={"recipient": "recipient_type"}):
    """One part of the fee, as frozen at the start. `amount` is net, in major units."""


class RunOutcome(
    Mirror[queries.RunOutcome],
    shown="OutcomeShown",
    rest={"number": "invoice_number"},
    only_rest=("code",),
    or_null=("number", "code"),
):
    """What became of one debtor. A refusal has its code and message, and names amounts, never persons."""

    code: RefusalCode | None = derived(lambda row: RefusalCode(row.code) if row.code else None, only="graphql")


class Run(
    Mirror[queries.RunRow],
    Node,
    key="run_id",
    rest={"issued_on": "invoice_date", "components": "fee_components"},
    only_rest=("issuer_org_node_id",),
    sizes={"components": (3, MAX_COMPONENTS)},
):
    """One issuer, one season, one invoice for each debtor. `issued` and `refused` count debtors, `chunksDone` of
    `chunks` the work."""

    @resolved(statements=1)
    async def outcomes(
        self,
        info: Info,
        outcome: Outcome | None = None,
        code: RefusalCode | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[RunOutcome]:
        """What became of each debtor so far, in the order of the run."""
        return await outcomes_of(info, self.row, outcome, code, (first, after, last, before))


@found_by("Run")
async def find_run(info: Info, run_id: UUID) -> Run | None:
    found = await info.context.ask(queries.run, run_id=RunId(run_id))
    return Run.of(found) if found else None


async def outcomes_of(
    info: Info,
    run: queries.RunRow,
    outcome: Outcome | None,
    code: RefusalCode | None,
    asked: tuple[int | None, str | None, int | None, str | None],
) -> Connection[RunOutcome]:
    """One page of a run's outcomes."""
    found = await info.context.ask(
        queries.run_outcomes, run_id=run.run_id, outcome=outcome, code=code.value if code else None, page=page(*asked)
    )
    return connection(found, lambda each: RunOutcome.of(each, run.currency))


@output
class RunSubscriptions:
    """What can be followed live."""

    @subscription
    async def run_progress(self, info: Info, run_id: RunId) -> AsyncIterator[Run | None]:
        """The run now, then after every change, until it is completed or stopped. Null once, and the end, for a run
        there is not, or that you may not see (any more)."""
        context, shown = info.context, None
        # The row is the truth; the doorbell only says when to look again.
        async for _ in context.services.doorbell.news(context.actor.tenant_id):
            await _authorise_again(context)
            await follow(context.services.database, context.services.keyring, context.actor.tenant_id, "money")
            run: Run | None = await find_run(info, run_id)
            if run is None:
                yield None
                return
            if shown is None or run.row != shown.row:
                yield run
            shown = run
            if run.row.state != "running":
                return
            await asyncio.sleep(SHORTEST_PAUSE)


async def _authorise_again(context: Context) -> None:
    """The rights of this moment: a token or a role that was revoked meanwhile ends the stream with an error."""
    context.known = await actor_for(context.services, context.authorization, ip=context.ip)
