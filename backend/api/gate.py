"""The debt gate: who may renew or move, and by which policy that is decided."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, get_args

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.inputs import Input
from backend.api.graphql.money import Money, money
from backend.api.graphql.results import Refused, Repeatable, Success, mutation, refused, succeeds
from backend.api.graphql.scalars import BigInt
from backend.api.graphql.sizes import CURRENCIES, listed
from backend.api.mirror import Mirror
from backend.api.problems import Fault, Malformed
from backend.read import gate as read
from backend.rules import gate as rules
from backend.values.gate import GateAction
from backend.values.gate import GatePolicy as Policy
from backend.values.identifiers import DebtorId, InvoiceId
from backend.write.execute import preview
from backend.write.gate import SetGatePolicy, WantedRule
from backend.write.refusal import NotFound, Refusal


class GateReason(
    Mirror[rules.GateReason], shown="DebtReason", rest={"number": "invoice_number", "due_on": "invoice_date_due"}
):
    """One open invoice that stands in the way. `daysOverdue` is 0 until the day after the due date."""


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
    rules: list[GateRule] = listed(2, 2)


@output
class DebtCheck:
    """Blocked or clear, at one position of the journal: never stale, whatever the read models do.

    `clearedBy` is what must be paid, one amount for each currency.
    """

    debtor_id: strawberry.ID
    action: GateAction
    on: date
    blocked: bool
    reasons: list[GateReason] = listed(3, read.MAX_OPEN_INVOICES)
    cleared_by: list[Money] = listed(1, CURRENCIES)
    policy: GatePolicy
    journal_position: BigInt
    checked_at: datetime


class GateActionWhatIf(Mirror[read.ActionWhatIf]):
    """How many debtors the gate stops at one action: now, by the policy that was tried, and of these the new ones."""


class GateWhatIf(Mirror[read.GateWhatIf], sizes={"actions": (2, 2)}):
    """What a policy would change today. `debtors` have something open; `actions` is empty where they are too many to
    be weighed."""


class GateRuleInput(Input[WantedRule]):
    """What blocks one action. As it stands: any outstanding amount, due or not. `minimumMinor` is a threshold in minor
    units of each currency by itself."""


class SetGatePolicyInput(Input[SetGatePolicy], Repeatable):
    """The whole policy. An action that is not named has the default rule."""


@succeeds
class SetGatePolicySuccess(Success):
    """The version that every decision quotes from now on."""

    version: int


@output
class GateMutations:
    """What may be done with the debt gate."""

    set_gate_policy = mutation(
        SetGatePolicyInput, SetGatePolicySuccess, "Let the gate decide by these rules from now on."
    )


PreviewGatePolicyResult = Annotated[GateWhatIf | Refused, strawberry.union("PreviewGatePolicyResult")]


@output
class GateQueries:
    """Questions to the debt gate."""

    @resolved
    async def debt_check(
        self,
        info: Info,
        debtor_id: DebtorId | None = None,
        reference: str | None = None,
        action: GateAction = "licence_renewal",
        paying_invoice_id: InvoiceId | None = None,
    ) -> DebtCheck | None:
        """May this debtor renew a licence or change clubs? Name it by id, or by its member or club number. Null for
        nobody you may see. `payingInvoiceId` is the invoice that pays for this very action."""
        if debtor_id is not None and reference is None:
            return await checked(info, debtor_id, action, paying_invoice_id)
        if reference is not None and debtor_id is None:
            on = info.context.today()
            found = await info.context.ask(
                read.debt_check_by_reference, reference, action=action, on=on, paying_invoice=paying_invoice_id
            )
            return _check(found) if found else None
        raise Malformed(Fault(detail="name the debtor either by debtorId or by reference"))

    @resolved
    async def gate_policy(self, info: Info) -> GatePolicy:
        """The policy in force, with a rule for every action: where the federation set none, the default."""
        return _policy(await info.context.ask(read.gate_policy))

    @resolved
    async def preview_gate_policy(self, info: Info, input: SetGatePolicyInput) -> PreviewGatePolicyResult:
        """How many debtors a policy would stop, weighed one by one by the gate's own rule. Nothing is recorded."""
        context = info.context
        try:
            recorded = await preview(context.services.write, context.actor, input.value())
        except Refusal as refusal:
            return refused(refusal, input)
        found = await context.ask(read.gate_what_if, on=context.today(), policy=read.policy_of(recorded))
        return GateWhatIf.of(found) if found else refused(NotFound("the policy is the whole federation's"), input)


async def checked(
    info: Info, debtor_id: DebtorId, action: GateAction, paying_invoice: InvoiceId | None = None
) -> DebtCheck | None:
    """May the debtor do so today?"""
    on = info.context.today()
    found = await info.context.ask(read.debt_check, debtor_id, action=action, on=on, paying_invoice=paying_invoice)
    return _check(found) if found else None


def rules_of(policy: Policy) -> Mapping[GateAction, Mapping[str, Any]]:
    """The rule for every action: where the tenant set none, the default that applies."""
    return {action: asdict(policy.rule(action)) for action in get_args(GateAction)}


def _check(check: read.GateCheck) -> DebtCheck:
    decision = check.decision
    return DebtCheck(
        debtor_id=encoded("Debtor", check.debtor_id),
        action=check.action,
        on=check.on,
        blocked=decision.blocked,
        reasons=[GateReason.of(each) for each in decision.reasons],
        cleared_by=[money(each.minor, each.currency) for each in decision.cleared_by],
        policy=_policy(check.policy),
        journal_position=BigInt(check.position),
        checked_at=check.checked_at,
    )


def _policy(policy: Policy) -> GatePolicy:
    rules = [GateRule(action=action, **rule) for action, rule in rules_of(policy).items()]
    return GatePolicy(version=policy.version, rules=rules)
