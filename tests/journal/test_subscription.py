"""A subscription is given each event of its types, moves on when all is done, and is given it again after a crash."""

from collections.abc import Sequence
from typing import Any

import pytest

from backend.events.invoices import InvoiceIssued
from backend.events.payments import PaymentRegistered
from backend.journal import subscription
from backend.journal.codec import Recorded
from backend.journal.load import head_position
from backend.journal.subscription import Subscription, consume, standing_of
from backend.runtime.database import Connection
from tests.given.federation import Federation
from tests.given.invoices import an_issued_invoice, it_was_paid

BILLED = Subscription(name="test:billed", events=(InvoiceIssued, PaymentRegistered))


class Consumer:
    """Remembers what it was given; dies at `dies_at`, once."""

    def __init__(self, federation: Federation, dies_at: str = "") -> None:
        self.federation, self.dies_at = federation, dies_at
        self.done: list[str] = []

    async def look(self, connection: Connection, recorded: Sequence[Recorded]) -> Sequence[str]:
        return [each.event.number if isinstance(each.event, InvoiceIssued) else "payment" for each in recorded]

    async def act(self, what: str) -> int:
        if what == self.dies_at:
            self.dies_at = ""
            raise ConnectionError("killed")
        self.done.append(what)
        return 1

    async def run(self, **limits: Any) -> int:
        database = self.federation.write.database
        return await consume(database, self.federation.tenant_id, BILLED, look=self.look, act=self.act, **limits)

    async def stands_at(self) -> int:
        async with self.federation.write.database.scope(self.federation.tenant_id) as connection:
            return (await standing_of(connection, self.federation.tenant_id, "money", [BILLED.name])).positions[
                BILLED.name
            ]

    async def head(self) -> int:
        async with self.federation.write.database.scope(self.federation.tenant_id) as connection:
            return await head_position(connection, self.federation.tenant_id, "money")


async def test_each_event_of_its_types_is_given_once(federation: Federation) -> None:
    consumer = Consumer(federation)
    first = await an_issued_invoice(federation)
    await it_was_paid(federation, first)
    assert await consumer.run() == 2
    assert await consumer.stands_at() == await consumer.head()
    assert await consumer.run() == 0
    second = await an_issued_invoice(federation)
    assert await consumer.run() == 1
    assert consumer.done == [first.number, "payment", second.number]


async def test_what_was_not_done_is_given_again_after_a_crash(federation: Federation) -> None:
    """At least once: the checkpoint moves when the whole stretch is done."""
    first, second = await an_issued_invoice(federation), await an_issued_invoice(federation)
    consumer = Consumer(federation, dies_at=second.number)
    with pytest.raises(ConnectionError):
        await consumer.run()
    assert await consumer.stands_at() == 0
    await consumer.run()
    assert consumer.done == [first.number, first.number, second.number]


async def test_a_long_past_is_taken_in_stretches(federation: Federation, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was done in earlier stretches is not repeated when a later one fails."""
    monkeypatch.setattr(subscription, "STRETCH_EVENTS", 1)
    invoices = [await an_issued_invoice(federation) for _ in range(3)]
    consumer = Consumer(federation, dies_at=invoices[2].number)
    with pytest.raises(ConnectionError):
        await consumer.run()
    await consumer.run()
    assert consumer.done == [each.number for each in invoices]


async def test_it_goes_no_further_than_it_may(federation: Federation) -> None:
    """A consumer that needs a read model waits for it."""
    first = await an_issued_invoice(federation)
    consumer = Consumer(federation)
    head = await consumer.head()
    await an_issued_invoice(federation)

    async def known(connection: Connection) -> int:
        return head

    await consumer.run(until=known)
    assert consumer.done == [first.number]
    assert await consumer.stands_at() == head


async def test_a_tenant_without_a_past_has_nothing_to_consume(federation: Federation) -> None:
    consumer = Consumer(federation)

    async def nowhere(connection: Connection) -> int:
        return 0

    assert await consumer.run(until=nowhere) == 0
    assert await consumer.stands_at() == 0
