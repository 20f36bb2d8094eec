"""Stopping a run. What is issued stays issued."""

from dataclasses import dataclass

from backend.events.renewals import RunStopped
from backend.tenants.capabilities import Capability
from backend.values.identifiers import RunId
from backend.write.command import command
from backend.write.invoices.circumstances import issuer_and_template
from backend.write.refusal import Refusal, RefusalCode
from backend.write.states.run import RUN, Run
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import required_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRun:
    """Leave the remaining chunks undone. What is issued stays issued."""

    run_id: RunId
    reason: str


class RunNotOpen(Refusal):
    """The run is finished or was stopped."""

    code = RefusalCode.RUN_NOT_OPEN
    status = 409


def stop(run: Run, reason: str) -> RunStopped:
    """The end of a run before its last chunk."""
    if not run.open:
        raise RunNotOpen("the run is finished already")
    return RunStopped(run_id=run.started.run_id, reason=required_reason(reason))


@command(Capability.RUNS_START)
async def stop_run(command: StopRun, work: UnitOfWork) -> None:
    """Load the run, and record that it is stopped."""
    run = await work.get(RUN, command.run_id, path=("runId",))
    issuer, _ = await issuer_and_template(work, run.started.issuer_id)
    work.authorise(issuer.node)
    work.record(command.run_id, stop(run, command.reason))
    work.answer = {"run_id": str(command.run_id)}
