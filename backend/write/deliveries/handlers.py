"""Handlers of the delivery's commands: load, authorise, decide, record."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from backend.inline.delivery_work import is_under_way
from backend.write.deliveries.commands import DeliverInvoice, RecordDispatches, TurnDeliverySwitch
from backend.write.deliveries.decisions import deliver, outcome_of, stored, turn, within_limits
from backend.write.deliveries.delivery import DELIVERY, PAGE, SWITCH, switch_stream
from backend.write.unit_of_work import Aggregate, UnitOfWork

S = TypeVar("S")
R = TypeVar("R")


async def deliver_invoice(command: DeliverInvoice, work: UnitOfWork) -> None:
    page = await work.get(PAGE, command.invoice_id, path=("invoiceId",))
    work.authorise(page.issued.issuer.issuer_org_node_id if page.issued else None)
    under_way = await is_under_way(work.connection, work.tenant_id, work.generation, command.invoice_id)
    work.record(command.delivery_id, deliver(command, page, under_way=under_way))
    work.answer = {"delivery_id": str(command.delivery_id), "invoice_id": str(command.invoice_id)}


async def record_dispatches(command: RecordDispatches, work: UnitOfWork) -> None:
    work.authorise(None)
    within_limits(command)
    recorded = _fold(
        work, PAGE, await work.load_many(PAGE, {document.invoice_id for document in command.documents}),
        ((document.invoice_id, document) for document in command.documents), stored,
    ) + _fold(
        work, DELIVERY, await work.load_many(DELIVERY, {outcome.delivery_id for outcome in command.outcomes}),
        ((outcome.delivery_id, outcome) for outcome in command.outcomes), outcome_of,
    )  # fmt: skip
    work.answer = {"recorded": recorded}


async def turn_delivery_switch(command: TurnDeliverySwitch, work: UnitOfWork) -> None:
    work.authorise(None)
    stream = switch_stream(work.tenant_id)
    enabled = await work.load(SWITCH, stream)
    turned = turn(command, enabled=enabled is not False)
    for event in (turned,) if turned else ():
        work.record(stream, event)
    work.answer = {"enabled": int(command.enabled)}


def _fold(
    work: UnitOfWork, aggregate: Aggregate[S], loaded: Mapping[UUID, S | None], reports: Iterable[tuple[UUID, R]],
    decide: Callable[[S, R], Any],
) -> int:
    """Record what each report means for its stream, which the reports before it in this batch may have moved on.

    Reports about something we do not know are passed over: a worker must never be stopped by one of them.
    """
    states, recorded = dict(loaded), 0
    for stream, report in reports:
        state = states[stream]
        event = None if state is None else decide(state, report)
        if event is not None:
            work.record(stream, event)
            states[stream] = aggregate.evolve(state, event)
            recorded += 1
    return recorded
