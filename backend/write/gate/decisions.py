"""What a tenant may make of its debt gate: the pure rule. Every policy has a version, which each decision quotes."""

from typing import get_args

from backend.events.gate import GatePolicySet
from backend.rules.gate import GateAction, GatePolicy, GateRule, InvalidGatePolicy
from backend.values.money import MAX_MINOR
from backend.write.gate.commands import SetGatePolicy, WantedRule
from backend.write.refusal import InvalidValue


def set_policy(earlier: GatePolicy, command: SetGatePolicy) -> GatePolicySet:
    """The next version of the policy, with at most one rule for each action."""
    rules: dict[GateAction, GateRule] = {}
    for index, wanted in enumerate(command.rules[: len(get_args(GateAction)) + 1]):
        if wanted.action not in get_args(GateAction):
            raise InvalidValue(
                f"an action is one of {', '.join(get_args(GateAction))}", path=("rules", index, "action")
            )
        if wanted.action in rules:
            raise InvalidValue("there is a rule for this action already", path=("rules", index, "action"))
        rules[wanted.action] = _rule(wanted, index)
    return GatePolicySet(policy=GatePolicy(version=earlier.version + 1, actions=rules))


def _rule(wanted: WantedRule, index: int) -> GateRule:
    if wanted.minimum_minor > MAX_MINOR:
        raise InvalidValue("the minimum amount is out of range", path=("rules", index, "minimumMinor"))
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
        raise InvalidValue(str(wrong), path=("rules", index)) from None
