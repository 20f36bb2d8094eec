"""On which days an invoice becomes open or settled, from the changes of its balance. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import date


def open_steps(deltas: Iterable[tuple[date, int]]) -> dict[date, int]:
    """The days on which an invoice becomes open (+1) or settled (-1), from the changes of its balance.

    Computed from all changes at once, because they need not be recorded in the order in which they take effect.
    """
    by_day = Counter[date]()
    for day, delta in deltas:
        by_day[day] += delta
    steps, balance, was_open = {}, 0, 0
    for day in sorted(by_day):
        balance += by_day[day]
        if (is_open := int(balance > 0)) != was_open:
            steps[day], was_open = is_open - was_open, is_open
    return steps
