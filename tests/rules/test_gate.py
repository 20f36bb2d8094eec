"""The debt gate: what blocks, what the tenant may soften, and what clears it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.gate import GateDecision, Receivable, decide
from backend.values.gate import DEFAULT_POLICY, GateAction, GatePolicy, GateRule, InvalidGatePolicy
from backend.values.identifiers import InvoiceId
from backend.values.money import Money

TODAY = date(2026, 11, 20)


def owed(
    minor: int = 11_900, *, overdue: int = 0, currency: str = "SEK", disputed: bool = False, n: int = 1
) -> Receivable:
    """An open invoice, `overdue` days past its due date; negative for days still to go."""
    return Receivable(
        invoice_id=InvoiceId(UUID(int=n)),
        number=f"FAKTURA-2026-{n:06d}",
        open_minor=minor,
        currency=currency,
        due_on=TODAY - timedelta(days=overdue),
        disputed=disputed,
    )


def asked(*receivables: Receivable, action: GateAction = "club_transfer", **rule: Any) -> GateDecision:
    policy = GatePolicy(actions={action: GateRule(**rule)}) if rule else DEFAULT_POLICY
    return decide(receivables, policy, action=action, on=TODAY)


class TestSeedDefault:
    def test_who_owes_nothing_passes(self) -> None:
        assert asked() == GateDecision(blocked=False, reasons=(), cleared_by=())
        assert not asked(owed(0), owed(-500, n=2)).blocked

    @pytest.mark.parametrize("action", ["licence_renewal", "club_transfer"])
    def test_any_outstanding_amount_blocks(self, action: GateAction) -> None:
        """S002-44, S002-45, X16: sent, overdue or partially paid; due or not."""
        assert asked(owed(overdue=-10), action=action).blocked
        assert asked(owed(overdue=10), action=action).blocked

    def test_the_decision_says_what_blocks_and_what_clears_it(self) -> None:
        """S002-46, S002-47: oldest first, one amount to pay per currency."""
        decision = asked(
            owed(100, overdue=-5, n=3), owed(200, overdue=40, n=2), owed(300, currency="EUR", n=1), owed(0, n=4)
        )
        assert [(reason.code, reason.number[-1], reason.days_overdue) for reason in decision.reasons] == [
            ("INVOICE_OVERDUE", "2", 40),
            ("INVOICE_OUTSTANDING", "1", 0),
            ("INVOICE_OUTSTANDING", "3", 0),
        ]
        assert decision.cleared_by == (Money(300, "EUR"), Money(300, "SEK"))

    def test_the_invoice_that_pays_for_this_very_action_does_not_block_it(self) -> None:
        """X16: otherwise a renewal could never be paid for."""
        renewal, old = owed(n=1), owed(500, n=2)
        pays = {"action": "licence_renewal", "on": TODAY, "paying_invoice": renewal.invoice_id}
        assert not decide([renewal], DEFAULT_POLICY, **pays).blocked  # type: ignore[arg-type]
        assert decide([renewal, old], DEFAULT_POLICY, **pays).cleared_by == (Money(500, "SEK"),)  # type: ignore[arg-type]


class TestSoftened:
    def test_overdue_only_begins_the_day_after_the_due_date(self) -> None:
        """X16, X17."""
        assert not asked(owed(overdue=0), overdue_only=True).blocked
        assert asked(owed(overdue=1), overdue_only=True).blocked

    def test_grace_days_come_on_top(self) -> None:
        assert not asked(owed(overdue=14), overdue_only=True, grace_days=14).blocked
        assert asked(owed(overdue=15), overdue_only=True, grace_days=14).blocked

    def test_a_minimum_is_measured_on_the_sum_of_each_currency(self) -> None:
        small = (owed(60, n=1), owed(60, n=2), owed(99, currency="EUR", n=3))
        decision = asked(*small, minimum_minor=100)
        assert decision.cleared_by == (Money(120, "SEK"),)
        assert {reason.currency for reason in decision.reasons} == {"SEK"}
        assert not asked(*small, minimum_minor=121).blocked

    def test_disputed_invoices_can_be_left_out(self) -> None:
        assert asked(owed(disputed=True), overdue_only=False).blocked
        assert not asked(owed(disputed=True), exclude_disputed=True).blocked

    def test_a_gate_can_be_open_for_one_action_only(self) -> None:
        policy = GatePolicy(version=2, actions={"licence_renewal": GateRule(blocks=False)})
        assert not decide([owed()], policy, action="licence_renewal", on=TODAY).blocked
        assert decide([owed()], policy, action="club_transfer", on=TODAY).blocked

    @pytest.mark.parametrize("wrong", [{"grace_days": -1}, {"grace_days": 91}, {"minimum_minor": -1}])
    def test_a_policy_has_limits(self, wrong: dict[str, int]) -> None:
        with pytest.raises(InvalidGatePolicy):
            GateRule(**wrong)  # type: ignore[arg-type]


@given(
    st.lists(st.tuples(st.integers(-100, 1000), st.integers(-60, 60), st.sampled_from(["SEK", "EUR"]))),
    st.builds(
        GateRule,
        overdue_only=st.booleans(),
        grace_days=st.integers(0, 90),
        minimum_minor=st.integers(0, 500),
        exclude_disputed=st.booleans(),
    ),
)
def test_paying_what_clears_it_clears_it(owing: list[tuple[int, int, str]], rule: GateRule) -> None:
    """S002-47: the gate refuses until payment clears the balance, and then no longer."""
    receivables = [owed(minor, overdue=days, currency=cur, n=n) for n, (minor, days, cur) in enumerate(owing, 1)]
    policy = GatePolicy(actions={"club_transfer": rule})
    decision = decide(receivables, policy, action="club_transfer", on=TODAY)
    assert decision.blocked == bool(decision.reasons) == bool(decision.cleared_by)
    in_the_way = {reason.invoice_id for reason in decision.reasons}
    assert sum(amount.minor for amount in decision.cleared_by) == sum(reason.open_minor for reason in decision.reasons)
    unpaid = [receivable for receivable in receivables if receivable.invoice_id not in in_the_way]
    assert not decide(unpaid, policy, action="club_transfer", on=TODAY).blocked
