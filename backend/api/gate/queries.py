"""Questions to the gate."""

from typing import Annotated, Any

import strawberry

from backend.api.gate.mutations import SetGatePolicyInput
from backend.api.gate.types import (
    DebtCheck,
    GateAction,
    GatePolicy,
    GateWhatIf,
    debt_check_of,
    gate_policy_of,
    what_if_of,
)
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import optional, the
from backend.api.graphql.results import Refused, refused
from backend.api.problems import Fault, Malformed
from backend.read.gate import debt_check, debt_check_by_reference, gate_policy, gate_what_if, policy_of
from backend.values.identifiers import DebtorId, InvoiceId
from backend.write.execute import preview
from backend.write.refusal import NotFound, Refusal

PreviewGatePolicyResult = Annotated[GateWhatIf | Refused, strawberry.union("PreviewGatePolicyResult")]


@output
class GateQueries:
    """Questions to the debt gate."""

    @resolved
    async def debt_check(
        self,
        info: Info,
        debtor_id: strawberry.ID | None = None,
        reference: str | None = None,
        action: GateAction = GateAction.LICENCE_RENEWAL,
        paying_invoice_id: strawberry.ID | None = None,
    ) -> DebtCheck | None:
        """May this debtor renew a licence or change clubs? Name it by id, or by its member or club number. Null for
        nobody you may see. `payingInvoiceId` is the invoice that pays for this very action."""
        paying = optional("Invoice", paying_invoice_id, "payingInvoiceId")
        named = {**action_on(info, action), "paying_invoice": InvoiceId(paying) if paying else None}
        if debtor_id is not None and reference is None:
            found = await info.context.ask(debt_check, DebtorId(the("Debtor", debtor_id, "debtorId")), **named)
        elif reference is not None and debtor_id is None:
            found = await info.context.ask(debt_check_by_reference, reference, **named)
        else:
            raise Malformed(Fault(detail="name the debtor either by debtorId or by reference"))
        return debt_check_of(found) if found else None

    @resolved
    async def gate_policy(self, info: Info) -> GatePolicy:
        """The policy in force, with a rule for every action: where the federation set none, the default."""
        return gate_policy_of(await info.context.ask(gate_policy))

    @resolved
    async def preview_gate_policy(self, info: Info, input: SetGatePolicyInput) -> PreviewGatePolicyResult:
        """How many debtors a policy would stop, weighed one by one by the gate's own rule. Nothing is recorded."""
        context = info.context
        try:
            recorded = await preview(context.services.write, context.actor, input.command())
        except Refusal as refusal:
            return refused(refusal, input)
        found = await context.ask(gate_what_if, on=context.today(), policy=policy_of(recorded))
        return what_if_of(found) if found else refused(NotFound("the policy is the whole federation's"), input)


def action_on(info: Info, action: GateAction) -> dict[str, Any]:
    """The action as the gate's rules call it, and today."""
    return {"action": action.value, "on": info.context.today()}
