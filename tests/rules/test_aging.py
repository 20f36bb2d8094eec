"""The aging report's columns."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.aging import BUCKETS, COLUMNS, Bucket, bucket_bounds, due_between
from tests.given.aging import bucket_of

AS_OF = date(2026, 11, 20)


def stands_in(column: Bucket, due_on: date, as_of: date) -> bool:
    first, last = due_between(column, as_of)
    return (first is None or first <= due_on) and (last is None or due_on <= last)


def test_the_four_buckets_and_a_column_for_what_is_not_due() -> None:
    """S000-34: 0-30 / 31-60 / 61-90 / 90+."""
    assert BUCKETS == ("0-30", "31-60", "61-90", "90+")
    assert (COLUMNS[0], COLUMNS[1:]) == ("not_due", BUCKETS)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-1, "not_due"),
        (0, "0-30"),
        (1, "0-30"),
        (30, "0-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "90+"),
        (4000, "90+"),
    ],
)
def test_days_past_due_decide(days: int, bucket: str) -> None:
    """S000-34, S001-69: the pitfall is a wrong bucket definition; the due day itself is day 0."""
    due_on = AS_OF - timedelta(days=days)
    assert [column for column in COLUMNS if stands_in(column, due_on, AS_OF)] == [bucket_of(due_on, AS_OF)] == [bucket]


def test_the_bounds_leave_no_day_out() -> None:
    bounds = bucket_bounds()
    assert tuple(name for name, _, _ in bounds) == BUCKETS
    assert (bounds[0][1], bounds[-1][2]) == (0, None)
    for (_, _, last), (_, first, _) in pairwise(bounds):
        assert last is not None
        assert first == last + 1


@given(st.dates(), st.dates())
def test_bounds_and_bucket_agree(due_on: date, as_of: date) -> None:
    """The bounds are what SQL is given: they put an amount where the requirement does."""
    days = (as_of - due_on).days
    by_bounds = [name for name, first, last in bucket_bounds() if first <= days and (last is None or days <= last)]
    assert by_bounds == ([] if days < 0 else [bucket_of(due_on, as_of)])


@given(st.dates(), st.dates(min_value=date(1, 6, 1), max_value=date(9999, 6, 1)))
def test_the_due_dates_of_a_column_are_those_of_what_stands_in_it(due_on: date, as_of: date) -> None:
    """A figure of the report leads to exactly the invoices behind it."""
    for column in COLUMNS:
        assert stands_in(column, due_on, as_of) == (bucket_of(due_on, as_of) == column)


def test_the_ends_of_the_calendar() -> None:
    assert due_between("not_due", date.max) == (None, None)
    assert due_between("90+", date.min) == (None, None)
