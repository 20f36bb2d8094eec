"""The debt gate on the write side: whoever owes is refused the next licence, by a run and by hand alike (S002-47)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backend.inline.gate_policies import gate_policy
from backend.inline.open_receivables import open_receivables_of
from backend.rules.gate import Receivable, decide
from backend.tenants.nodes import ask_time_zone, time_zone_from
from backend.values.gate import GateAction, GatePolicy
from backend.values.identifiers import DebtorId
from backend.write.refusal import Refusal, RefusalCode
from backend.write.unit_of_work import UnitOfWork


class RenewalBlockedByDebt(Refusal):
    """The debtor owes money; the renewal is refused until a payment or a credit note clears it (S002-45, S002-47)."""

    code = RefusalCode.RENEWAL_BLOCKED_BY_DEBT
    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Debts:
    """What the gate decides from: what each debtor owes, the tenant's policy, and its day."""

    owed: Mapping[DebtorId, Sequence[Receivable]]
    policy: GatePolicy
    day: date


def pass_gate(owed: Sequence[Receivable], policy: GatePolicy, *, action: GateAction, on: date) -> None:
    """Let `action` pass, or raise `RenewalBlockedByDebt`. `owed` was read under the lock."""
    decision = decide(owed, policy, action=action, on=on)
    if decision.blocked:
        amounts = ", ".join(map(str, decision.cleared_by))
        numbers = ", ".join(reason.number for reason in decision.reasons)
        raise RenewalBlockedByDebt(f"owes {amounts} on {numbers}: a payment or a credit note clears it")


async def debts_of(work: UnitOfWork, debtors: Sequence[DebtorId]) -> Debts:
    """Read under the lock. A debtor may owe several issuers: the gate's day is the tenant's, whoever asks."""
    asked = await ask_time_zone(work.connection, work.tenant_id)
    owed = await open_receivables_of(*work.place, debtors)
    policy = await gate_policy(*work.place)
    return Debts(owed=owed, policy=policy, day=work.today(await time_zone_from(asked)))
