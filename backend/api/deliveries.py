"""Deliveries, and the switch that stops them."""

from collections.abc import Mapping
from typing import get_args
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.inputs import Input
from backend.api.graphql.node import Node, found_by
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.results import Once, Repeatable, Success, mutation, succeeds
from backend.api.mirror import Mirror
from backend.read.deliveries import queries
from backend.read.deliveries.queries import ATTEMPTS_LIMIT, State
from backend.values.identifiers import DebtorId, DeliveryId, InvoiceId
from backend.write.deliveries.deliver import DeliverInvoice
from backend.write.deliveries.switch import TurnDeliverySwitch


class DeliveryAttempt(Mirror[queries.Attempt], shown="AttemptShown"):
    """One thing that happened to a dispatch."""


class Delivery(
    Mirror[queries.DeliveryRow],
    Node,
    key="delivery_id",
    shown="DeliveryListed",
    only_rest=("confirmation", "document"),
    names={"attempts": "attempt_count"},
    rest={"number": "invoice_number", "attempt_count": "attempts"},
):
    """One dispatch of one invoice. `code` and `reply` are the last answer; `nextAt` when the next attempt is due."""

    detail: strawberry.Private[queries.DeliveryDetail | None] = None

    @resolved(size=(3, ATTEMPTS_LIMIT), statements=1)
    async def attempts(self, info: Info) -> list[DeliveryAttempt]:
        """What happened to it, the oldest first (at most 100)."""
        if self.detail is None:
            self.detail = await info.context.ask(queries.delivery, delivery_id=self.row.delivery_id)
        return [DeliveryAttempt.of(each) for each in self.detail.attempts] if self.detail else []


class DeliveryDetail(
    Mirror[queries.DeliveryDetail],
    shown="DeliveryShown",
    inline=("row",),
    only_rest=("attempts",),
    rest={"attempts": "attempt_history"},
):
    """One dispatch with its attempts, the oldest first."""


@output
class DeliveryCount:
    """How many dispatches are in a state."""

    state: State
    count: int


@output
class DeliverySwitch:
    """Whether anything is dispatched. Off stops everything of the federation; nothing is lost meanwhile."""

    enabled: bool


@found_by("Delivery")
async def find_delivery(info: Info, delivery_id: UUID) -> Delivery | None:
    found = await info.context.ask(queries.delivery, delivery_id=DeliveryId(delivery_id))
    if found is None:
        return None
    made = Delivery.of(found.row)
    made.detail = found
    return made


def counts_of(counts: Mapping[State, int]) -> list[DeliveryCount]:
    """A count for every state, also for those that nothing is in."""
    return [DeliveryCount(state=state, count=counts.get(state, 0)) for state in get_args(State)]


@output
class DeliveryQueries:
    """Questions about deliveries."""

    @resolved
    async def deliveries(
        self,
        info: Info,
        states: list[State] | None = None,
        invoice_id: InvoiceId | None = None,
        debtor_id: DebtorId | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Delivery]:
        """Dispatches, the newest first. Those that are bounced, unknown or failed need a person."""
        found = await info.context.ask(
            queries.deliveries,
            states=tuple(dict.fromkeys(states or ())),
            invoice_id=invoice_id,
            debtor_id=debtor_id,
            page=page(first, after, last, before),
        )
        return connection(found, Delivery.of)

    @resolved
    async def delivery(self, info: Info, id: DeliveryId) -> Delivery | None:
        """One dispatch; null for one there is not, or that you may not see."""
        return await find_delivery(info, id)

    @resolved(size=(6, 6))
    async def delivery_counts(self, info: Info) -> list[DeliveryCount]:
        """How many dispatches are in each state."""
        return counts_of(await info.context.ask(queries.delivery_counts))

    @resolved
    async def delivery_switch(self, info: Info) -> DeliverySwitch:
        """How the federation's delivery switch stands."""
        return DeliverySwitch(enabled=await info.context.ask(queries.delivery_switch))


class DeliverInvoiceInput(Input[DeliverInvoice], Once):
    """`toAddress` overrides the debtor's address for this dispatch."""

    to_address: str = ""


class TurnDeliverySwitchInput(Input[TurnDeliverySwitch], Repeatable):
    """Off stops all dispatching of the tenant; nothing is lost meanwhile."""

    reason: str


@succeeds
class DeliverInvoiceSuccess(Success):
    """The dispatch is queued. It says sent only when a mail server has taken it."""

    delivery: Delivery | None


@succeeds
class TurnDeliverySwitchSuccess(Success):
    """How the switch stands now."""

    enabled: bool


@output
class DeliveryMutations:
    """What may be done with deliveries."""

    deliver_invoice = mutation(
        DeliverInvoiceInput, DeliverInvoiceSuccess, "E-mail an issued invoice, or e-mail it again."
    )
    turn_delivery_switch = mutation(
        TurnDeliverySwitchInput, TurnDeliverySwitchSuccess, "Stop all dispatching of the tenant, or let it go on."
    )
