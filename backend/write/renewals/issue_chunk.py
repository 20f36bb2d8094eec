"""Issuing one chunk of a run. A refused member never stops the others, and never takes a number."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from backend.events.invoices import InvoiceIssued
from backend.events.parts import DraftLine
from backend.events.renewals import RefusedMember, RunChunkIssued, RunCompleted, RunStarted
from backend.inline.billed import billed_for
from backend.rules.invoice_kinds import INVOICE_KINDS
from backend.rules.numbering import Counter
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, InvoiceId, RunId
from backend.write.command import command
from backend.write.invoices.circumstances import Circumstances, issuer_and_template
from backend.write.invoices.gate import debts_of
from backend.write.invoices.issue import record_issued
from backend.write.invoices.issuing import Issuing, IssuingFacts
from backend.write.invoices.numbers import counters_of
from backend.write.issuers.series import invoice_series
from backend.write.rates import capture_rate
from backend.write.refusal import NotFound, Refusal
from backend.write.renewals.stop import RunNotOpen
from backend.write.states.debtor import DEBTOR, Debtor
from backend.write.states.invoice import Content
from backend.write.states.run import CHUNK_LIST, RUN, Run, chunk_stream
from backend.write.tax import tax_matrix
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRunChunk:
    """Issue the invoices of one chunk, counted from 0. Doing it twice changes nothing."""

    run_id: RunId
    chunk: int


@dataclass(slots=True)
class ChunkIssuer:
    """Decides the invoices of one chunk, one after the other, and remembers what they came to."""

    run: RunStarted
    facts: IssuingFacts
    debtors: Mapping[UUID, Debtor | None]
    new_id: Callable[[], UUID]
    issued: list[InvoiceIssued] = field(default_factory=list)
    refused: list[RefusedMember] = field(default_factory=list)

    def invoices(self, debtor_ids: Sequence[DebtorId]) -> Iterator[InvoiceIssued]:
        """The invoices of those who get one, in the order of the list."""
        issuing = Issuing(type=self.run.kind, content=content_of(self.run), facts=self.facts)
        for debtor_id in debtor_ids:
            try:
                invoice = issuing.invoice(InvoiceId(self.new_id()), self._known(debtor_id))
            except Refusal as refusal:
                self.refused.append(
                    RefusedMember(debtor_id=debtor_id, code=refusal.code.value, message=refusal.message)
                )
            else:
                self.issued.append(invoice)
                yield invoice

    def outcome(self, chunk: int) -> RunChunkIssued:
        """What the chunk came to, once `invoices` is exhausted."""
        return RunChunkIssued(
            run_id=self.run.run_id,
            chunk=chunk,
            issued=len(self.issued),
            issued_minor=sum(invoice.total_minor for invoice in self.issued),
            invoice_ids=tuple(invoice.invoice_id for invoice in self.issued),
            refused=tuple(self.refused),
        )

    def _known(self, debtor_id: DebtorId) -> Debtor:
        debtor = self.debtors.get(debtor_id)
        if debtor is None:
            raise NotFound("there is no such debtor")
        return debtor


def is_due(run: Run, chunk: int) -> bool:
    """Whether the chunk is still to be issued: not when it is done already. Raises `RunNotOpen` for a stopped run."""
    if chunk in run.done:
        return False
    if not run.open:
        raise RunNotOpen("the run was stopped: start another one for the members that are left")
    return True


def completed(run: Run, outcome: RunChunkIssued) -> RunCompleted | None:
    """The end of the run, if `outcome` is that of its last chunk."""
    if len(run.done) + 1 < run.started.chunks:
        return None
    return RunCompleted(
        run_id=run.started.run_id,
        issued=run.issued + outcome.issued,
        refused=run.refused + len(outcome.refused),
        total_minor=run.total_minor + outcome.issued_minor,
    )


def issued_on(run: RunStarted, last: Counter | None) -> date:
    """The date of a chunk: the run's, or that of the `last` invoice in its series.

    A run that goes on after midnight may find an invoice of the new day there. Dates never go back in a series (C4),
    and a later day is better than refusing everybody who is left.
    """
    return max(run.issued_on, last.last_on) if last else run.issued_on


def content_of(run: RunStarted) -> Content:
    """The lines every invoice of the run has: one per fee component."""
    return Content(
        lines=tuple(
            DraftLine(
                component=component.code,
                quantity=Decimal(1),
                unit_price=component.amount,
                discount_percent=Decimal(0),
                tax_category=component.tax_category,
                recipient=component.recipient,
            )
            for component in run.components
        ),
        descriptions=tuple(f"{component.name} {run.season}" for component in run.components),
        currency=run.currency,
        season=run.season,
        language=None,
        terms_days=None,
        discount_minor=0,
        notes="",
        attachments=(),
    )


@command(Capability.SYSTEM, once=True)
async def issue_run_chunk(command: IssueRunChunk, work: UnitOfWork) -> None:
    """Load the run and what the decisions need, and record the invoices of one chunk."""
    run = await work.get(RUN, command.run_id, path=("runId",))
    work.authorise(None)
    if not is_due(run, command.chunk):
        return
    listed = await work.get(CHUNK_LIST, chunk_stream(command.run_id, command.chunk), path=("chunk",))
    debtors = await work.load_many(DEBTOR, listed)
    issuing = ChunkIssuer(run.started, await _facts(run.started, listed, work), debtors, work.new_id)
    for invoice in issuing.invoices(listed):
        record_issued(work, invoice, deliver=run.started.deliver)
    outcome = issuing.outcome(command.chunk)
    work.record(command.run_id, outcome)
    work.record(command.run_id, completed(run, outcome))
    work.answer = {"run_id": str(command.run_id), "issued": outcome.issued, "refused": len(outcome.refused)}


async def _facts(run: RunStarted, listed: tuple[DebtorId, ...], work: UnitOfWork) -> IssuingFacts:
    """Everything the decisions of one chunk need, each kind in one statement for all its debtors."""
    issuer, template = await issuer_and_template(work, run.issuer_id)
    counters = await counters_of(work, issuer, run.season)
    on = issued_on(run, counters.get(invoice_series(issuer.issuer_id, run.season)))
    rate = await capture_rate(
        work, invoice_currency=run.currency, accounting_currency=issuer.accounting_currency, on=on
    )
    return IssuingFacts(
        around=Circumstances(
            issuer=issuer,
            template=template,
            issued_on=on,
            season=run.season,
            run_id=run.run_id,
            override_reason=run.override_reason,
            rate=rate,
        ),
        matrix=await tax_matrix(work),
        counters=counters,
        billed=await billed_for(*work.place, listed, run.season, [each.code for each in run.components]),
        debts=await debts_of(work, listed) if INVOICE_KINDS[run.kind].gate else None,
    )
