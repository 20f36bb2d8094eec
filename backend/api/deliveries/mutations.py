"""What may be done with deliveries: send (again), and the switch that stops everything."""

from typing import Annotated
from uuid import UUID

import strawberry

from backend.api.deliveries.types import Delivery, find_delivery
from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, mutation, output
from backend.api.graphql.identifiers import the
from backend.api.graphql.results import Once, Refused, Repeatable, Success, outcome
from backend.values.identifiers import DeliveryId, InvoiceId
from backend.write.deliveries.deliver import DeliverInvoice
from backend.write.deliveries.switch import TurnDeliverySwitch
from backend.write.execute import Receipt


@given
class DeliverInvoiceInput(Once):
    """`toAddress` overrides the debtor's address for this dispatch."""

    invoice_id: strawberry.ID
    to_address: str = ""


@given
class TurnDeliverySwitchInput(Repeatable):
    """Off stops all dispatching of the tenant; nothing is lost meanwhile."""

    enabled: bool
    reason: str


@output
class DeliverInvoiceSuccess(Success):
    """The dispatch is queued. It says sent only when a mail server has taken it."""

    delivery: Delivery | None


@output
class TurnDeliverySwitchSuccess(Success):
    """How the switch stands now."""

    enabled: bool


DeliverInvoiceResult = Annotated[DeliverInvoiceSuccess | Refused, strawberry.union("DeliverInvoiceResult")]
TurnDeliverySwitchResult = Annotated[TurnDeliverySwitchSuccess | Refused, strawberry.union("TurnDeliverySwitchResult")]


@output
class DeliveryMutations:
    """What may be done with deliveries."""

    @mutation
    async def deliver_invoice(self, info: Info, input: DeliverInvoiceInput) -> DeliverInvoiceResult:
        """E-mail an issued invoice, or e-mail it again."""
        command = DeliverInvoice(
            delivery_id=DeliveryId(info.context.new_id()),
            invoice_id=InvoiceId(the("Invoice", input.invoice_id, "invoiceId")),
            to_address=input.to_address,
        )
        return await outcome(info, command, input, DeliverInvoiceSuccess, delivery=_delivery)

    @mutation
    async def turn_delivery_switch(self, info: Info, input: TurnDeliverySwitchInput) -> TurnDeliverySwitchResult:
        """Stop all dispatching of the tenant, or let it go on."""
        command = TurnDeliverySwitch(enabled=input.enabled, reason=input.reason)

        return await outcome(info, command, input, TurnDeliverySwitchSuccess, enabled=_enabled)


async def _enabled(info: Info, receipt: Receipt) -> bool:
    return bool(receipt.answer["enabled"])


async def _delivery(info: Info, receipt: Receipt) -> Delivery | None:
    found: Delivery | None = await find_delivery(info, UUID(receipt.answer["delivery_id"]))
    return found
