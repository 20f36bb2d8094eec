"""What is recorded of another tenant's invoice: once, and never backwards."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from backend.tenants.actor import Actor, Forbidden
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId, TenantId
from backend.write.execute import execute
from backend.write.mirrors import ReceiveDocument, UpdateReceivedDocument, receive, update
from backend.write.refusal import NotFound
from backend.write.states.received_document import RECEIVED, ReceivedDocument
from tests.given.federation import Federation

SOURCE, INVOICE = TenantId(UUID(int=5)), InvoiceId(UUID(int=6))


def an_arrival(position: int = 10, **changes: Any) -> ReceiveDocument:
    said = {
        "source_tenant_id": SOURCE,
        "source_position": position,
        "source_invoice_id": INVOICE,
        "issuer_name": "World Pétanque Union",
        "number": "INV-2026-000001",
        "issued_on": date(2026, 11, 20),
        "due_on": date(2026, 12, 20),
        "currency": "CHF",
        "net_minor": 100,
        "tax_minor": 0,
        "total_minor": 100,
    }
    return ReceiveDocument(**(said | changes))


def an_update(position: int, open_minor: int, state: Any = "partially_paid") -> UpdateReceivedDocument:
    return UpdateReceivedDocument(
        source_tenant_id=SOURCE, source_position=position, source_invoice_id=INVOICE, open_minor=open_minor, state=state
    )


def a_received_one(*updates: UpdateReceivedDocument) -> ReceivedDocument:
    document = RECEIVED.evolve(None, receive(None, an_arrival(), tenant_kind="national"))
    for each in updates:
        document = RECEIVED.evolve(document, update(document, each))
    assert document is not None
    return document


def test_a_document_is_received_once() -> None:
    """S002-20: keyed by source tenant and invoice, so that a repeated delivery is no second document."""
    assert receive(a_received_one(), an_arrival(11), tenant_kind="national") is None
    assert a_received_one().open_minor == 100


def test_nobody_receives_who_does_not_exist() -> None:
    """S002-20: a mirror needs a tenant; none is made up by sending to it."""
    with pytest.raises(NotFound):
        receive(None, an_arrival(), tenant_kind=None)


def test_what_became_of_it_is_recorded_in_order() -> None:
    """Architecture, mirrors: keyed by the sender's position; late and repeated news change nothing."""
    document = a_received_one(an_update(20, 60))
    assert (document.position, document.open_minor, document.state) == (20, 60, "partially_paid")
    assert update(document, an_update(20, 0, "paid")) is None
    assert update(document, an_update(15, 100, "open")) is None
    assert update(document, an_update(30, 60)) is None
    assert update(None, an_update(30, 60)) is None
    assert a_received_one(an_update(20, 60), an_update(30, 0, "cancelled")).state == "cancelled"


async def test_only_our_own_policy_mirrors(federation: Federation) -> None:
    """Issue 2, item 3: no person can put a document into a tenant's journal."""
    reaches = dict(federation.system.reaches)
    del reaches[Capability.SYSTEM]
    person = Actor(tenant_id=federation.tenant_id, principal="user:1", reaches=reaches)
    for command in (an_arrival(), an_update(20, 0)):
        with pytest.raises(Forbidden):
            await execute(federation.write, person, command)
    assert (await execute(federation.write, federation.system, an_arrival())).answer["recorded"] == 1
    assert (await execute(federation.write, federation.system, an_arrival())).answer["recorded"] == 0
    assert (await execute(federation.write, federation.system, an_update(20, 0, "paid"))).answer["recorded"] == 1
