"""Questions about deliveries."""

import strawberry

from backend.api.deliveries.types import Delivery, DispatchState, delivery_of, find_delivery
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import optional, the
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.words import word
from backend.read.deliveries import queries
from backend.values.identifiers import DebtorId, InvoiceId


@output
class DeliveryCount:
    """How many dispatches are in a state."""

    state: DispatchState
    count: int


@output
class DeliverySwitch:
    """Whether anything is dispatched. Off stops everything of the federation; nothing is lost meanwhile."""

    enabled: bool


@output
class DeliveryQueries:
    """Questions about deliveries."""

    @resolved
    async def deliveries(
        self,
        info: Info,
        states: list[DispatchState] | None = None,
        invoice_id: strawberry.ID | None = None,
        debtor_id: strawberry.ID | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Delivery]:
        """Dispatches, the newest first. Those that are bounced, unknown or failed need a person."""
        invoice, debtor = optional("Invoice", invoice_id, "invoiceId"), optional("Debtor", debtor_id, "debtorId")
        found = await info.context.ask(
            queries.deliveries,
            states=tuple(word(each) for each in dict.fromkeys(states or ())),
            invoice_id=InvoiceId(invoice) if invoice else None,
            debtor_id=DebtorId(debtor) if debtor else None,
            page=page(first, after, last, before),
        )
        return connection(found, delivery_of)

    @resolved
    async def delivery(self, info: Info, id: strawberry.ID) -> Delivery | None:
        """One dispatch; null for one there is not, or that you may not see."""
        found: Delivery | None = await find_delivery(info, the("Delivery", id, "id"))
        return found

    @resolved
    async def delivery_counts(self, info: Info) -> list[DeliveryCount]:
        """How many dispatches are in each state."""
        counts = await info.context.ask(queries.delivery_counts)
        return [DeliveryCount(state=state, count=counts.get(state.value, 0)) for state in DispatchState]

    @resolved
    async def delivery_switch(self, info: Info) -> DeliverySwitch:
        """How the federation's delivery switch stands."""
        return DeliverySwitch(enabled=await info.context.ask(queries.delivery_switch))
