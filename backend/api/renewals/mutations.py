"""Starting and stopping runs. The chunks are issued by workers; the answer comes before they are done."""

from typing import Annotated
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import mutation, output
from backend.api.graphql.identifiers import every, the
from backend.api.graphql.results import Refused, Success, outcome
from backend.api.problems import Fault, Malformed
from backend.api.renewals.inputs import StartRunInput, StopRunInput
from backend.api.renewals.members import debtors_referred_to
from backend.api.renewals.types import Run, find_run
from backend.values.identifiers import DebtorId, IssuerId, RunId
from backend.write.execute import Receipt
from backend.write.renewals.start import StartRun
from backend.write.renewals.stop import StopRun


@output
class StartRunSuccess(Success):
    """The run is decided. Follow it by `runProgress`, or ask for it again."""

    run: Run | None


@output
class StopRunSuccess(Success):
    """The run goes no further. What is issued stays issued."""

    run: Run | None


StartRunResult = Annotated[StartRunSuccess | Refused, strawberry.union("StartRunResult")]
StopRunResult = Annotated[StopRunSuccess | Refused, strawberry.union("StopRunResult")]


@output
class RunMutations:
    """What may be done with runs."""

    @mutation
    async def start_renewal_run(self, info: Info, input: StartRunInput) -> StartRunResult:
        """Bill licence renewals: one invoice for each member, and none for those whom the debt gate blocks."""
        return await _start(info, input, kind="licence_renewal")

    @mutation
    async def start_affiliation_run(self, info: Info, input: StartRunInput) -> StartRunResult:
        """Bill the yearly affiliation of clubs: one invoice for each."""
        return await _start(info, input, kind="affiliation")

    @mutation
    async def stop_run(self, info: Info, input: StopRunInput) -> StopRunResult:
        """Leave the remaining chunks of a run undone."""
        command = StopRun(run_id=RunId(the("Run", input.run_id, "runId")), reason=input.reason)
        return await outcome(info, command, input, StopRunSuccess, run=_run)


async def _start(info: Info, input: StartRunInput, *, kind: str) -> StartRunSuccess | Refused:
    command = StartRun(
        run_id=RunId(info.context.new_id()),
        issuer_id=IssuerId(the("Issuer", input.issuer_id, "issuerId")),
        kind=kind,
        components=tuple(component.value() for component in input.fee_components),
        debtors=await _debtors(info, input),
        season=input.season,
        issued_on=input.issued_on,
        deliver=input.deliver,
        override_reason=input.override_reason,
    )
    return await outcome(info, command, input, StartRunSuccess, run=_run)


async def _debtors(info: Info, input: StartRunInput) -> tuple[DebtorId, ...]:
    match input.debtor_ids, input.references:
        case list() as ids, None:
            return tuple(map(DebtorId, every("Debtor", ids, "debtorIds")))
        case None, list() as references:
            return await debtors_referred_to(info.context.services, info.context.actor, references, "references")
    raise Malformed(Fault(detail="name the debtors either by debtorIds or by references", path=("debtorIds",)))


async def _run(info: Info, receipt: Receipt) -> Run | None:
    found: Run | None = await find_run(info, UUID(receipt.answer["run_id"]))
    return found
