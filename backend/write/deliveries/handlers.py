"""Handlers of the delivery's commands: load, authorise, decide, record."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from backend.inline.dispatches import is_under_way
from backend.write.debtors.debtor import DEBTOR
from backend.write.debtors.decisions import still_known
from backend.write.deliveries.commands import DeliverInvoice, RecordDispatches, RecordDocument, TurnDeliverySwitch
from backend.write.deliveries.decisions import deliver, in_force, outcome_of, stored, turn, within_limits
from backend.write.deliveries.delivery import DELIVERY, PAGE, SWITCH, switch_stream
from backend.write.issuers.issuer import ISSUER
from backend.write.unit_of_work import Aggregate, UnitOfWork

S = TypeVar("S")
R = TypeVar("R")


async def deliver_invoice(command: DeliverInvoice, work: UnitOfWork) -> None:
    page = await work.get(PAGE, command.invoice_id, path=("invoiceId",))
    work.authorise((await work.get(ISSUER, page.issuer_id)).node)
    issued = in_force(page)
    under_way = await is_under_way(work.connection, work.tenant_id, work.generation, command.invoice_id)
    still_known(await work.get(DEBTOR, issued.debtor_id))
    work.record(command.delivery_id, deliver(command, issued, under_way=under_way))
    work.answer = {"delivery_id": str(command.delivery_id), "invoice_id": str(command.invoice_id)}


async def record_dispatches(command: RecordDispatches, work: UnitOfWork) -> None:
    work.authorise(None)
    within_limits(command)
    said = command.dispatches
    with_pages = [each for each in said if each.document is not None]
    pages = await work.load_many(PAGE, {each.invoice_id for each in with_pages})
    deliveries = await work.load_many(DELIVERY, {each.delivery_id for each in said})
    _record_each(
        work,
        PAGE,
        pages,
        ((each.invoice_id, each) for each in with_pages),
        lambda page, each: stored(page, each.invoice_id, each.document),
    )
    recorded = _record_each(work, DELIVERY, deliveries, ((each.delivery_id, each) for each in said), outcome_of)
    work.answer = {"recorded": recorded}


async def record_document(command: RecordDocument, work: UnitOfWork) -> None:
    work.authorise(None)
    page = await work.get(PAGE, command.invoice_id, path=("invoiceId",))
    if (event := stored(page, command.invoice_id, command.document)) is not None:
        work.record(command.invoice_id, event)
    work.answer = {"invoice_id": str(command.invoice_id)}


async def turn_delivery_switch(command: TurnDeliverySwitch, work: UnitOfWork) -> None:
    work.authorise(None)
    stream = switch_stream(work.tenant_id)
    if (event := turn(command, enabled=await work.load(SWITCH, stream) is not False)) is not None:
        work.record(stream, event)
    work.answer = {"enabled": int(command.enabled)}


def _record_each(
    work: UnitOfWork,
    aggregate: Aggregate[S],
    loaded: Mapping[UUID, S | None],
    reports: Iterable[tuple[UUID, R]],
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
