"""What money events do to balances: one table, and the same told by their entries."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.events.event import BY_CLASS, event
from backend.events.invoices import HistoricalInvoiceImported
from backend.events.money import MONEY_EVENTS, OPENING, effects
from backend.rules.accounts import DEBTOR_CREDIT, RECEIVABLES
from backend.schema import metadata  # noqa: F401 - imports every event
from backend.write.ledger import entry_of
from tests.given.journal import chance
from tests.given.money_events import (
    a_busy_year,
    a_credit_note,
    a_historical_invoice,
    a_node,
    a_payment,
    an_invoice,
    an_issuer,
)
from tests.given.parties import a_registration

DISTRICT, CLUB = a_node(), a_node()
DEBTOR, ISSUER = a_registration(node=CLUB), an_issuer(DISTRICT)
ISSUED, DUE = date(2026, 3, 1), date(2026, 3, 31)
EARLY, LATE = date(2026, 2, 1), date(2026, 4, 1)
INVOICE = an_invoice(DEBTOR, ISSUER, issued_on=ISSUED, due_on=DUE, net_minor=800, tax_minor=200)
OLD = a_historical_invoice(DEBTOR, ISSUER, issued_on=ISSUED, due_on=DUE, total_minor=90, open_minor=30)
SETTLED = a_historical_invoice(DEBTOR, ISSUER, issued_on=ISSUED, due_on=DUE, total_minor=90, open_minor=0)
UNTOUCHED = a_historical_invoice(DEBTOR, ISSUER, issued_on=ISSUED, due_on=DUE, total_minor=90, open_minor=90)

# Reason, what changes of the invoice, what is open then, what the debtor gets in credit, and since when.
TABLE: list[tuple[str, Any, list[tuple[str, int, int, int, date]]]] = [
    ("an invoice", INVOICE, [("invoice", 1_000, 1_000, 0, ISSUED)]),
    (
        "an old invoice, paid in part",
        OLD,
        [("historical_invoice", 90, 90, 0, ISSUED), ("settled_before", -60, 30, 0, ISSUED)],
    ),
    (
        "an old invoice, paid",
        SETTLED,
        [("historical_invoice", 90, 90, 0, ISSUED), ("settled_before", -90, 0, 0, ISSUED)],
    ),
    ("an old invoice, open", UNTOUCHED, [("historical_invoice", 90, 90, 0, ISSUED)]),
    ("a payment", a_payment((INVOICE, 400), on=LATE), [("payment", -400, 600, 0, LATE)]),
    ("money before the invoice", a_payment((INVOICE, 400), on=EARLY), [("payment", -400, 600, 0, ISSUED)]),
    (
        "a payment for two, and more",
        a_payment((INVOICE, 1_000), (OLD, 30), on=LATE, unallocated_minor=7, remaining=(0, 0)),
        [("payment", -1_000, 0, 0, LATE), ("payment", -30, 0, 0, LATE), ("credit", 0, 0, 7, LATE)],
    ),
    ("money that nothing takes", a_payment((INVOICE, 0), on=LATE, unallocated_minor=7), [("credit", 0, 0, 7, LATE)]),
    (
        "a credit note on an open invoice",
        a_credit_note(INVOICE, on=LATE, net_minor=400, tax_minor=100, applied_minor=500, remaining_minor=500),
        [("credit_note", -500, 500, 0, LATE)],
    ),
    (
        "a credit note on an invoice paid in part",
        a_credit_note(INVOICE, on=LATE, net_minor=800, tax_minor=200, applied_minor=700),
        [("credit_note", -700, 0, 300, LATE)],
    ),
]


@pytest.mark.parametrize(("happened", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_each_money_event_does(happened: Any, expected: list[tuple[str, int, int, int, date]]) -> None:
    """S003-30, X10, X12: invoice, credit and date of every change; issuer, debtor and both places with each."""
    changes = effects(happened)
    found = [(c.reason, c.open_minor, c.remaining_minor, c.credit_minor, c.effective_on) for c in changes]
    assert found == expected
    for change in changes:
        assert (change.issuer_id, change.debtor_id, change.currency) == (ISSUER.issuer_id, DEBTOR.debtor_id, "SEK")
        assert (change.issuer_org_node_id, change.debtor_org_node_id) == (DISTRICT, CLUB)
        assert (change.reason in OPENING) == (change.open_minor > 0)


def test_every_event_that_carries_an_entry_is_in_the_table() -> None:
    """An event that declares an entry says what it does to balances, and has a line above."""
    assert {cls for cls, kind in BY_CLASS.items() if kind.entry is not None} == MONEY_EVENTS
    assert {type(row[1]) for row in TABLE} == MONEY_EVENTS


def test_any_other_event_does_nothing_to_balances() -> None:
    assert effects(DEBTOR) == ()


def test_an_event_with_an_entry_must_say_whose_it_is() -> None:
    """ADR 5: no entry without an owner can even be declared."""
    with pytest.raises(TypeError, match="issuer_id"):

        @event("test-of-nobody", entry="amount_minor")
        class OfNobody:
            amount_minor: int


@given(st.integers(0, 2**32))
def test_entries_and_effects_tell_the_same(seed: int) -> None:
    """I02, I04: what debtors owe and have in credit, event by event; nothing is ever below zero, and each event knows
    what is left."""
    story = _a_year(seed)
    left = Counter[Any]()
    for happened in story:
        changes, entry = effects(happened), entry_of(happened)
        assert entry is None or entry.balance_minor == 0
        postings = entry.postings if entry else ()
        for account, minor in (
            (RECEIVABLES, sum(c.open_minor for c in changes)),
            (DEBTOR_CREDIT, -sum(c.credit_minor for c in changes)),
        ):
            mine = [posting for posting in postings if posting.account == account]
            assert sum(posting.amount_minor for posting in mine) == minor
            assert {posting.debtor_id for posting in mine} <= {c.debtor_id for c in changes}
        assert entry is None or {entry.issuer_id} == {c.issuer_id for c in changes}
        for change in changes:
            if change.invoice is not None:
                left[change.invoice.invoice_id] += change.open_minor
                assert left[change.invoice.invoice_id] == change.remaining_minor >= 0


@given(st.integers(0, 2**32))
def test_every_tax_is_posted_with_its_code(seed: int) -> None:
    """ADR 5, S003-34: a VAT return can be made of the entries alone: base and tax of each document, by code."""
    story = _a_year(seed)
    for happened in story:
        entry = None if isinstance(happened, HistoricalInvoiceImported) else entry_of(happened)
        for posting in entry.postings if entry else ():
            assert (posting.tax_code == "SE-S-25") == (posting.account in ("3010", "2611"))


def _a_year(seed: int) -> Sequence[Any]:
    return a_busy_year(
        chance(seed), [a_registration(), a_registration()], [an_issuer(a_node()), an_issuer()], invoices=12
    )
