"""What may be done with an invoice now: by its state, and by the rights of who asks. A proposal; commands decide."""

from typing import Final

from backend.api.graphql.documented import output
from backend.api.words import ActionReason
from backend.read.invoices.answers import InvoiceRow
from backend.rules.status import ActionName, available_actions
from backend.tenants.actor import NOWHERE, Actor
from backend.tenants.capabilities import Capability

NEEDS: Final[dict[ActionName, Capability]] = {
    "issue": Capability.INVOICES_ISSUE,
    "revise": Capability.INVOICES_DRAFT,
    "discard": Capability.INVOICES_DRAFT,
    "deliver": Capability.DELIVERIES_SEND,
    "share": Capability.DELIVERIES_SEND,
    "cancel": Capability.INVOICES_CANCEL,
    "register_payment": Capability.PAYMENTS_REGISTER,
    "download_pdf": Capability.INVOICES_READ,
}


@output
class AvailableAction:
    """One action. `reason` is null when it is allowed."""

    action: ActionName
    allowed: bool
    reason: ActionReason | None


def available_actions_of(row: InvoiceRow, actor: Actor) -> list[AvailableAction]:
    actions = available_actions(document=row.document_state, payment=row.payment_state, delivery=row.delivery_state)
    found = []
    for each in actions:
        reason: ActionReason | None = each.reason_code or None
        reach = actor.reaches.get(NEEDS[each.action], NOWHERE)
        # Whoever sees the invoice may read its page; everything else is done on the issuer's side. No state will ever
        # give a role what it does not include, so that is said before what the state says.
        if each.action != "download_pdf" and not reach.covers(row.issuer_org_node_id):
            reason = "FORBIDDEN"
        found.append(AvailableAction(action=each.action, allowed=reason is None, reason=reason))
    return found
