"""The debt gate on the write side: whoever owes gets no licence, and is told what clears it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from backend.rules.gate import Receivable
from backend.values.gate import DEFAULT_POLICY
from backend.values.identifiers import InvoiceId
from backend.write.gate import SetGatePolicy, WantedRule, set_policy
from backend.write.invoices.gate import RenewalBlockedByDebt, pass_gate
from backend.write.refusal import RefusalCode
from tests.given.issuing import TODAY


def owed(number: str, open_minor: int = 50_000) -> Receivable:
    return Receivable(
        invoice_id=InvoiceId(uuid4()),
        number=number,
        open_minor=open_minor,
        currency="SEK",
        due_on=TODAY + timedelta(days=10),
    )


def test_whoever_owes_nothing_passes() -> None:
    pass_gate((), DEFAULT_POLICY, action="licence_renewal", on=TODAY)


def test_any_debt_blocks_the_next_licence() -> None:
    """S002-45, X16: due or not; and the refusal says what clears it."""
    with pytest.raises(RenewalBlockedByDebt, match=r"owes 750\.00 SEK on F-1, F-2: a payment") as refused:
        pass_gate((owed("F-1"), owed("F-2", 25_000)), DEFAULT_POLICY, action="licence_renewal", on=TODAY)
    assert refused.value.code is RefusalCode.RENEWAL_BLOCKED_BY_DEBT


def test_the_tenant_may_soften_it() -> None:
    """X16: each federation decides what stands in the way."""
    command = SetGatePolicy(rules=(WantedRule(action="licence_renewal", overdue_only=True),))
    policy = set_policy(DEFAULT_POLICY, command).policy
    pass_gate((owed("F-1"),), policy, action="licence_renewal", on=TODAY)
    with pytest.raises(RenewalBlockedByDebt):
        pass_gate((owed("F-1"),), policy, action="licence_renewal", on=TODAY + timedelta(days=11))
