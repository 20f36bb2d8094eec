"""The debt gate on the write side: whoever owes is refused the next licence, by a run and by hand alike (S002-47)."""

from collections.abc import Sequence
from datetime import date

from backend.rules.gate import Receivable, decide
from backend.values.gate import GateAction, GatePolicy
from backend.write.refusal import Refusal, RefusalCode


class RenewalBlockedByDebt(Refusal):
    """The debtor owes money; the renewal is refused until a payment or a credit note clears it (S002-45, S002-47)."""

    code = RefusalCode.RENEWAL_BLOCKED_BY_DEBT
    status = 403


def pass_gate(owed: Sequence[Receivable], policy: GatePolicy, *, action: GateAction, on: date) -> None:
    """Let `action` pass, or raise `RenewalBlockedByDebt`. `owed` was read under the lock."""
    decision = decide(owed, policy, action=action, on=on)
    if decision.blocked:
        amounts = ", ".join(map(str, decision.cleared_by))
        numbers = ", ".join(reason.number for reason in decision.reasons)
        raise RenewalBlockedByDebt(f"owes {amounts} on {numbers}: a payment or a credit note clears it")
