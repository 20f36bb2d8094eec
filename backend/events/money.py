"""What each money event does to balances: the one place that says it. Whoever keeps a balance folds effects."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.parts import InvoiceFacts
from backend.events.payments import PaymentRegistered
from backend.values.identifiers import DebtorId, IssuerId, OrgNodeId
from backend.values.ledger import BalanceReason

# What brings an invoice into being; everything else changes one that exists.
OPENING: Final[frozenset[BalanceReason]] = frozenset({"invoice", "historical_invoice"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceChange:
    """What one event does to one invoice and to what the debtor has in credit with the issuer. Positive is more.

    `invoice` is `None` where only the credit changes. `remaining_minor` is what is open on the invoice afterwards.
    `net_minor` and `tax_minor` are those of the document that causes it; money has neither. `booked_as` is the number
    of the document, or how the money came.
    """

    reason: BalanceReason
    booked_as: str
    on: date
    issuer_id: IssuerId
    issuer_org_node_id: OrgNodeId | None
    debtor_id: DebtorId
    debtor_org_node_id: OrgNodeId | None
    currency: str
    invoice: InvoiceFacts | None = None
    open_minor: int = 0
    remaining_minor: int = 0
    credit_minor: int = 0
    net_minor: int = 0
    tax_minor: int = 0

    @property
    def effective_on(self) -> date:
        """Since when the invoice's balance is what it is: money that came before the invoice settles it on its date."""
        return max(self.on, self.invoice.issued_on) if self.invoice else self.on

    @property
    def account_minor(self) -> int:
        """The change of the debtor's account as a whole: what they owe, less what they have in credit."""
        return self.open_minor - self.credit_minor


def effects(event: Any) -> tuple[BalanceChange, ...]:
    """What `event` does to balances, in a fixed order; nothing for an event that is not about money."""
    changes = _EFFECTS.get(type(event))
    return tuple(changes(event)) if changes else ()


def _issued(event: InvoiceIssued) -> Iterator[BalanceChange]:
    yield _opened("invoice", event.facts, net_minor=event.net_minor, tax_minor=event.tax_minor)


def _opened(reason: BalanceReason, facts: InvoiceFacts, *, net_minor: int = 0, tax_minor: int = 0) -> BalanceChange:
    """The invoice itself: all of it is owed from its date on."""
    return _change(
        facts,
        reason=reason,
        booked_as=facts.number,
        on=facts.issued_on,
        open_minor=facts.total_minor,
        remaining_minor=facts.total_minor,
        net_minor=net_minor,
        tax_minor=tax_minor,
    )


def _taken_over(event: HistoricalInvoiceImported) -> Iterator[BalanceChange]:
    # It was revenue of another time: it brings no net and no tax.
    yield _opened("historical_invoice", event.facts)
    if paid := event.total_minor - event.open_minor:
        yield _change(
            event.facts,
            reason="settled_before",
            booked_as="",
            on=event.issued_on,
            open_minor=-paid,
            remaining_minor=event.open_minor,
        )


def _paid(event: PaymentRegistered) -> Iterator[BalanceChange]:
    for part in event.allocations:
        yield _change(
            part.invoice,
            reason="payment",
            booked_as=event.method,
            on=event.received_on,
            open_minor=-part.amount_minor,
            remaining_minor=part.remaining_minor,
        )
    if event.unallocated_minor:
        yield BalanceChange(
            reason="credit",
            booked_as=event.method,
            on=event.received_on,
            issuer_id=event.issuer_id,
            issuer_org_node_id=event.issuer_org_node_id,
            debtor_id=event.debtor_id,
            debtor_org_node_id=event.debtor_org_node_id,
            currency=event.currency,
            credit_minor=event.unallocated_minor,
        )


def _credited(event: CreditNoteIssued) -> Iterator[BalanceChange]:
    yield _change(
        event.invoice,
        reason="credit_note",
        booked_as=event.number,
        on=event.issued_on,
        open_minor=-event.applied_minor,
        remaining_minor=event.remaining_minor,
        credit_minor=event.total_minor - event.applied_minor,
        net_minor=-event.net_minor,
        tax_minor=-event.tax_minor,
    )


def _change(facts: InvoiceFacts, **amounts: Any) -> BalanceChange:
    """A change of an invoice's balance: issuer, debtor and currency are the invoice's."""
    return BalanceChange(
        issuer_id=facts.issuer_id,
        issuer_org_node_id=facts.issuer_org_node_id,
        debtor_id=facts.debtor_id,
        debtor_org_node_id=facts.debtor_org_node_id,
        currency=facts.currency,
        invoice=facts,
        **amounts,
    )


# A new money event is one function above and one line here.
_EFFECTS: Final[Mapping[type, Callable[[Any], Iterator[BalanceChange]]]] = {
    InvoiceIssued: _issued,
    HistoricalInvoiceImported: _taken_over,
    PaymentRegistered: _paid,
    CreditNoteIssued: _credited,
}
MONEY_EVENTS: Final = frozenset(_EFFECTS)
# Which of them are documents with a number of their own: each says what it has `taken`.
NUMBERED: Final = frozenset(cls for cls in _EFFECTS if hasattr(cls, "taken"))
