"""What a payment settles and what remains of it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.payments import PaymentRegistered
from backend.values.identifiers import CreditNoteId
from backend.write.invoices.refusals import InvoiceIsCancelled, InvoiceNotIssued
from backend.write.ledger import entry_of
from backend.write.payments import CurrencyMismatch, Owed, PaymentExceedsBalance, allocated, payable, register
from backend.write.refusal import InvalidValue
from backend.write.states.invoice import DiscardedState, HistoricalState, IssuedState
from tests.given.invoices import a_wanted_payment
from tests.given.money_events import a_historical_invoice, an_invoice, an_issuer
from tests.given.parties import a_registration

TODAY = date(2026, 11, 20)


def an_issued_one(**changes: Any) -> InvoiceIssued:
    return an_invoice(a_registration(), an_issuer(), issued_on=date(2026, 11, 1), **changes)


def a_historical_one() -> HistoricalInvoiceImported:
    day = date(2025, 1, 1)
    return a_historical_invoice(
        a_registration(), an_issuer(), issued_on=day, due_on=day, total_minor=12_500, open_minor=12_500
    )


def paid(amount_minor: int, *, balance_minor: int = 12_500, **changes: Any) -> PaymentRegistered:
    owed = Owed(invoice=payable(IssuedState(event=an_issued_one())), balance_minor=balance_minor)
    return register(
        a_wanted_payment(owed.invoice.invoice_id, amount_minor, **changes),
        owed,
        account_id="bg",
        debtor_node=None,
        today=TODAY,
    )


@pytest.mark.parametrize("amount", [1, 4_000, 12_499, 12_500])
def test_a_payment_settles_what_it_pays(amount: int) -> None:
    """S003-40: a part or the whole; the rest of the invoice stays open."""
    payment = paid(amount)
    assert [allocation.amount_minor for allocation in payment.allocations] == [amount]
    assert payment.unallocated_minor == 0
    assert entry_of(payment).balance_minor == 0


def test_more_than_the_balance_is_refused() -> None:
    """S003-48, X12: PAYMENT_EXCEEDS_BALANCE, with the published words."""
    for amount, balance in ((12_501, 12_500), (1, 0)):
        with pytest.raises(PaymentExceedsBalance, match="Payment amount exceeds the remaining balance"):
            paid(amount, balance_minor=balance)


def test_an_overpayment_is_kept_when_it_is_wanted() -> None:
    """S003-41, X12, C27: what no invoice takes is the debtor's credit, and never lost."""
    payment = paid(15_000, allow_overpayment=True)
    assert ([a.amount_minor for a in payment.allocations], payment.unallocated_minor) == ([12_500], 2_500)
    assert [(p.account, p.amount_minor) for p in entry_of(payment).postings] == [
        ("1930", 15_000),
        ("1510", -12_500),
        ("2420", -2_500),
    ]
    assert [a.remaining_minor for a in payment.allocations] == [0]
    whole = paid(500, balance_minor=0, allow_overpayment=True)
    assert (whole.allocations, whole.unallocated_minor) == ((), 500)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount_minor": 0}, "amountMinor"),
        ({"amount_minor": -1}, "amountMinor"),
        ({"amount_minor": 10**16}, "amountMinor"),
        ({"method": "bitcoin"}, "method"),
        ({"received_on": date(2026, 11, 21)}, "receivedOn"),
        ({"reference": "x" * 141}, "reference"),
        ({"notes": "x" * 1_001}, "notes"),
    ],
)
def test_what_is_wrong_is_pointed_at(changes: dict[str, Any], field: str) -> None:
    """S003-23 to S003-25: amount, method and reference of a payment."""
    with pytest.raises(InvalidValue) as refused:
        paid(**({"amount_minor": 100} | changes))
    assert refused.value.path == (field,)


def test_money_comes_in_the_currency_of_the_invoice() -> None:
    """S001, money: nothing is converted by guess."""
    with pytest.raises(CurrencyMismatch):
        paid(100, currency="EUR")


def test_only_an_invoice_in_force_can_be_paid() -> None:
    """S003-65: drafts and cancelled invoices take no money; historical ones do (S002-22)."""
    issued = an_issued_one()
    with pytest.raises(InvoiceIsCancelled):
        payable(IssuedState(event=issued, cancelled_by=CreditNoteId(uuid4())))
    with pytest.raises(InvoiceNotIssued):
        payable(DiscardedState(invoice_id=issued.invoice_id, issuer_id=issued.issuer.issuer_id))
    old = a_historical_one()
    assert payable(HistoricalState(old)).debtor_id == old.debtor_id


def test_money_settles_several_debts_in_their_order() -> None:
    """I04: never more than the payment, never more than each balance."""
    debts = [Owed(invoice=an_issued_one().facts, balance_minor=balance) for balance in (100, 0, 50, 80)]
    assert [a.amount_minor for a in allocated(170, debts)] == [100, 50, 20]
    assert [a.amount_minor for a in allocated(1_000, debts)] == [100, 50, 80]
    assert allocated(0, debts) == ()
