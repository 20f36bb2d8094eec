"""What reports mean for a delivery, in whatever order and however often they come."""

import itertools
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.events.deliveries import (
    DeliveryBounced,
    DeliveryConfirmed,
    DeliveryDeferred,
    DeliveryFailed,
    DeliveryQueued,
    DeliverySent,
    DeliveryUnknown,
)
from backend.values.documents import DocumentRef
from backend.values.identifiers import DebtorId, DeliveryId, InvoiceId
from backend.write.deliveries.record import (
    MAX_DISPATCHES,
    MAX_REPLY,
    Dispatch,
    RecordDispatches,
    outcome_of,
    within_limits,
)
from backend.write.refusal import InvalidValue
from backend.write.states.delivery import DELIVERY, Delivery

LATER = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
KEY = {"delivery_id": DeliveryId(UUID(int=1)), "invoice_id": InvoiceId(UUID(int=2))}


def it_was(outcome: Any, attempt: int = 1, *, next_at: datetime | None = LATER, **changes: Any) -> Dispatch:
    said = {"reply": "so it is", "code": 550 if outcome == "bounced" else 0, "next_at": next_at}
    return Dispatch(**KEY, outcome=outcome, attempt=attempt, **(said | changes))


def a_delivery(*reports: Dispatch) -> tuple[Delivery, list[Any]]:
    """A queued delivery after `reports`, and the events they made."""
    queued = DeliveryQueued(
        delivery_id=KEY["delivery_id"],  # type: ignore[arg-type]
        document=DocumentRef(kind="invoice", id=KEY["invoice_id"], number="FAKTURA-2026-000001"),
        purpose="issue",
        issuer_org_node_id=None,
        debtor_org_node_id=None,
        debtor_id=DebtorId(UUID(int=3)),
        channel="email",
        language="sv",
        message_id="<1@x>",
        to_address="a@b.example",
    )
    state, events = DELIVERY.evolve(None, queued), []
    for report in reports:
        assert state is not None
        event = outcome_of(state, report)
        if event is not None:
            events.append(event)
            state = DELIVERY.evolve(state, event)
    assert state is not None
    return state, events


def kinds(*reports: Dispatch) -> list[type]:
    return [type(event) for event in a_delivery(*reports)[1]]


def test_an_accepted_message_is_sent() -> None:
    """X22: sent at acceptance, delivered at confirmation."""
    state, (event,) = a_delivery(it_was("sent", document_digest="d" * 64))
    assert (state.state, state.open, event.digest, event.confirmation) == ("sent", False, "d" * 64, "none")
    assert kinds(it_was("sent"), it_was("delivered")) == [DeliverySent, DeliveryConfirmed]


def test_a_deferred_message_is_tried_again() -> None:
    """Issue 2, item 7: retries with backoff, until no attempt is left."""
    state, events = a_delivery(it_was("deferred", kind="unreachable"), it_was("deferred", 2))
    assert (state.state, state.open, state.attempt) == ("queued", True, 2)
    assert (events[0].kind, events[0].next_at) == ("unreachable", LATER)
    assert kinds(it_was("deferred", next_at=None)) == [DeliveryFailed]


def test_an_unknown_outcome_allows_one_more_copy_and_no_more() -> None:
    """Reliability 1.4: the second unknown outcome is for a person, whatever the worker proposes."""
    state, events = a_delivery(it_was("unknown"), it_was("unknown", 2))
    assert [event.next_at for event in events] == [LATER, None]
    assert (state.state, state.open) == ("unknown", False)
    assert kinds(it_was("unknown"), it_was("unknown", 2), it_was("deferred", 3)) == [DeliveryUnknown] * 2


def test_after_an_unknown_attempt_nothing_is_called_failed() -> None:
    """C20, reliability 1.4: nobody can say that nothing arrived."""
    state, events = a_delivery(it_was("unknown"), it_was("failed", 2))
    assert (type(events[-1]), events[-1].next_at, state.open) == (DeliveryUnknown, None, False)
    assert kinds(it_was("unknown"), it_was("deferred", 2), it_was("sent", 3)) == [
        DeliveryUnknown,
        DeliveryDeferred,
        DeliverySent,
    ]


@pytest.mark.parametrize("before", ["deferred", "unknown", "failed"])
def test_a_late_acceptance_is_the_truth(before: str) -> None:
    """X22: the mail system took it, whatever was believed of the attempt; no further copy goes out."""
    state, events = a_delivery(it_was(before), it_was("sent"))
    assert (type(events[-1]), state.open) == (DeliverySent, False)


def test_a_bounce_may_come_after_the_acceptance() -> None:
    """C20: the work list of bounces has it even then."""
    assert kinds(it_was("sent"), it_was("bounced")) == [DeliverySent, DeliveryBounced]
    assert kinds(it_was("unknown"), it_was("bounced")) == [DeliveryUnknown, DeliveryBounced]
    assert kinds(it_was("bounced"), it_was("sent"), it_was("delivered")) == [DeliveryBounced]
    assert kinds(it_was("deferred"), it_was("bounced")) == [DeliveryDeferred]


@pytest.mark.parametrize("end", ["sent", "bounced", "failed", "delivered"])
def test_after_the_end_nothing_is_tried_again(end: str) -> None:
    """F20: late and duplicate reports change nothing."""
    late = [it_was(outcome, attempt) for outcome in ("deferred", "unknown", "failed") for attempt in (1, 2)]
    assert len(kinds(it_was(end), *late)) == 1


OUTCOMES = st.sampled_from(("sent", "deferred", "unknown", "bounced", "failed", "delivered"))


@given(st.lists(st.builds(it_was, OUTCOMES, st.integers(1, 4), next_at=st.sampled_from((LATER, None)))))
def test_reports_in_any_order_keep_the_promise(reports: list[Dispatch]) -> None:
    """F20, I06: repeating any report changes nothing, and at most two copies are ever of unknown fate or sent."""
    state, events = a_delivery(*reports)
    assert kinds(*itertools.chain.from_iterable((report, report) for report in reports)) == [type(e) for e in events]
    unknown = [event for event in events if isinstance(event, DeliveryUnknown)]
    assert all(event.next_at is None for event in unknown[1:])
    assert sum(isinstance(event, DeliverySent) for event in events) <= 1
    assert not (state.open and state.state in ("sent", "delivered", "bounced", "failed"))


def test_replies_and_batches_are_bounded() -> None:
    """Architecture, limits: a long reply is cut, never refused; a batch is limited."""
    assert len(a_delivery(it_was("failed", reply="x" * 9_000))[1][0].reason) == MAX_REPLY
    with pytest.raises(InvalidValue):
        within_limits(RecordDispatches(dispatches=(it_was("sent"),) * (MAX_DISPATCHES + 1)))
