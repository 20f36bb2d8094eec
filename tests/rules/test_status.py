"""The one word for an invoice, when it is overdue, and what may be done next."""

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.status import (
    STATUS_ALIASES,
    CollectionState,
    DeliveryState,
    DocumentState,
    PaymentState,
    Status,
    available_actions,
    derived_status,
    is_overdue,
    payment_state,
)

DUE = date(2026, 1, 31)
ON_TIME, LATE = DUE, DUE + timedelta(days=1)


def status(**changed: Any) -> Status:
    """An issued, sent, unpaid invoice of 100.00 on its due day, with `changed`."""
    usual: dict[str, Any] = {
        "document": "issued",
        "total_minor": 10_000,
        "open_minor": 10_000,
        "delivery": "sent",
        "due_on": DUE,
        "today": ON_TIME,
        "written_off": False,
    }
    return derived_status(**(usual | changed))


class TestTheWord:
    """X1, S002-60, S002-65: one word from four axes."""

    @pytest.mark.parametrize(
        ("changed", "word"),
        [
            ({"document": "draft", "delivery": "none"}, "draft"),
            ({"delivery": "none"}, "issued"),
            ({}, "sent"),
            ({"delivery": "delivered"}, "sent"),
            ({"delivery": "viewed"}, "viewed"),
            ({"open_minor": 4000, "delivery": "viewed"}, "partially_paid"),
            ({"today": LATE}, "overdue"),
            ({"open_minor": 0, "today": LATE}, "paid"),
            ({"open_minor": -100}, "paid"),
            ({"open_minor": 0, "written_off": True, "today": LATE}, "written_off"),
            ({"document": "cancelled", "written_off": True, "open_minor": 0}, "cancelled"),
            ({"document": "archived", "open_minor": 0}, "paid"),
        ],
    )
    def test_each_word_has_its_place(self, changed: dict[str, Any], word: str) -> None:
        assert status(**changed) == word

    def test_partly_paid_and_overdue_is_overdue(self) -> None:
        """X1: the fact that it is partly paid stays visible on its own axis."""
        assert status(open_minor=4000, today=LATE) == "overdue"
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
                "due_on": st.none() | st.dates(),
                "today": st.dates(),
                "written_off": st.booleans(),
            }
        )
    )
    def test_there_is_always_one_word(self, axes: dict[str, Any]) -> None:
        word = derived_status(**axes)
        assert word in get_args(Status)
        late = {name: axes[name] for name in ("document", "open_minor", "due_on", "today", "written_off")}
        assert (word == "overdue") == is_overdue(**late)

    def test_the_words_of_other_systems_are_understood(self) -> None:
        """S003-26, S004-17."""
        assert STATUS_ALIASES == {"posted": "issued", "partial": "partially_paid", "cancel": "cancelled"}
        assert set(STATUS_ALIASES.values()) <= set(get_args(Status))


class TestOverdue:
    @pytest.mark.parametrize(("today", "overdue"), [(DUE - timedelta(days=1), False), (DUE, False), (LATE, True)])
    def test_from_the_day_after_the_due_date(self, today: date, overdue: bool) -> None:
        """X17, C43: who pays on the last day is in time."""
        assert is_overdue(document="issued", open_minor=1, due_on=DUE, today=today) is overdue

    @pytest.mark.parametrize(
        "changed",
        [{"open_minor": 0}, {"due_on": None}, {"document": "draft"}, {"document": "cancelled"}, {"written_off": True}],
    )
    def test_only_what_is_owed_can_be_overdue(self, changed: dict[str, Any]) -> None:
        usual: dict[str, Any] = {"document": "issued", "open_minor": 1, "due_on": DUE, "today": LATE}
        assert not is_overdue(**(usual | changed))


@pytest.mark.parametrize(
    ("owed", "state"), [(10_000, "unpaid"), (9999, "partially_paid"), (0, "paid"), (-1, "overpaid"), (10_100, "unpaid")]
)
def test_the_payment_state_follows_from_the_amounts(owed: int, state: str) -> None:
    """S004-67, X12."""
    assert payment_state(10_000, owed) == state


def refused(**changed: Any) -> dict[str, str]:
    usual: dict[str, Any] = {"document": "issued", "payment": "unpaid", "delivery": "none", "collection": "none"}
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

    @pytest.mark.parametrize("payment", ["partially_paid", "paid", "overpaid", "in_payment"])
    def test_what_was_paid_may_still_be_cancelled(self, payment: str) -> None:
        """X10: the credit note covers the whole invoice, and what was paid becomes the debtor's credit."""
        assert "cancel" not in refused(payment=payment)

    def test_a_paid_invoice_takes_no_more_money_by_hand(self) -> None:
        """X12: manual registration over the balance is refused."""
        assert refused(payment="paid")["register_payment"] == "INVOICE_ALREADY_PAID"

    def test_money_for_a_debt_written_off_or_in_dispute_is_welcome(self) -> None:
        assert "register_payment" not in refused(payment="written_off")
        assert "register_payment" not in refused(collection="disputed_hold")
        assert "register_payment" not in refused(document="archived")
        assert refused(payment="written_off", collection="closed")["register_payment"] == "INVOICE_WRITTEN_OFF"

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
        st.sampled_from(get_args(CollectionState)),
    )
    def test_every_refusal_has_a_reason_and_nothing_else_has(
        self, document: Any, payment: Any, delivery: Any, collection: Any
    ) -> None:
        actions = available_actions(document=document, payment=payment, delivery=delivery, collection=collection)
        assert [each.allowed for each in actions] == [each.reason_code == "" for each in actions]
        assert len({each.action for each in actions}) == 8
