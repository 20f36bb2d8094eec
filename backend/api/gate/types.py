"""The gate's answer and its policy, as clients see them."""

from datetime import date, datetime
from enum import Enum

import strawberry

from backend.api.graphql.documented import output, words
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.scalars import BigInt
from backend.read.gate import GateCheck
from backend.read.gate import GateWhatIf as WhatIf
from backend.rules import gate as rules
from backend.values import gate as values


@words
class GateAction(Enum):
    """What somebody wants to do that the gate may forbid."""

    LICENCE_RENEWAL = "licence_renewal"
    CLUB_TRANSFER = "club_transfer"


@words
class GateReasonCode(Enum):
    """Why an open invoice stands in the way: it is overdue, or merely not paid yet."""

    INVOICE_OVERDUE = "INVOICE_OVERDUE"
    INVOICE_OUTSTANDING = "INVOICE_OUTSTANDING"


@output
class GateReason:
    """One open invoice that stands in the way."""

    code: GateReasonCode
    invoice_id: strawberry.ID
    number: str
    open: Money
    due_on: date
    days_overdue: int


@output
class GateRule:
    """What blocks one action. `minimumMinor` is a threshold in minor units of each currency by itself."""

    action: GateAction
    blocks: bool
    overdue_only: bool
    grace_days: int
    minimum_minor: BigInt
    exclude_disputed: bool
    exclude_paying_invoice: bool


@output
class GatePolicy:
    """The tenant's rules, one for each action, and their version."""

    version: int
    rules: list[GateRule]


@output
class DebtCheck:
    """Blocked or clear, at one position of the journal: never stale, whatever the read models do.

    `clearedBy` is what must be paid, one amount for each currency.
    """

    debtor_id: strawberry.ID
    action: GateAction
    on: date
    blocked: bool
    reasons: list[GateReason]
    cleared_by: list[Money]
    policy: GatePolicy
    journal_position: BigInt
    checked_at: datetime


@output
class GateActionWhatIf:
    """How many debtors the gate stops at one action: now, by the policy that was tried, and of these the new ones."""

    action: GateAction
    blocked_now: int
    blocked_then: int
    newly_blocked: int


@output
class GateWhatIf:
    """What a policy would change today. `debtors` have something open; `actions` is empty where they are too many to
    be weighed."""

    debtors: int
    actions: list[GateActionWhatIf]


def what_if_of(found: WhatIf) -> GateWhatIf:
    return GateWhatIf(
        debtors=found.debtors,
        actions=[
            GateActionWhatIf(
                action=GateAction(each.action),
                blocked_now=each.blocked_now,
                blocked_then=each.blocked_then,
                newly_blocked=each.newly_blocked,
            )
            for each in found.actions
        ],
    )


def debt_check_of(check: GateCheck) -> DebtCheck:
    decision = check.decision
    return DebtCheck(
        debtor_id=encoded("Debtor", check.debtor_id),
        action=GateAction(check.action),
        on=check.on,
        blocked=decision.blocked,
        reasons=[_reason(each) for each in decision.reasons],
        cleared_by=[money(each.minor, each.currency) for each in decision.cleared_by],
        policy=gate_policy_of(check.policy),
        journal_position=BigInt(check.position),
        checked_at=check.checked_at,
    )


def gate_policy_of(policy: values.GatePolicy) -> GatePolicy:
    """The policy with a rule for every action: where the tenant set none, the default that applies."""
    return GatePolicy(version=policy.version, rules=[_rule(action, policy) for action in GateAction])


def _rule(action: GateAction, policy: values.GatePolicy) -> GateRule:
    rule = policy.rule(action.value)
    return GateRule(
        action=action,
        blocks=rule.blocks,
        overdue_only=rule.overdue_only,
        grace_days=rule.grace_days,
        minimum_minor=BigInt(rule.minimum_minor),
        exclude_disputed=rule.exclude_disputed,
        exclude_paying_invoice=rule.exclude_paying_invoice,
    )


def _reason(reason: rules.GateReason) -> GateReason:
    return GateReason(
        code=GateReasonCode(reason.code),
        invoice_id=encoded("Invoice", reason.invoice_id),
        number=reason.number,
        open=money(reason.open_minor, reason.currency),
        due_on=reason.due_on,
        days_overdue=reason.days_overdue,
    )
