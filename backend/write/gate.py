"""The debt gate's policy: what a tenant may make of it. Every policy has a version, which each decision quotes."""

from dataclasses import dataclass
from typing import get_args

from backend.events.gate import GatePolicySet
from backend.tenants.capabilities import Capability
from backend.values.gate import DEFAULT_POLICY, GateAction, GatePolicy, GateRule, InvalidGatePolicy
from backend.values.money import MAX_MINOR
from backend.values.why import Why
from backend.write.command import command
from backend.write.refusal import InvalidValue
from backend.write.states.gate_policy import GATE_POLICY, gate_stream
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRule:
    """What blocks one action. As it stands: any outstanding amount, due or not (X16)."""

    action: GateAction
    blocks: bool = True
    overdue_only: bool = False
    grace_days: int = 0
    minimum_minor: int = 0
    exclude_disputed: bool = False
    exclude_paying_invoice: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGatePolicy:
    """Let the gate decide by these rules from now on. An action that is not named has the default rule."""

    rules: tuple[WantedRule, ...]


def set_policy(earlier: GatePolicy, command: SetGatePolicy) -> GatePolicySet:
    """The next version of the policy, with at most one rule for each action."""
    rules: dict[GateAction, GateRule] = {}
    for index, wanted in enumerate(command.rules[: len(get_args(GateAction)) + 1]):
        if wanted.action not in get_args(GateAction):
            raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(get_args(GateAction)), path=("rules", index, "action"))
        if wanted.action in rules:
            raise InvalidValue(Why.NAMED_TWICE, path=("rules", index, "action"))
        rules[wanted.action] = _rule(wanted, index)
    return GatePolicySet(policy=GatePolicy(version=earlier.version + 1, actions=rules))


def _rule(wanted: WantedRule, index: int) -> GateRule:
    if wanted.minimum_minor > MAX_MINOR:
        raise InvalidValue(Why.ASTRONOMICAL, path=("rules", index, "minimumMinor"))
    try:
        return GateRule(
            blocks=wanted.blocks,
            overdue_only=wanted.overdue_only,
            grace_days=wanted.grace_days,
            minimum_minor=wanted.minimum_minor,
            exclude_disputed=wanted.exclude_disputed,
            exclude_paying_invoice=wanted.exclude_paying_invoice,
        )
    except InvalidGatePolicy as wrong:
        raise InvalidValue.by_rule(wrong, path=("rules", index)) from None


@command(Capability.GATE_MANAGE)
async def set_gate_policy(command: SetGatePolicy, work: UnitOfWork) -> None:
    """Load the gate policy in force, and record the new one."""
    work.authorise(None)
    earlier = await work.load(GATE_POLICY, gate_stream(work.tenant_id)) or DEFAULT_POLICY
    event = set_policy(earlier, command)
    work.record(gate_stream(work.tenant_id), event)
    work.answer = {"version": event.policy.version}
