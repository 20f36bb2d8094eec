"""Deliveries through `execute`, on real PostgreSQL."""

from uuid import uuid4

import pytest

from backend.tenants.actor import Actor, Forbidden, Reach
from backend.tenants.capabilities import ROLES, Capability
from backend.values.identifiers import DeliveryId, InvoiceId, derived_id
from backend.write.deliveries.deliver import DeliverInvoice, DeliveryInProgress, DeliveryNotPossible
from backend.write.deliveries.record import Dispatch, RecordDispatches, RecordDocument
from backend.write.deliveries.switch import TurnDeliverySwitch
from backend.write.execute import Receipt, execute
from backend.write.refusal import NotFound
from tests.given.federation import Federation
from tests.given.invoices import Issued, a_drafted_invoice, an_issued_invoice, it_was_cancelled
from tests.write.deliveries.test_deliver import a_stored_page


def deliver(invoice_id: InvoiceId, to: str | None = None) -> DeliverInvoice:
    return DeliverInvoice(delivery_id=DeliveryId(uuid4()), invoice_id=invoice_id, to_address=to)


async def it_was_sent(federation: Federation, invoice: Issued, delivery_id: DeliveryId, attempt: int = 1) -> Receipt:
    sent = Dispatch(
        delivery_id=delivery_id,
        invoice_id=invoice.invoice_id,
        attempt=attempt,
        outcome="sent",
        reply="250 ok",
        document_digest="a" * 64,
        document=a_stored_page(),
    )
    return await execute(federation.write, federation.system, RecordDispatches(dispatches=(sent, sent)))


async def due(federation: Federation) -> list[tuple[DeliveryId, int]]:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await connection.execute(
            b"SELECT work_id, attempt FROM outbound_work WHERE tenant_id = %b", (federation.tenant_id,)
        )
        return list(await found.fetchall())  # type: ignore[arg-type]


async def test_a_dispatch_is_queued_once_and_may_be_repeated(federation: Federation) -> None:
    """X22, I06: one dispatch at a time; after its end another may follow."""
    invoice = await an_issued_invoice(federation, deliver=True)
    first = DeliveryId(derived_id(invoice.invoice_id, "delivery"))
    with pytest.raises(DeliveryInProgress):
        await execute(federation.write, federation.system, deliver(invoice.invoice_id))
    assert (await it_was_sent(federation, invoice, first)).answer == {"recorded": 1}
    assert (await it_was_sent(federation, invoice, first)).answer == {"recorded": 0}
    assert await due(federation) == []
    await execute(federation.write, federation.system, deliver(invoice.invoice_id, "parent@members.example"))
    assert [attempt for _, attempt in await due(federation)] == [0]


async def test_what_is_not_in_force_is_not_delivered(federation: Federation, other_federation: Federation) -> None:
    """X22, and the wall: a draft, a cancelled invoice, another tenant's."""
    draft, _ = await a_drafted_invoice(federation)
    invoice = await an_issued_invoice(federation)
    await it_was_cancelled(federation, invoice)
    for invoice_id in (draft, invoice.invoice_id):
        with pytest.raises(DeliveryNotPossible):
            await execute(federation.write, federation.system, deliver(invoice_id))
    with pytest.raises(NotFound):
        await execute(other_federation.write, other_federation.system, deliver(invoice.invoice_id))


async def test_a_report_about_nothing_stops_nobody(federation: Federation) -> None:
    """C49: a worker carries on whatever one report is about."""
    stranger = Issued(invoice_id=InvoiceId(uuid4()), debtor_id=await federation.a_member(), number="", total_minor=0)
    assert (await it_was_sent(federation, stranger, DeliveryId(uuid4()))).answer == {"recorded": 0}


async def test_a_page_that_was_asked_for_is_recorded_once(federation: Federation) -> None:
    """I12: `GET …/pdf` before any dispatch stores the page, and the dispatch finds it."""
    invoice = await an_issued_invoice(federation)
    command = RecordDocument(invoice_id=invoice.invoice_id, document=a_stored_page())
    first = await execute(federation.write, federation.system, command)
    again = await execute(federation.write, federation.system, command)
    assert again.position == first.position


async def test_the_switch_belongs_to_the_tenant(federation: Federation) -> None:
    """Issue 2, items 3 and 7: a district cannot stop everybody's mail."""
    off = TurnDeliverySwitch(enabled=False, reason="wrong logo")
    reaches = {Capability.DELIVERIES_SWITCH: Reach(frozenset({federation.district}))}
    with pytest.raises(Forbidden):
        await execute(federation.write, Actor(tenant_id=federation.tenant_id, principal="user:1", reaches=reaches), off)
    first = await execute(federation.write, federation.system, off)
    again = await execute(federation.write, federation.system, off)
    assert again.position == first.position


def test_no_person_reports_dispatches() -> None:
    """Issue 2, item 3: the capability of our own workers is in no role."""
    assert not any(Capability.SYSTEM in capabilities for capabilities in ROLES.values())


async def test_a_club_does_not_deliver_the_districts_invoices(federation: Federation) -> None:
    """Issue 2, item 3: the issuer's org node decides."""
    invoice = await an_issued_invoice(federation)
    reaches = {Capability.DELIVERIES_SEND: Reach(frozenset({federation.club}))}
    actor = Actor(tenant_id=federation.tenant_id, principal="user:1", reaches=reaches)
    with pytest.raises(NotFound):
        await execute(federation.write, actor, deliver(invoice.invoice_id))
