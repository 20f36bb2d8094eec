"""What an attempt's outcome means, whatever was sent: pure, so every case is a line."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.outbound.backoff import DELAYS, Failure
from backend.outbound.claims import Claim
from backend.outbound.smtp import Accepted, Refused, Unknown, Unreachable
from backend.outbound.work import Never, NotNow, Outcome, report_of

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def a_claim(*, ends_at: datetime | None = None, **failed: int) -> Claim:
    return Claim(
        work_id=UUID(int=7),
        kind="document_mail",
        subject=UUID(int=8),
        attempt=3,
        queued_at=NOW,
        interrupted=False,
        failures={each: failed.get(each.value, 0) for each in Failure},
        sealed=None,
        ends_at=ends_at,
    )


STORIES: list[tuple[Outcome, str, bool]] = [
    (Accepted(server_reply="250 ok"), "sent", False),
    (Refused(permanent=True, code=550, reply="no", stage="recipient"), "bounced", False),
    (Refused(permanent=False, code=451, reply="later", stage="content"), "deferred", True),
    (Unreachable(reason="refused"), "deferred", True),
    (Unknown(reason="lost"), "unknown", True),
    (NotNow("no renderer"), "deferred", True),
    (Never("cancelled"), "failed", False),
]


@pytest.mark.parametrize(("outcome", "ended", "again"), STORIES, ids=[f"{type(s[0]).__name__}-{s[1]}" for s in STORIES])
def test_what_an_outcome_means(outcome: Any, ended: str, again: bool) -> None:
    """Reliability 1.4: only what certainly did not arrive, or nobody knows of, is attempted again."""
    report = report_of(a_claim(), outcome, now=NOW)
    assert (report.ended, report.next_at is not None) == (ended, again)


def test_after_a_second_unknown_a_person_must_decide() -> None:
    """I06: at most one further copy."""
    report = report_of(a_claim(unknown=1), Unknown(reason="lost"), now=NOW)
    assert (report.ended, report.next_at) == ("unknown", None)


def test_each_way_of_failing_has_its_own_schedule() -> None:
    """F21: an hour of being unreachable does not use up what a busy server is granted."""
    claim = a_claim(unreachable=len(DELAYS[Failure.UNREACHABLE]))
    assert report_of(claim, Unreachable(reason="refused"), now=NOW).ended == "failed"
    assert report_of(claim, NotNow("no store"), now=NOW).ended == "deferred"


def test_nothing_is_attempted_once_it_is_worth_nothing() -> None:
    """A link to reset a password ends in half an hour: mail that comes later only puzzles."""
    claim = a_claim(ends_at=NOW + timedelta(seconds=1))
    report = report_of(claim, Unreachable(reason="refused"), now=NOW)
    assert (report.ended, report.next_at) == ("failed", None)
