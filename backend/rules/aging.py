"""The buckets of the aging report (S000-34), shared by SQL, the API and the tests, so that they cannot differ.

Decision: buckets count days past the due date, never days since issue. What is not due yet is no bucket of the four
but a column of its own, `not_due`, so that the row still adds up and nobody fears a reminder before the day (C43).
"""

from datetime import date, timedelta
from typing import Final, Literal

Bucket = Literal["not_due", "0-30", "31-60", "61-90", "90+"]

# The due day itself is day 0: the amount is due, so it belongs to 0-30, though it is overdue only from day 1
# (`rules.status`). Day 90 belongs to 61-90, so 90+ begins with day 91.
_BOUNDS: Final[tuple[tuple[Bucket, int, int | None], ...]] = (
    ("0-30", 0, 30),
    ("31-60", 31, 60),
    ("61-90", 61, 90),
    ("90+", 91, None),
)

NOT_DUE: Final[Bucket] = "not_due"
BUCKETS: Final[tuple[Bucket, ...]] = tuple(name for name, _, _ in _BOUNDS)
# In the order of the report, from what is not urgent to what is.
COLUMNS: Final[tuple[Bucket, ...]] = (NOT_DUE, *BUCKETS)


def bucket_bounds() -> tuple[tuple[Bucket, int, int | None], ...]:
    """Name, first and last day past due, inclusive, of the four buckets; the last is open-ended.

    Fewer days than the first bucket begins with are `NOT_DUE`.
    """
    return _BOUNDS


def due_between(bucket: Bucket, as_of: date) -> tuple[date | None, date | None]:
    """The first and the last due date, inclusive, of what stands in this column on `as_of`; None leaves a side open."""
    for name, first, last in _BOUNDS:
        if name == bucket:
            return None if last is None else _days_before(as_of, last), _days_before(as_of, first)
    return _days_before(as_of, -1), None


def _days_before(day: date, days: int) -> date | None:
    """None beyond the ends of the calendar, where nothing is due."""
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return None
