"""Erasing personal data: when the law allows it, not before."""

from datetime import date
from uuid import uuid4

import pytest

from backend.events.debtors import PersonalDataErased
from backend.rules.gate import Receivable
from backend.values.identifiers import InvoiceId
from backend.write.debtors.erase import PersonErased, RetentionNotExpired, erase, unlocked_on
from backend.write.refusal import InvalidValue
from backend.write.states.debtor import DEBTOR
from tests.given.parties import a_debtor


@pytest.mark.parametrize(
    ("jurisdictions", "unlocks"),
    [
        (["SE"], date(2024, 1, 1)),
        (["FR"], date(2027, 1, 1)),
        (["SE", "FR"], date(2027, 1, 1)),
        (["NO"], date(2027, 1, 1)),
        ([], date(2027, 1, 1)),
    ],
)
def test_the_strictest_law_counts(jurisdictions: list[str], unlocks: date) -> None:
    """S001-8, C48: seven years in Sweden, ten in France, from the end of the year."""
    assert unlocked_on(date(2016, 3, 31), jurisdictions) == unlocks


def test_a_document_the_law_keeps_cannot_be_erased() -> None:
    """C48: refused with the day from which it is possible."""
    around = {"owed": (), "newest_due_on": date(2020, 5, 1), "jurisdictions": ["SE"]}
    with pytest.raises(RetentionNotExpired, match="2028-01-01"):
        erase(a_debtor(), "GDPR art. 17", today=date(2027, 12, 31), **around)
    assert erase(a_debtor(), "GDPR art. 17", today=date(2028, 1, 1), **around).ground == "GDPR art. 17"


def test_a_debt_keeps_its_debtor() -> None:
    """C48: whoever owes money is not forgotten."""
    debtor = a_debtor()
    owed = Receivable(
        invoice_id=InvoiceId(uuid4()),
        number="FAKTURA-2001-000001",
        open_minor=1,
        currency="SEK",
        due_on=date(2001, 1, 1),
    )
    with pytest.raises(RetentionNotExpired):
        erase(debtor, "x", owed=(owed,), newest_due_on=date(2001, 1, 1), jurisdictions=["SE"], today=date(2026, 1, 1))


def test_a_debtor_without_documents_is_erased_at_once_and_once() -> None:
    """S001-8: with a legal ground, which is recorded."""
    debtor, around = a_debtor(), {"owed": (), "newest_due_on": None, "jurisdictions": ["SE"], "today": date(2026, 1, 1)}
    event = erase(debtor, " GDPR art. 17 ", **around)
    assert event == PersonalDataErased(debtor_id=debtor.debtor_id, ground="GDPR art. 17")
    with pytest.raises(InvalidValue):
        erase(debtor, " ", **around)
    gone = DEBTOR.evolve(debtor, event)
    assert gone is not None
    with pytest.raises(PersonErased):
        erase(gone, "again", **around)


def test_a_document_may_fall_due_at_the_end_of_the_calendar() -> None:
    """C48: what was taken over with such a date is kept, and asking is no fault of ours."""
    assert unlocked_on(date.max, ["SE"]) == date(9999, 1, 1)
