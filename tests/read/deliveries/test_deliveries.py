"""Dispatches: states, attempts and replies, the work list, and addresses that are forgotten."""

from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.deliveries.projector import DELIVERIES
from backend.read.deliveries.queries import NEEDS_A_PERSON, deliveries, delivery, delivery_counts
from backend.tenants.actor import Reader
from backend.values.identifiers import DeliveryId
from tests.given.past import Past
from tests.given.story import a_story, erase


async def test_states_attempts_and_the_work_list(past: Past) -> None:
    """Issue 2 item 7: a failed dispatch never says sent; what needs a person is one list."""
    story = await a_story(past)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(DELIVERIES,))
    reader = Reader(tenant_id=past.tenant_id)
    async with past.database.scope(past.tenant_id) as connection:
        assert await delivery_counts(connection, reader) == {"delivered": 1, "failed": 2, "unknown": 1, "queued": 3}
        work = await deliveries(connection, reader, states=NEEDS_A_PERSON)
        assert {row.number for row in work.items} == {
            story.issued[name].number for name in ("bounced", "unknown", "failed")
        }
        of_invoice = await deliveries(connection, reader, invoice_id=story.issued["bounced"].invoice_id)
        assert [row.state for row in of_invoice.items] == ["queued", "failed"]
        sent = await delivery(connection, reader, delivery_id=DeliveryId(story.issued["sent"].invoice_id))
        assert sent is not None
        assert [(a.attempt, a.state, a.reply) for a in sent.attempts] == [
            (1, "deferred", "451 try later"),
            (2, "sent", "250 ok"),
            (2, "delivered", ""),
        ]
        assert (sent.row.state, sent.row.attempts, sent.row.next_at) == ("delivered", 2, None)
        assert sent.row.sent_at is not None
        bounced = await delivery(connection, reader, delivery_id=DeliveryId(story.issued["bounced"].invoice_id))
        assert bounced is not None
        assert (bounced.attempts[0].code, bounced.attempts[0].reply) == (550, "no such user")
    await erase(story, story.anna)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(DELIVERIES,))
    async with past.database.scope(past.tenant_id) as connection:
        forgotten = await deliveries(connection, reader, debtor_id=story.anna.debtor_id)
        assert {row.to_address for row in forgotten.items} == {""}
    assert await compare(past.database, past.keyring, past.tenant_id, projections=(DELIVERIES,), inline=()) == []
