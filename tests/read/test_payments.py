"""Payments: what settled which invoice, who sees it, and texts that are forgotten."""

from uuid import uuid4

from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.payments import PAYMENTS, payments
from backend.tenants.actor import Reach, Reader
from backend.values.identifiers import OrgNodeId
from tests.given.past import Past
from tests.given.story import a_story, erase


async def test_payments_by_invoice_and_debtor(past: Past) -> None:
    """S003-40, S004-59: two payments on one invoice, the newest first, with what no invoice took."""
    story = await a_story(past)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(PAYMENTS,))
    reader, paid = Reader(tenant_id=past.tenant_id), story.issued["paid"]
    async with past.database.scope(past.tenant_id) as connection:
        found = await payments(connection, reader, invoice_id=paid.invoice_id)
        assert [row.unallocated_minor for row in found.items] == [500, 0]
        assert sum(part.amount_minor for row in found.items for part in row.allocations) == paid.total_minor
        assert {part.number for row in found.items for part in row.allocations} == {paid.number}
        assert {row.reference for row in found.items} == {"ref"}
        assert len((await payments(connection, reader, debtor_id=story.cia.debtor_id)).items) == 3
        assert (await payments(connection, reader, debtor_id=story.anna.debtor_id)).items == ()
        issuer_side = Reader(tenant_id=past.tenant_id, reach=Reach(frozenset({past.district})))
        assert len((await payments(connection, issuer_side)).items) == 3
        elsewhere = Reader(tenant_id=past.tenant_id, reach=Reach(frozenset({OrgNodeId(uuid4())})))
        assert (await payments(connection, elsewhere)).items == ()


async def test_what_was_written_about_a_person_is_forgotten(past: Past) -> None:
    """S001 privacy: reference and notes go with the debtor; amounts stay, and incremental equals rebuilt."""
    story = await a_story(past)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(PAYMENTS,))
    await erase(story, story.cia)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(PAYMENTS,))
    async with past.database.scope(past.tenant_id) as connection:
        found = await payments(connection, Reader(tenant_id=past.tenant_id), debtor_id=story.cia.debtor_id)
    assert {(row.reference, row.notes) for row in found.items} == {("", "")}
    assert all(row.amount_minor > 0 for row in found.items)
    assert await compare(past.database, past.keyring, past.tenant_id, projections=(PAYMENTS,), inline=()) == []
