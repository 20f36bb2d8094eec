"""What a tenant may make of its debt gate."""

from typing import Any

import pytest

from backend.inline.gate_policies import gate_policy
from backend.tenants.actor import Actor, Forbidden, Reach
from backend.tenants.capabilities import Capability
from backend.values.gate import DEFAULT_POLICY, DEFAULT_RULE
from backend.write.execute import execute
from backend.write.gate import SetGatePolicy, WantedRule, set_policy
from backend.write.refusal import InvalidValue
from tests.given.federation import Federation


def test_each_action_has_its_rule_and_each_policy_its_version() -> None:
    """S002-44, X16: a tenant may soften the default, per action; decisions quote the version."""
    command = SetGatePolicy(rules=(WantedRule(action="club_transfer", overdue_only=True, grace_days=30),))
    policy = set_policy(DEFAULT_POLICY, command).policy
    assert policy.version == DEFAULT_POLICY.version + 1
    assert policy.rule("club_transfer").grace_days == 30
    assert policy.rule("licence_renewal") == DEFAULT_RULE
    assert set_policy(policy, SetGatePolicy(rules=())).policy.rule("club_transfer") == DEFAULT_RULE


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        (({"grace_days": 91},), ("rules", 0, "graceDays")),
        (({"grace_days": -1},), ("rules", 0, "graceDays")),
        (({"minimum_minor": -1},), ("rules", 0, "minimumMinor")),
        (({"minimum_minor": 10**17},), ("rules", 0, "minimumMinor")),
        (({"action": "parking"},), ("rules", 0, "action")),
        (({}, {}), ("rules", 1, "action")),
        (({}, {"action": "club_transfer"}, *({} for _ in range(99_999))), ("rules", 2, "action")),
    ],
)
def test_a_rule_that_makes_no_sense_is_pointed_at(rules: tuple[dict[str, Any], ...], path: tuple[Any, ...]) -> None:
    """S002-39: a grace of 90 days at most; one rule for each action."""
    wanted = tuple(WantedRule(**({"action": "licence_renewal"} | rule)) for rule in rules)
    with pytest.raises(InvalidValue) as refused:
        set_policy(DEFAULT_POLICY, SetGatePolicy(rules=wanted))
    assert refused.value.path == path


async def test_the_gate_belongs_to_the_tenant(federation: Federation) -> None:
    """Issue 2, items 3 and 9: no district opens the gate; the next decision goes by the new policy."""
    command = SetGatePolicy(rules=(WantedRule(action="licence_renewal", blocks=False),))
    reaches = {Capability.GATE_MANAGE: Reach(frozenset({federation.district}))}
    with pytest.raises(Forbidden):
        await execute(
            federation.write, Actor(tenant_id=federation.tenant_id, principal="user:1", reaches=reaches), command
        )
    assert (await execute(federation.write, federation.system, command)).answer == {"version": 2}
    async with federation.write.database.scope(federation.tenant_id) as connection:
        policy = await gate_policy(connection, federation.tenant_id, 1)
    assert not policy.rule("licence_renewal").blocks
    assert (await execute(federation.write, federation.system, SetGatePolicy(rules=()))).answer == {"version": 3}
