"""What somebody may want of the debt gate."""

from dataclasses import dataclass

from backend.rules.gate import GateAction


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
