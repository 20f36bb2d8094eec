"""Starting and stopping runs. The chunks are issued by workers; the answer comes before they are done."""

from datetime import date
from typing import ClassVar

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, output
from backend.api.graphql.inputs import Input
from backend.api.graphql.results import Once, Success, free_mutation, mutation, outcome, succeeds
from backend.api.problems import Fault, Malformed
from backend.api.renewals.members import debtors_referred_to
from backend.api.renewals.run import Run
from backend.values.documents import RunKind
from backend.values.identifiers import DebtorId, IssuerId, RunId
from backend.write.renewals.start import StartRun, WantedComponent
from backend.write.renewals.stop import StopRun


class FeeComponentInput(Input[WantedComponent], names={"recipient": "recipient_type"}):
    """One part of the fee: a line of every invoice. `amount` is net, in major units of the issuer's currency;
    `recipientType` says who earns it; `code` tells components apart when duplicates are looked for."""


@given
class StartRunInput(Once):
    """Whom to bill, for which season, with which components. Name the debtors by id or by their member or club
    numbers (at most 10,000 at once; larger runs come as a file). Everything is frozen when the run starts."""

    PATHS: ClassVar = {"members": ("debtorIds",)}
    issuer_id: IssuerId
    fee_components: list[FeeComponentInput]
    debtor_ids: list[DebtorId] | None = None
    references: list[str] | None = None
    season: str | None = None
    issued_on: date | None = None
    deliver: bool | None = None
    override_reason: str = ""

    def start(self, info: Info, kind: RunKind, debtors: tuple[DebtorId, ...], *, deliver: bool | None) -> StartRun:
        return StartRun(
            run_id=RunId(info.context.new_id()),
            issuer_id=self.issuer_id,
            kind=kind,
            components=tuple(component.value() for component in self.fee_components),
            debtors=debtors,
            season=self.season,
            issued_on=self.issued_on,
            deliver=deliver,
            override_reason=self.override_reason,
        )


class StopRunInput(Input[StopRun], Once):
    """`reason` is required, and stands in the journal for ever."""


@succeeds
class StartRunSuccess(Success):
    """The run is decided. Follow it by `runProgress`, or ask for it again."""

    run: Run | None


@succeeds
class StopRunSuccess(Success):
    """The run goes no further. What is issued stays issued."""

    run: Run | None


@output
class RunMutations:
    """What may be done with runs."""

    @free_mutation(StartRunSuccess)
    async def start_renewal_run(self, info: Info, input: StartRunInput) -> StartRunSuccess:
        """Bill licence renewals: one invoice for each member, and none for those whom the debt gate blocks."""
        return await _start(info, input, "licence_renewal")

    @free_mutation(StartRunSuccess)
    async def start_affiliation_run(self, info: Info, input: StartRunInput) -> StartRunSuccess:
        """Bill the yearly affiliation of clubs: one invoice for each."""
        return await _start(info, input, "affiliation")

    stop_run = mutation(StopRunInput, StopRunSuccess, "Leave the remaining chunks of a run undone.")


async def _start(info: Info, input: StartRunInput, kind: RunKind) -> StartRunSuccess:
    command = input.start(info, kind, await _debtors(info, input), deliver=input.deliver)
    return await outcome(info, command, input, StartRunSuccess)


async def _debtors(info: Info, input: StartRunInput) -> tuple[DebtorId, ...]:
    match input.debtor_ids, input.references:
        case list() as ids, None:
            return tuple(ids)
        case None, list() as references:
            return await debtors_referred_to(info.context.services, info.context.actor, references, "references")
    raise Malformed(Fault(detail="name the debtors either by debtorIds or by references", path=("debtorIds",)))
