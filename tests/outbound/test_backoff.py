"""The retry schedule: patient, spread, and the same for everyone who asks."""

from datetime import timedelta
from itertools import accumulate
from uuid import UUID, uuid5

import pytest

from backend.outbound.backoff import DELAYS, MAX_ATTEMPTS, Failure, next_delay

ONE = UUID(int=1)


@pytest.mark.parametrize("failure", list(Failure))
def test_each_delay_stays_within_a_fifth_of_its_entry_and_then_ends(failure: Failure) -> None:
    """S002-30, F25: no retry storm, and no retry for ever."""
    for number, delay in enumerate(DELAYS[failure], start=1):
        waited = next_delay(failure, ONE, failures=number)
        assert waited is not None
        assert delay * 4 // 5 <= waited <= delay * 6 // 5
        assert waited == next_delay(failure, ONE, failures=number)
    assert next_delay(failure, ONE, failures=len(DELAYS[failure]) + 1) is None


def test_a_thousand_failures_do_not_come_back_together() -> None:
    """S002-30, C20: after an outage a run of a thousand mails returns spread over time."""
    waits = [next_delay(Failure.REFUSED_FOR_NOW, uuid5(ONE, str(n)), failures=1) for n in range(1000)]
    assert len(set(waits)) > 300
    seconds = sorted(wait for wait in waits if wait is not None)
    assert seconds[-1] - seconds[0] > timedelta(seconds=20)


def test_a_mail_system_that_was_down_for_twenty_seconds_is_found_within_ten() -> None:
    """S002-30, F21: recovery of unreachable servers."""
    for n in range(200):
        each = uuid5(ONE, str(n))
        waits = [next_delay(Failure.UNREACHABLE, each, failures=number) for number in range(1, 6)]
        tries = list(accumulate(wait for wait in waits if wait is not None))
        first_after = next(at for at in tries if at >= timedelta(seconds=20))
        assert first_after <= timedelta(seconds=30)


def test_unknown_allows_one_further_copy() -> None:
    """S002-30, F24: never a third copy; and the whole of a delivery's life is bounded."""
    assert next_delay(Failure.UNKNOWN, ONE, failures=1) is not None
    assert next_delay(Failure.UNKNOWN, ONE, failures=2) is None
    assert MAX_ATTEMPTS == 25


def test_failures_are_counted_from_one() -> None:
    """S002-30: zero failures have no delay."""
    with pytest.raises(ValueError, match="number 1"):
        next_delay(Failure.UNKNOWN, ONE, failures=0)
