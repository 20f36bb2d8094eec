"""Due dates follow from the invoice date and the terms."""

from datetime import date

import pytest

from backend.rules.payment_terms import InvalidPaymentTerms, due_on


@pytest.mark.parametrize(
    ("issued_on", "days", "due"),
    [
        (date(2026, 1, 31), 30, date(2026, 3, 2)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 365, date(2027, 11, 20)),
    ],
)
def test_the_due_date_is_so_many_days_after_issue(issued_on: date, days: int, due: date) -> None:
    """S003-33, S004-22."""
    assert due_on(issued_on, days) == due


@pytest.mark.parametrize("days", [-1, 366])
def test_terms_are_0_to_365_days(days: int) -> None:
    """S004-76."""
    with pytest.raises(InvalidPaymentTerms):
        due_on(date(2026, 1, 1), days)
