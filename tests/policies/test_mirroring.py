"""An international federation bills a national one, and the national one finds the invoice in its own journal."""

from typing import Any
from uuid import uuid4

import pytest_asyncio

from backend.events.mirrors import DocumentReceived, DocumentUpdated
from backend.journal.keys import PersonKeys
from backend.policies.mirroring import MIRRORING, mirror
from backend.read.batches import END_OF_TIME, next_batch
from backend.runtime.settings import Settings
from backend.values.identifiers import DebtorId, TenantId
from backend.write.execute import WriteSide, execute
from tests.given.federation import Federation, a_federation
from tests.given.invoices import an_issued_invoice, it_was_cancelled, it_was_paid
from tests.given.parties import a_wanted_debtor


@pytest_asyncio.fixture
async def world(write_side: WriteSide, settings: Settings) -> Federation:
    """An international federation that issues itself."""
    return await a_federation(write_side, settings, kind="international", issuer_type="tenant")


async def billed_by(sender: Federation, tenant_id: TenantId) -> DebtorId:
    command = a_wanted_debtor(kind="tenant", billed_tenant_id=tenant_id, reference=f"T-{uuid4().hex[:8]}")
    await execute(sender.write, sender.system, command)
    return command.debtor_id


async def mirrored_to(federation: Federation) -> list[Any]:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        keys = PersonKeys(federation.write.keyring, connection, federation.tenant_id)
        recorded = (await next_batch(connection, federation.tenant_id, "money", 0, END_OF_TIME, keys)).events
    return [each.event for each in recorded if isinstance(each.event, DocumentReceived | DocumentUpdated)]


async def test_an_invoice_to_a_tenant_appears_there(world: Federation, federation: Federation) -> None:
    """S002-20, issue 2, item 4: invoices to a tenant mirror into that tenant's journal, once."""
    invoice = await an_issued_invoice(world, debtor_id=await billed_by(world, federation.tenant_id))
    await an_issued_invoice(world)
    assert await mirror(world.write, world.tenant_id) == 1
    (document,) = await mirrored_to(federation)
    assert (document.number, document.total_minor) == (invoice.number, invoice.total_minor)
    assert (document.source_tenant_id, document.source_invoice_id) == (world.tenant_id, invoice.invoice_id)
    assert await mirror(world.write, world.tenant_id) == 0


async def test_payments_and_cancellations_follow(world: Federation, federation: Federation) -> None:
    """Architecture, mirrors: issue, payment and cancel are copied; a mirror is no receivable."""
    debtor = await billed_by(world, federation.tenant_id)
    paid, cancelled = await an_issued_invoice(world, debtor_id=debtor), await an_issued_invoice(world, debtor_id=debtor)
    await mirror(world.write, world.tenant_id)
    await it_was_paid(world, paid, 20_000)
    await mirror(world.write, world.tenant_id)
    await it_was_paid(world, paid, 30_000)
    await it_was_cancelled(world, cancelled)
    assert await mirror(world.write, world.tenant_id) == 2
    updates = [event for event in await mirrored_to(federation) if isinstance(event, DocumentUpdated)]
    assert [(event.state, event.open_minor) for event in updates] == [
        ("partially_paid", 30_000),
        ("paid", 0),
        ("cancelled", 0),
    ]


async def test_a_crash_before_the_checkpoint_repeats_harmlessly(world: Federation, federation: Federation) -> None:
    """Architecture, mirrors: two transactions, keyed by source tenant and position."""
    invoice = await an_issued_invoice(world, debtor_id=await billed_by(world, federation.tenant_id))
    await it_was_paid(world, invoice, 20_000)
    await mirror(world.write, world.tenant_id)
    async with world.write.database.scope(world.tenant_id) as connection:
        await connection.execute(
            b"UPDATE checkpoints SET position = 0 WHERE tenant_id = %b AND projection = %b",
            (world.tenant_id, MIRRORING.name),
        )
    assert await mirror(world.write, world.tenant_id) == 0
    assert len(await mirrored_to(federation)) == 2


async def test_an_ordinary_tenant_fills_no_other_tenants_journal(
    federation: Federation, other_federation: Federation
) -> None:
    """Issue 2, must show: two tenants cannot reach each other; only an operator makes a tenant a sender."""
    await an_issued_invoice(federation, debtor_id=await billed_by(federation, other_federation.tenant_id))
    assert await mirror(federation.write, federation.tenant_id) == 0
    assert await mirrored_to(other_federation) == []


async def test_a_tenant_that_does_not_exist_holds_nobody_up(world: Federation, federation: Federation) -> None:
    """C49: one impossible debtor, and the others still get theirs."""
    await an_issued_invoice(world, debtor_id=await billed_by(world, TenantId(uuid4())))
    await an_issued_invoice(world, debtor_id=await billed_by(world, federation.tenant_id))
    assert await mirror(world.write, world.tenant_id) == 1
    assert len(await mirrored_to(federation)) == 1
