"""The numbers an invoice takes: gapless in its series, and never with a date that goes back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend.rules.numbering import Counter, SeriesPattern
from backend.write.invoices.numbers import (
    DateBeforeLast,
    IssuerIncomplete,
    Numbered,
    counter_names,
    not_before_last,
    number,
    reference_counter,
)
from backend.write.issuers.series import invoice_series
from backend.write.refusal import RefusalCode
from backend.write.states.issuer import Issuer
from tests.given.issuing import TODAY, a_counter, an_issuer_ready_to_issue, circumstances
from tests.given.parties import an_account

ISSUER = an_issuer_ready_to_issue()
SERIES = invoice_series(ISSUER.issuer_id, "2026")


def numbered(taken: dict[str, Counter], *, ahead: int = 0, issuer: Issuer = ISSUER, on: date = TODAY) -> Numbered:
    return number(circumstances(issuer, issued_on=on), taken, ahead)


def test_the_first_number_is_the_one_the_series_begins_with() -> None:
    """S002-50: prefix, season and counter."""
    first = numbered({})
    assert (first.series, first.sequence, first.number) == (SERIES, 1, "FAKTURA-2026-000001")
    assert first.reference_sequence == 1
    later = replace(ISSUER, pattern=SeriesPattern("FAKTURA", width=6, first_number=501))
    assert numbered({}, issuer=later).number == "FAKTURA-2026-000501"


def test_a_number_follows_the_last_one_and_those_of_the_same_command() -> None:
    """C3: no gap, and no number twice, in a chunk of a run as well."""
    taken = {SERIES: a_counter(41), reference_counter(ISSUER): a_counter(7)}
    assert [numbered(taken, ahead=n).sequence for n in range(3)] == [42, 43, 44]
    assert [numbered(taken, ahead=n).reference_sequence for n in range(3)] == [8, 9, 10]


def test_dates_never_go_back_in_a_series() -> None:
    """C4: INVOICE_DATE_BEFORE_LAST, that names the day from which it is possible."""
    taken = {SERIES: a_counter(41, TODAY)}
    with pytest.raises(DateBeforeLast, match="2026-11-20") as refused:
        numbered(taken, on=TODAY - timedelta(days=1))
    assert (refused.value.code, refused.value.path) == (RefusalCode.INVOICE_DATE_BEFORE_LAST, ("issuedOn",))
    assert numbered(taken, on=TODAY).sequence == 42
    # Another series has dates of its own.
    not_before_last({"invoice:other:2026": a_counter(9, TODAY)}, SERIES, date(2026, 1, 1))


def test_without_an_account_nobody_could_pay() -> None:
    """S002-21: ISSUER_INCOMPLETE before a number is taken."""
    without = replace(ISSUER, account=None)
    for ask in (lambda: numbered({}, issuer=without), lambda: counter_names(without, "2026")):
        with pytest.raises(IssuerIncomplete) as refused:
            ask()
        assert refused.value.code is RefusalCode.ISSUER_INCOMPLETE


def test_issuers_that_are_paid_on_one_account_share_its_references() -> None:
    """S003-38: a reference names one invoice of the account, whoever issued it."""
    other = an_issuer_ready_to_issue()
    assert reference_counter(ISSUER) == reference_counter(other)
    assert counter_names(ISSUER, "2026")[0] != counter_names(other, "2026")[0]
    elsewhere = replace(other, account=an_account(account_id="bg-6060"))
    assert reference_counter(ISSUER) != reference_counter(elsewhere)
