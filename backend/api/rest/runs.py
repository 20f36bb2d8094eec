"""Runs: one invoice for each of many debtors, issued by workers while the client waits, asks again, or does not."""

import asyncio
import re
from typing import Final, Literal
from uuid import UUID

import msgspec

from backend.api.problems import MAX_ERRORS, Fault, Malformed
from backend.api.renewals.members import debtors_referred_to
from backend.api.renewals.run import Run, RunOutcome
from backend.api.rest.endpoint import Answer, Call, needs
from backend.api.rest.run_shapes import AffiliationSent, OutcomesQuery, RunSent, RunsQuery, StopSent
from backend.api.rest.shapes import Page, paged
from backend.api.shown import Shown
from backend.read.catch_up import follow
from backend.read.runs.queries import RunRow, run, run_outcomes, runs
from backend.values.documents import RunKind
from backend.values.identifiers import DebtorId, RunId
from backend.write.refusal import NotFound
from backend.write.renewals.start import StartRun, WantedComponent
from backend.write.renewals.stop import StopRun

# A hundred thousand member numbers.
MAX_RUN_BODY: Final = 8 * 1024 * 1024
MAX_WAIT_SECONDS: Final = 60
POLL_SECONDS: Final = 0.2

_WAIT: Final = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,4})", re.IGNORECASE)


@needs(StartRun)
async def generate_licence_renewals(call: Call, body: RunSent) -> Answer[Shown[Run]]:
    """Bill licence renewals: one invoice per member, none for those whom the debt gate blocks.

    Answers 202 at once, with the run's address in `Location`; `Prefer: wait=10` waits up to so many seconds (at most
    60) and answers 200 when the run is finished by then. Per-debtor results are at `/runs/{run_id}/outcomes`.
    Repeating with the same Idempotency-Key starts nothing new.
    """
    return await _started(call, body, body.members, "members", kind="licence_renewal")


@needs(StartRun)
async def generate_affiliations(call: Call, body: AffiliationSent) -> Answer[Shown[Run]]:
    """Bill the affiliation of clubs: one invoice each. Answers like the licence renewals."""
    return await _started(call, body, body.clubs, "clubs", kind="affiliation")


@needs(runs)
async def list_runs(call: Call, query: RunsQuery) -> Answer[Page[Shown[Run]]]:
    """The runs, newest first."""
    found = await call.ask(runs, state=query.state, issuer_id=query.issuer_id, season=query.season, page=query.page)
    return paged(call, found, Run.shown)


@needs(run)
async def show_run(call: Call, run_id: RunId) -> Shown[Run]:
    """How far a run is."""
    return Run.shown(await _run_of(call, run_id))


@needs(run_outcomes)
async def list_run_outcomes(call: Call, run_id: RunId, query: OutcomesQuery) -> Answer[Page[Shown[RunOutcome]]]:
    """What became of each debtor so far, in the order of the run."""
    currency = (await _run_of(call, run_id)).currency
    found = await call.ask(run_outcomes, run_id=run_id, outcome=query.outcome, code=query.code, page=query.page)
    return paged(call, found, lambda row: RunOutcome.shown(row, currency))


@needs(StopRun)
async def stop_run(call: Call, run_id: RunId, body: StopSent) -> Shown[Run]:
    """Leave the remaining members undone. What is issued stays issued."""
    await call.carry_out(StopRun(run_id=run_id, reason=body.reason))
    return Run.shown(await _run_of(call, run_id))


async def _started(
    call: Call,
    body: RunSent | AffiliationSent,
    members: tuple[str, ...],
    name: Literal["members", "clubs"],
    *,
    kind: RunKind,
) -> Answer[Shown[Run]]:
    command = StartRun(
        run_id=RunId(call.services.write.new_id()),
        issuer_id=body.issuer_id,
        kind=kind,
        components=tuple(
            WantedComponent(
                name=each.name,
                amount=each.amount,
                recipient=each.recipient_type,
                code=each.code,
                tax_category=each.tax_category,
            )
            for each in body.fee_components
        ),
        debtors=await _debtors(call, members, name),
        season=body.season,
        issued_on=body.invoice_date,
        deliver=body.deliver,
        override_reason=body.override_reason,
    )
    receipt = await call.carry_out(command)
    run_id = msgspec.convert(receipt.answer["run_id"], RunId)
    headers = {"Location": f"/api/v1/runs/{run_id}"}
    found, seconds = await _run_of(call, run_id), _wanted_wait(call)
    if seconds:
        headers["Preference-Applied"] = f"wait={seconds}"
        found = await _waited(call, run_id, seconds)
    finished = bool(seconds) and found.state != "running"
    return Answer(Run.shown(found), status=200 if finished else 202, headers=headers, replayed=receipt.replayed)


async def _debtors(call: Call, members: tuple[str, ...], name: str) -> tuple[DebtorId, ...]:
    """Ids as they are, numbers looked up, in the order given. Raises `Malformed` for numbers nobody has."""
    known: dict[str, DebtorId] = {}
    for each in members:
        try:
            known[each] = DebtorId(UUID(each))
        except ValueError:
            continue
    references = tuple(dict.fromkeys(each for each in members if each not in known))
    if references:
        try:
            found = await debtors_referred_to(call.services, call.actor, references)
        except Malformed as unknown:
            raise _pointed(unknown, references, members, name) from None
        known |= dict(zip(references, found, strict=True))
    return tuple(known[each] for each in members)


def _pointed(unknown: Malformed, references: tuple[str, ...], members: tuple[str, ...], name: str) -> Malformed:
    """The same faults, pointing at the places in the body."""
    return Malformed(
        *(
            Fault(detail=fault.detail, path=(name, members.index(references[int(fault.path[-1])])))
            for fault in unknown.faults[:MAX_ERRORS]
        )
    )


def _wanted_wait(call: Call) -> int:
    found = _WAIT.search(call.headers.get("prefer", "")[:200])
    return min(int(found[1]), MAX_WAIT_SECONDS) if found else 0


async def _waited(call: Call, run_id: RunId, seconds: int) -> RunRow:
    """The run, once it is finished or the time is up. The rows are the truth, so they are asked again and again."""
    ends = asyncio.get_running_loop().time() + seconds
    while True:
        await follow(call.services.database, call.services.keyring, call.actor.tenant_id, "money")
        found = await _run_of(call, run_id)
        if found.state != "running" or asyncio.get_running_loop().time() + POLL_SECONDS > ends:
            return found
        await asyncio.sleep(POLL_SECONDS)


async def _run_of(call: Call, run_id: RunId) -> RunRow:
    found = await call.ask(run, run_id=run_id)
    if found is None:
        raise NotFound("there is no such run")
    return found
