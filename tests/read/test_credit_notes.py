"""Credit notes: what was taken back of which invoice, who sees it, and reasons that are forgotten."""

from uuid import uuid4

from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.credit_notes import CREDIT_NOTES, credit_notes
from backend.tenants.actor import Reach, Reader
from backend.values.identifiers import OrgNodeId
from tests.given.past import Past
from tests.given.story import a_story, erase


async def test_credit_notes_by_invoice_and_debtor(past: Past) -> None:
    """S002-33: each names its invoice, its amounts and its reason; the reason goes with the person."""
    story = await a_story(past)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(CREDIT_NOTES,))
    reader, cancelled = Reader(tenant_id=past.tenant_id), story.issued["cancelled"]
    async with past.database.scope(past.tenant_id) as connection:
        (note,) = (await credit_notes(connection, reader, invoice_id=cancelled.invoice_id)).items
        assert (note.number, note.invoice_number, note.reason) == ("CN-2026-000001", cancelled.number, "wrong member")
        assert (note.total_minor, note.applied_minor) == (cancelled.total_minor, cancelled.total_minor)
        everything = await credit_notes(connection, reader, debtor_id=story.cia.debtor_id)
        assert [row.number for row in everything.items] == ["CN-2026-000002", "CN-2026-000001"]
        club = Reader(tenant_id=past.tenant_id, reach=Reach(frozenset({past.club})))
        assert len((await credit_notes(connection, club)).items) == 2
        elsewhere = Reader(tenant_id=past.tenant_id, reach=Reach(frozenset({OrgNodeId(uuid4())})))
        assert (await credit_notes(connection, elsewhere)).items == ()
    await erase(story, story.cia)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(CREDIT_NOTES,))
    async with past.database.scope(past.tenant_id) as connection:
        forgotten = await credit_notes(connection, reader, debtor_id=story.cia.debtor_id)
    assert {row.reason for row in forgotten.items} == {""}
    assert await compare(past.database, past.keyring, past.tenant_id, projections=(CREDIT_NOTES,), inline=()) == []
