"""The one word for an invoice, when it is overdue, and what may be done next."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.status import (
    STATUS_ALIASES,
    DeliveryState,
    DocumentState,
    PaymentState,
    Status,
    available_actions,
    derived_status,
    is_overdue,
    payment_state,
)
from backend.values.dates import end_of

DUE = date(2026, 1, 31)
# The due day ends in Stockholm an hour before it ends in Greenwich.
DAY_OVER = datetime(2026, 1, 31, 23, tzinfo=UTC)
ON_TIME, LATE = DAY_OVER - timedelta(microseconds=1), DAY_OVER

MOMENTS = st.integers(-5, 5).map(lambda hours: DAY_OVER + timedelta(hours=hours))


def status(**changed: Any) -> Status:
    """An issued, sent, unpaid invoice of 100.00 on its due day, with `changed`."""
    usual: dict[str, Any] = {
        "document": "issued",
        "total_minor": 10_000,
        "open_minor": 10_000,
        "delivery": "sent",
        "overdue_from": DAY_OVER,
        "now": ON_TIME,
    }
    return derived_status(**(usual | changed))


class TestTheWord:
    """X1, S002-60, S002-65: one word from three axes."""

    @pytest.mark.parametrize(
        ("changed", "word"),
        [
            ({"document": "draft", "delivery": "none"}, "draft"),
            ({"delivery": "none"}, "issued"),
            ({}, "sent"),
            ({"delivery": "delivered"}, "sent"),
            ({"delivery": "viewed"}, "viewed"),
            ({"open_minor": 4000, "delivery": "viewed"}, "partially_paid"),
            ({"now": LATE}, "overdue"),
            ({"open_minor": 0, "now": LATE}, "paid"),
            ({"open_minor": -100}, "paid"),
            ({"document": "cancelled", "open_minor": 0, "now": LATE}, "cancelled"),
        ],
    )
    def test_each_word_has_its_place(self, changed: dict[str, Any], word: str) -> None:
        assert status(**changed) == word

    def test_partly_paid_and_overdue_is_overdue(self) -> None:
        """X1: the fact that it is partly paid stays visible on its own axis."""
        assert status(open_minor=4000, now=LATE) == "overdue"
        assert payment_state(10_000, 4000) == "partially_paid"

    @pytest.mark.parametrize("delivery", ["none", "queued", "bounced", "failed", "unknown"])
    def test_what_surely_did_not_arrive_is_not_called_sent(self, delivery: str) -> None:
        """X22: a failed dispatch never marks an invoice as sent."""
        assert status(delivery=delivery) == "issued"

    def test_an_empty_draft_is_not_paid(self) -> None:
        assert status(document="draft", total_minor=0, open_minor=0) == "draft"

    @given(
        st.fixed_dictionaries(
            {
                "document": st.sampled_from(get_args(DocumentState)),
                "total_minor": st.integers(0, 100),
                "open_minor": st.integers(-100, 100),
                "delivery": st.sampled_from(get_args(DeliveryState)),
                "overdue_from": st.none() | MOMENTS,
                "now": MOMENTS,
            }
        )
    )
    def test_there_is_always_one_word(self, axes: dict[str, Any]) -> None:
        word = derived_status(**axes)
        assert word in get_args(Status)
        late = {name: axes[name] for name in ("document", "open_minor", "overdue_from", "now")}
        assert (word == "overdue") == is_overdue(**late)

    def test_the_words_of_other_systems_are_understood(self) -> None:
        """S003-26, S004-17."""
        assert STATUS_ALIASES == {"posted": "issued", "partial": "partially_paid", "cancel": "cancelled"}
        assert set(STATUS_ALIASES.values()) <= set(get_args(Status))


class TestOverdue:
    @pytest.mark.parametrize(
        ("now", "overdue"), [(DAY_OVER - timedelta(days=1), False), (ON_TIME, False), (LATE, True)]
    )
    def test_from_the_day_after_the_due_date(self, now: datetime, overdue: bool) -> None:
        """X17, C43: who pays on the last day is in time."""
        assert is_overdue(document="issued", open_minor=1, overdue_from=DAY_OVER, now=now) is overdue

    @pytest.mark.parametrize(
        ("zone", "over"),
        [
            ("Europe/Stockholm", "2026-01-31T23:00Z"),
            ("Pacific/Auckland", "2026-01-31T11:00Z"),
            ("America/Los_Angeles", "2026-02-01T08:00Z"),
        ],
    )
    def test_a_due_day_is_over_where_the_issuer_is(self, zone: str, over: str) -> None:
        """C44: the same date ends at another moment elsewhere."""
        assert end_of(DUE, zone) == datetime.fromisoformat(over)

    def test_a_day_is_as_long_as_its_clocks_make_it(self) -> None:
        """Clocks go back on 25 October 2026: that day has 25 hours in Stockholm."""
        before, day = (end_of(date(2026, 10, each), "Europe/Stockholm") for each in (24, 25))
        assert day - before == timedelta(hours=25)

    @pytest.mark.parametrize(
        "changed", [{"open_minor": 0}, {"overdue_from": None}, {"document": "draft"}, {"document": "cancelled"}]
    )
    def test_only_what_is_owed_can_be_overdue(self, changed: dict[str, Any]) -> None:
        usual: dict[str, Any] = {"document": "issued", "open_minor": 1, "overdue_from": DAY_OVER, "now": LATE}
        assert not is_overdue(**(usual | changed))


@pytest.mark.parametrize(
    ("owed", "state"), [(10_000, "unpaid"), (9999, "partially_paid"), (0, "paid"), (-1, "paid"), (10_100, "unpaid")]
)
def test_the_payment_state_follows_from_the_amounts(owed: int, state: str) -> None:
    """S004-67, X12."""
    assert payment_state(10_000, owed) == state


def refused(**changed: Any) -> dict[str, str]:
    usual: dict[str, Any] = {"document": "issued", "payment": "unpaid", "delivery": "none"}
    return {each.action: each.reason_code for each in available_actions(**(usual | changed)) if not each.allowed}


class TestActions:
    """Conventions E.1: every document says what may be done with it, and why not."""

    def test_a_draft_can_be_changed_issued_or_discarded(self) -> None:
        assert set(refused(document="draft")) == {"deliver", "share", "cancel", "register_payment", "download_pdf"}
        assert set(refused(document="draft").values()) == {"INVOICE_NOT_ISSUED"}

    def test_an_issued_invoice_is_never_edited(self) -> None:
        """X2: INVOICE_ALREADY_POSTED."""
        assert refused() == dict.fromkeys(("issue", "revise", "discard"), "INVOICE_ALREADY_POSTED")

    def test_a_delivery_under_way_is_not_doubled(self) -> None:
        assert refused(delivery="queued")["deliver"] == "DELIVERY_IN_PROGRESS"
        assert "deliver" not in refused(delivery="delivered")

    @pytest.mark.parametrize("payment", ["partially_paid", "paid"])
    def test_what_was_paid_may_still_be_cancelled(self, payment: str) -> None:
        """X10: the credit note covers the whole invoice, and what was paid becomes the debtor's credit."""
        assert "cancel" not in refused(payment=payment)

    def test_a_paid_invoice_takes_no_more_money_by_hand(self) -> None:
        """X12: manual registration over the balance is refused."""
        assert refused(payment="paid")["register_payment"] == "INVOICE_ALREADY_PAID"

    def test_a_cancelled_invoice_can_only_be_read(self) -> None:
        assert set(refused(document="cancelled")) == {
            "issue",
            "revise",
            "discard",
            "deliver",
            "cancel",
            "register_payment",
        }

    @given(
        st.sampled_from(get_args(DocumentState)),
        st.sampled_from(get_args(PaymentState)),
        st.sampled_from(get_args(DeliveryState)),
    )
    def test_every_refusal_has_a_reason_and_nothing_else_has(self, document: Any, payment: Any, delivery: Any) -> None:
        actions = available_actions(document=document, payment=payment, delivery=delivery)
        assert [each.allowed for each in actions] == [each.reason_code == "" for each in actions]
        assert len({each.action for each in actions}) == 8
