"""Issuing one chunk: pure decisions in a loop. A refused member never stops the others, and never takes a number."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from backend.events.invoice_parts import DraftLine
from backend.events.invoices import InvoiceIssued
from backend.events.renewals import RefusedMember, RunChunkIssued, RunStarted
from backend.inline.billed import Billed
from backend.inline.counters import Counter
from backend.inline.open_receivables import OpenReceivable
from backend.rules.gate import GatePolicy
from backend.rules.tax import TaxMatrix
from backend.values.identifiers import DebtorId, InvoiceId
from backend.write.debtors.debtor import Debtor
from backend.write.invoices.duplicates import occurrence_of
from backend.write.invoices.gate import pass_gate
from backend.write.invoices.invoice import Content
from backend.write.invoices.issuing import Assessed, Circumstances, assess, issue, number, position_of
from backend.write.refusal import NotFound, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkFacts:
    """What was read under the lock for the debtors of one chunk."""

    around: Circumstances
    matrix: TaxMatrix
    policy: GatePolicy
    today: date
    debtors: Mapping[UUID, Debtor | None]
    billed: Mapping[DebtorId, Sequence[Billed]]
    owed: Mapping[DebtorId, Sequence[OpenReceivable]]
    counters: Mapping[str, Counter]


@dataclass(slots=True)
class ChunkIssuer:
    """Decides the invoices of one chunk, one after the other, and remembers what they came to."""

    run: RunStarted
    facts: ChunkFacts
    new_id: Callable[[], UUID]
    content: Content = field(init=False)
    issued: list[InvoiceIssued] = field(default_factory=list)
    refused: list[RefusedMember] = field(default_factory=list)
    _assessed: dict[str, Assessed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.content = content_of(self.run)

    def invoices(self, debtor_ids: Sequence[DebtorId]) -> Iterator[InvoiceIssued]:
        """The invoices of those who get one, in the order of the list."""
        for debtor_id in debtor_ids:
            try:
                invoice = self._invoice(debtor_id)
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

    def _invoice(self, debtor_id: DebtorId) -> InvoiceIssued:
        facts = self.facts
        debtor = facts.debtors.get(debtor_id)
        if debtor is None:
            raise NotFound("there is no such debtor")
        position = position_of(facts.around.issuer, debtor)
        assessed = self._assessed.get(position)
        if assessed is None:
            assessed = assess(
                self.content, facts.around.issuer, facts.matrix, position=position, on=facts.around.issued_on
            )
            self._assessed[position] = assessed
        occurrence = occurrence_of(facts.billed[debtor_id], override_reason=self.run.override_reason)
        if self.run.kind == "licence_renewal" and facts.owed[debtor_id]:
            pass_gate(facts.owed[debtor_id], facts.policy, on=facts.today)
        taken = number(facts.around, facts.counters, ahead=len(self.issued))
        return issue(
            InvoiceId(self.new_id()),
            self.run.kind,
            self.content,
            assessed,
            debtor,
            taken,
            facts.around,
            occurrence=occurrence,
        )


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
