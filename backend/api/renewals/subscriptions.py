"""The progress of a run, as it happens. The row is the truth; the doorbell only says when to look again."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

import strawberry

from backend.api.authentication import actor_for
from backend.api.graphql.context import Context, Info
from backend.api.graphql.documented import output, subscription
from backend.api.graphql.identifiers import the
from backend.api.renewals.types import Run, RunState, find_run
from backend.read.catch_up import follow

# A busy tenant rings more often than anybody can read.
SHORTEST_PAUSE: Final = 0.2


@output
class RunSubscriptions:
    """What can be followed live."""

    @subscription
    async def run_progress(self, info: Info, run_id: strawberry.ID) -> AsyncIterator[Run | None]:
        """The run now, then after every change, until it is completed or stopped. Null once, and the end, for a run
        there is not, or that you may not see (any more)."""
        context, identifier, shown = info.context, the("Run", run_id, "runId"), None
        async for _ in context.services.doorbell.news(context.actor.tenant_id):
            await _authorise_again(context)
            await follow(context.services.database, context.services.keyring, context.actor.tenant_id, "money")
            run: Run | None = await find_run(info, identifier)
            if run is None:
                yield None
                return
            if shown is None or run.row != shown.row:
                yield run
            shown = run
            if run.state is not RunState.RUNNING:
                return
            await asyncio.sleep(SHORTEST_PAUSE)


async def _authorise_again(context: Context) -> None:
    """The rights of this moment: a token or a role that was revoked meanwhile ends the stream with an error."""
    context.known = await actor_for(context.services, context.authorization, ip=context.ip)
