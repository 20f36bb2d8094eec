"""The debt gate's policy as a tenant sets it and the journal stores it. What it means is in `rules/gate`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from backend.values.why import InvalidByRule, Why

GateAction = Literal["licence_renewal", "club_transfer"]

# S002-39 allows reminders a grace of 90 days; the gate waits no longer than they do.
MAX_GRACE_DAYS: Final = 90


class InvalidGatePolicy(InvalidByRule):
    """Grace days or a minimum amount out of range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRule:
    """What blocks one action. As it stands: any outstanding amount.

    `blocks` False opens the gate altogether. `overdue_only` counts an invoice only when it is more than `grace_days`
    days overdue. `minimum_minor` is a threshold in minor units of each currency: less than that in sum does not block.
    `exclude_disputed` leaves out invoices on a dispute hold; `exclude_paying_invoice` the invoice that pays for this
    very action, which would otherwise block itself. Raises `InvalidGatePolicy`; the checks may never become stricter,
    because the journal holds policies.
    """

    blocks: bool = True
    overdue_only: bool = False
    grace_days: int = 0
    minimum_minor: int = 0
    exclude_disputed: bool = False
    exclude_paying_invoice: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.grace_days <= MAX_GRACE_DAYS:
            raise InvalidGatePolicy(Why.OUT_OF_RANGE, field="graceDays", lowest=0, highest=MAX_GRACE_DAYS)
        if self.minimum_minor < 0:
            raise InvalidGatePolicy(Why.NEGATIVE, field="minimumMinor")


DEFAULT_RULE: Final = GateRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePolicy:
    """A tenant's rules per action, and the version a decision quotes. An action without a rule has `DEFAULT_RULE`."""

    version: int = 1
    actions: Mapping[GateAction, GateRule] = field(default_factory=dict)

    def rule(self, action: GateAction) -> GateRule:
        return self.actions.get(action, DEFAULT_RULE)


DEFAULT_POLICY: Final = GatePolicy()
