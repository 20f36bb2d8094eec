"""The columns of the aging report as SQL, made from the bounds in `rules.aging` so that they cannot differ."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from backend.read.receivables.answers import AgingRow
from backend.read.rollup import shifted
from backend.rules.aging import bucket_bounds

_BOUNDS: Final = bucket_bounds()
# Not due, then each bucket: a condition on `due_on` and how many parameters it has.
_CONDITIONS: Final = (
    "due_on > %b::date",
    *("due_on <= %b::date" + ("" if last is None else " AND due_on >= %b::date") for _, _, last in _BOUNDS),
)


def bucket_sums(minor: str, invoices: str) -> str:
    """Columns of a SELECT: `minor` summed per column of the report, then `invoices`, then what is overdue."""
    sums = [f"coalesce(sum({minor}) FILTER (WHERE {each}), 0)::bigint" for each in _CONDITIONS]
    counts = [f"coalesce(sum({invoices}) FILTER (WHERE {each}), 0)::bigint" for each in _CONDITIONS]
    overdue = f"coalesce(sum({minor}) FILTER (WHERE due_on < %b::date), 0)::bigint"
    return ", ".join([*sums, *counts, overdue])


def bucket_parameters(as_of: date) -> list[date]:
    """The parameters of `bucket_sums`."""
    days = [as_of]
    for _, first, last in _BOUNDS:
        days.append(shifted(as_of, -first))
        if last is not None:
            days.append(shifted(as_of, -last))
    return [*days, *days, as_of]


def aging_row(currency: str, sums: Sequence[int]) -> AgingRow:
    """The row of what `bucket_sums` selected."""
    width = len(_CONDITIONS)
    minor, invoices, overdue_minor = sums[:width], sums[width : 2 * width], sums[2 * width]
    return AgingRow(currency=currency, minor=tuple(minor), invoices=tuple(invoices), overdue_minor=overdue_minor)
