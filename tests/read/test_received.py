"""Received documents: what another tenant told last, whatever the order in which it was told."""

from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.received import RECEIVED, received_document, received_documents
from backend.tenants.actor import Reach, Reader
from tests.given.past import Past
from tests.given.story import a_story


async def test_the_newest_word_of_the_sender_counts(past: Past) -> None:
    """Design "mirrors": keyed by source position, so a late message changes nothing."""
    story = await a_story(past)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(RECEIVED,), batch_events=1)
    reader = Reader(tenant_id=past.tenant_id)
    async with past.database.scope(past.tenant_id) as connection:
        found = await received_document(connection, reader, document_id=story.document_id)
        assert found is not None
        assert (found.state, found.open_minor, found.total_minor, found.issuer_name) == ("paid", 0, 100, "FIPJP")
        assert (await received_documents(connection, reader, state="paid")).items == (found,)
        assert (await received_documents(connection, reader, state="issued")).items == ()
        limited = Reader(tenant_id=past.tenant_id, reach=Reach(frozenset({past.district})))
        assert (await received_documents(connection, limited)).items == ()
        assert await received_document(connection, limited, document_id=story.document_id) is None
    assert await compare(past.database, past.keyring, past.tenant_id, projections=(RECEIVED,), inline=()) == []
