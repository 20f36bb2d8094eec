"""Handlers of a run's commands: load, decide, record."""

from backend.events.renewals import RunCompleted, RunStopped
from backend.inline.billed import billed_for
from backend.inline.gate_policies import gate_policy
from backend.inline.open_receivables import open_receivables_of
from backend.values.identifiers import DebtorId
from backend.write.debtors.debtor import DEBTOR
from backend.write.invoices.handlers import counters_of, issuer_and_template, record_issued, tax_matrix
from backend.write.invoices.issuing import Circumstances, issue_date, not_before_last, season_code
from backend.write.issuers.series import invoice_series
from backend.write.rates.capture import capture_rate
from backend.write.renewals.chunks import ChunkFacts, ChunkIssuer
from backend.write.renewals.commands import IssueRunChunk, StartRun, StopRun
from backend.write.renewals.refusals import RunAlreadyStarted, RunNotOpen
from backend.write.renewals.run import CHUNK_LIST, RUN, Run, chunk_stream
from backend.write.renewals.starting import chunks_of, start
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import required_reason


async def start_run(command: StartRun, work: UnitOfWork) -> None:
    issuer, template = await issuer_and_template(work, command.issuer_id)
    work.authorise(issuer.node)
    if await work.load(RUN, command.run_id) is not None:
        raise RunAlreadyStarted("this run was started before")
    on = issue_date(command.issued_on, work.today(issuer.time_zone))
    season = season_code(issuer, command.season, on)
    started = start(command, issuer, default_category=template.tax_category, season=season, on=on)
    # What would refuse every single invoice refuses the run instead, before anything is frozen.
    not_before_last(await counters_of(work, issuer, season), invoice_series(issuer.issuer_id, season), on)
    await capture_rate(
        work.connection, invoice_currency=issuer.currency, accounting_currency=issuer.accounting_currency, on=on
    )
    work.record(command.run_id, started)
    for listed in chunks_of(command, started.chunk_size):
        work.record(chunk_stream(command.run_id, listed.chunk), listed)
    work.answer = {
        "run_id": str(command.run_id),
        "members": started.members,
        "chunks": started.chunks,
        "digest": started.digest,
    }


async def issue_run_chunk(command: IssueRunChunk, work: UnitOfWork) -> None:
    run = await work.get(RUN, command.run_id, path=("runId",))
    work.authorise(None)
    if command.chunk in run.done:
        return
    if not run.open:
        raise RunNotOpen("the run was stopped: start another one for the members that are left")
    listed = await work.get(CHUNK_LIST, chunk_stream(command.run_id, command.chunk), path=("chunk",))
    issuing = ChunkIssuer(run=run.started, facts=await _facts(run, listed, work), new_id=work.new_id)
    for invoice in issuing.invoices(listed):
        record_issued(work, invoice, deliver=run.started.deliver)
    outcome = issuing.outcome(command.chunk)
    work.record(command.run_id, outcome)
    if len(run.done) + 1 == run.started.chunks:
        work.record(
            command.run_id,
            RunCompleted(
                run_id=command.run_id,
                issued=run.issued + outcome.issued,
                refused=run.refused + len(outcome.refused),
                total_minor=run.total_minor + outcome.issued_minor,
            ),
        )
    work.answer = {"run_id": str(command.run_id), "issued": outcome.issued, "refused": len(outcome.refused)}


async def stop_run(command: StopRun, work: UnitOfWork) -> None:
    run = await work.get(RUN, command.run_id, path=("runId",))
    issuer, _ = await issuer_and_template(work, run.started.issuer_id)
    work.authorise(issuer.node)
    if not run.open:
        raise RunNotOpen("the run is finished already")
    work.record(command.run_id, RunStopped(run_id=command.run_id, reason=required_reason(command.reason)))
    work.answer = {"run_id": str(command.run_id)}


async def _facts(run: Run, listed: tuple[DebtorId, ...], work: UnitOfWork) -> ChunkFacts:
    """Everything the decisions of one chunk need, each kind in one statement for all its debtors."""
    started = run.started
    issuer, template = await issuer_and_template(work, started.issuer_id)
    debtors = await work.load_many(DEBTOR, listed)
    counters = await counters_of(work, issuer, started.season)
    # A run that goes on after midnight may find an invoice of the new day in its series. Dates never go back there
    # (C4), and a later day is better than refusing everybody who is left.
    last = counters.get(invoice_series(issuer.issuer_id, started.season))
    on = max(started.issued_on, last.last_on) if last else started.issued_on
    place = (work.connection, work.tenant_id, work.generation)
    return ChunkFacts(
        around=Circumstances(
            issuer=issuer,
            template=template,
            issued_on=on,
            season=started.season,
            run_id=started.run_id,
            override_reason=started.override_reason,
            rate=await capture_rate(
                work.connection,
                invoice_currency=started.currency,
                accounting_currency=issuer.accounting_currency,
                on=on,
            ),
        ),
        matrix=await tax_matrix(work),
        policy=await gate_policy(*place),
        today=work.today(issuer.time_zone),
        debtors=debtors,
        billed=await billed_for(*place, listed, started.season, [component.code for component in started.components]),
        owed=await open_receivables_of(*place, listed),
        counters=counters,
    )
