"""What may be done with the debt gate."""

from typing import Annotated

import strawberry

from backend.api.gate.types import GateAction
from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, mutation, output
from backend.api.graphql.results import Refused, Repeatable, Success, outcome
from backend.api.graphql.scalars import BigInt
from backend.api.graphql.words import word
from backend.write.execute import Receipt
from backend.write.gate import SetGatePolicy, WantedRule


@given
class GateRuleInput:
    """What blocks one action. As it stands: any outstanding amount, due or not. `minimumMinor` is a threshold in minor
    units of each currency by itself."""

    action: GateAction
    blocks: bool = True
    overdue_only: bool = False
    grace_days: int = 0
    minimum_minor: BigInt = BigInt(0)
    exclude_disputed: bool = False
    exclude_paying_invoice: bool = True

    def value(self) -> WantedRule:
        return WantedRule(
            action=word(self.action),
            blocks=self.blocks,
            overdue_only=self.overdue_only,
            grace_days=self.grace_days,
            minimum_minor=self.minimum_minor,
            exclude_disputed=self.exclude_disputed,
            exclude_paying_invoice=self.exclude_paying_invoice,
        )


@given
class SetGatePolicyInput(Repeatable):
    """The whole policy. An action that is not named has the default rule."""

    rules: list[GateRuleInput]

    def command(self) -> SetGatePolicy:
        return SetGatePolicy(rules=tuple(rule.value() for rule in self.rules))


@output
class SetGatePolicySuccess(Success):
    """The version that every decision quotes from now on."""

    version: int


SetGatePolicyResult = Annotated[SetGatePolicySuccess | Refused, strawberry.union("SetGatePolicyResult")]


@output
class GateMutations:
    """What may be done with the debt gate."""

    @mutation
    async def set_gate_policy(self, info: Info, input: SetGatePolicyInput) -> SetGatePolicyResult:
        """Let the gate decide by these rules from now on."""
        return await outcome(info, input.command(), input, SetGatePolicySuccess, version=_version)


async def _version(info: Info, receipt: Receipt) -> int:
    return int(receipt.answer["version"])
