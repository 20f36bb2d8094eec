"""How invoices are issued, by hand and by a run: what is asked, in which order, before a number is taken. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.events.invoices import InvoiceIssued
from backend.rules.billed import Billed
from backend.rules.invoice_kinds import INVOICE_KINDS
from backend.rules.numbering import Counter
from backend.rules.tax import TaxMatrix
from backend.values.documents import InvoiceType
from backend.values.identifiers import DebtorId, InvoiceId
from backend.values.tax import FiscalPosition
from backend.write.invoices.assessment import Assessed, assess, position_of
from backend.write.invoices.circumstances import Circumstances
from backend.write.invoices.document import Ready, document
from backend.write.invoices.duplicates import occurrence_of
from backend.write.invoices.gate import Debts, pass_gate
from backend.write.invoices.numbers import number
from backend.write.states.debtor import Debtor
from backend.write.states.invoice import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuingFacts:
    """What was read under the lock about those who are to be billed.

    `billed` is what each was billed for in the season, empty where that does not matter; `debts` is `None` where the
    gate is not asked.
    """

    around: Circumstances
    matrix: TaxMatrix
    counters: Mapping[str, Counter]
    billed: Mapping[DebtorId, Sequence[Billed]]
    debts: Debts | None


@dataclass(slots=True, kw_only=True)
class Issuing:
    """Decides invoices of one type and content, one after the other. A refused one takes no number."""

    type: InvoiceType
    content: Content
    facts: IssuingFacts
    taken: int = 0
    _assessed: dict[FiscalPosition, Assessed] = field(default_factory=dict)

    def invoice(self, invoice_id: InvoiceId, debtor: Debtor) -> InvoiceIssued:
        """The invoice of `debtor`. Refuses, in this order: somebody who was erased, what the lines come to, a
        duplicate, a debt, and a date that goes back."""
        around = self.facts.around
        assessed = self._assess(position_of(around.issuer, debtor))
        occurrence = self._occurrence(debtor.debtor_id)
        self._pass_gate(debtor.debtor_id)
        numbered = number(around, self.facts.counters, ahead=self.taken)
        self.taken += 1
        return document(
            Ready(
                invoice_id=invoice_id,
                type=self.type,
                content=self.content,
                assessed=assessed,
                debtor=debtor,
                numbered=numbered,
                around=around,
                occurrence=occurrence,
            )
        )

    def _assess(self, position: FiscalPosition) -> Assessed:
        """What the content comes to. Those of one fiscal position share the answer: a run asks it once or twice."""
        assessed = self._assessed.get(position)
        if assessed is None:
            around = self.facts.around
            assessed = assess(self.content, around.issuer, self.facts.matrix, position=position, on=around.issued_on)
            self._assessed[position] = assessed
        return assessed

    def _occurrence(self, debtor_id: DebtorId) -> int:
        """The first invoice for these components and this season, or with a reason the next; some kinds may repeat."""
        if INVOICE_KINDS[self.type].repeats:
            return 1
        return occurrence_of(self.facts.billed[debtor_id], override_reason=self.facts.around.override_reason)

    def _pass_gate(self, debtor_id: DebtorId) -> None:
        action, debts = INVOICE_KINDS[self.type].gate, self.facts.debts
        if action is None:
            return
        assert debts is not None, "the gate is asked with what is owed"
        pass_gate(debts.owed[debtor_id], debts.policy, action=action, on=debts.day)
