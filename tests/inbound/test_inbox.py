"""What arrives is processed once, whoever sends it again, and put aside when it cannot be (I10, I13)."""

import asyncio
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from backend.inbound.inbox import (
    FORGOTTEN,
    LEASE,
    MAX_ATTEMPTS,
    Message,
    Processed,
    Unacceptable,
    forgotten_messages,
    process,
    receive,
    replay,
)
from backend.runtime.clock import TravellingClock
from tests.given.federation import Federation


def a_message(content: bytes = b"a", external_id: str = "evt_1") -> Message:
    return Message(source="bank", external_id=external_id, digest=sha256(content).digest(), size=len(content))


class Acting:
    """Counts how often it acted; does so `slowly`, or fails."""

    def __init__(self, federation: Federation, clock: TravellingClock) -> None:
        self.federation, self.clock = federation, clock
        self.acted, self.slowly = 0, 0.0
        self.fault: Exception | None = None

    async def act(self) -> str:
        self.acted += 1
        await asyncio.sleep(self.slowly)
        if self.fault is not None:
            raise self.fault
        return "ok"

    async def process(self, message: Message) -> Processed[str]:
        database, tenant = self.federation.write.database, self.federation.tenant_id
        return await process(database, self.clock, tenant, message, self.act, lease=uuid4())

    async def replay(self) -> bool:
        async with self.federation.write.database.scope(self.federation.tenant_id) as connection:
            return await replay(connection, self.federation.tenant_id, "bank", "evt_1", at=self.clock.now())


@pytest.fixture
def acting(federation: Federation, clock: TravellingClock) -> Acting:
    return Acting(federation, clock)


async def test_a_message_is_processed_once_however_often_it_is_sent(acting: Acting) -> None:
    assert await acting.process(a_message()) == Processed("ok", "done")
    for _ in range(4):
        assert await acting.process(a_message()) == Processed(None, "done")
    assert acting.acted == 1


async def test_sent_five_times_at_once_it_is_processed_once(acting: Acting) -> None:
    """F31: duplicates in parallel."""
    acting.slowly = 0.1
    found = await asyncio.gather(*(acting.process(a_message()) for _ in range(5)))
    assert acting.acted == 1
    assert [each.answer for each in found].count("ok") == 1


async def test_the_same_name_with_other_bytes_waits_for_a_person(acting: Acting) -> None:
    acting.fault = ConnectionError("the bank is away")
    with pytest.raises(ConnectionError):
        await acting.process(a_message(b"a"))
    acting.fault = None
    assert await acting.process(a_message(b"b")) == Processed(None, "quarantined")
    assert await acting.process(a_message(b"a")) == Processed(None, "quarantined")
    assert acting.acted == 1


async def test_what_is_at_fault_itself_is_put_aside_and_may_be_replayed(acting: Acting) -> None:
    acting.fault = Unacceptable("row 7 has no amount")
    assert await acting.process(a_message()) == Processed(None, "quarantined")
    assert await acting.process(a_message()) == Processed(None, "quarantined")
    assert acting.acted == 1
    acting.fault = None
    assert await acting.replay()
    assert await acting.process(a_message()) == Processed("ok", "done")
    assert not await acting.replay()
    async with acting.federation.write.database.scope(acting.federation.tenant_id) as connection:
        stands = await receive(connection, acting.federation.tenant_id, a_message(), at=acting.clock.now())
    assert (stands.attempts, stands.repeated, stands.error) == (2, True, "")


async def test_a_fault_of_ours_is_tried_again_and_not_for_ever(acting: Acting) -> None:
    acting.fault = RuntimeError("Anna Svensson")
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            await acting.process(a_message())
    assert await acting.process(a_message()) == Processed(None, "quarantined")
    async with acting.federation.write.database.scope(acting.federation.tenant_id) as connection:
        stands = await receive(connection, acting.federation.tenant_id, a_message(), at=acting.clock.now())
    assert (stands.attempts, stands.error) == (MAX_ATTEMPTS, "RuntimeError")


async def test_what_a_dead_process_had_in_hand_is_taken_up_again(acting: Acting) -> None:
    """F04: killed amid processing; after the lease somebody else may."""
    acting.slowly = 5
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await acting.process(a_message())
    acting.slowly = 0
    assert (await acting.process(a_message())).answer is None
    acting.clock.advance(LEASE + timedelta(seconds=1))
    assert await acting.process(a_message()) == Processed("ok", "done")


async def test_verify_names_what_was_forgotten(acting: Acting) -> None:
    """I13: nothing that arrived is lost without an alarm."""
    tenant = acting.federation.tenant_id
    async with acting.federation.write.database.scope(tenant) as connection:
        await receive(connection, tenant, a_message(), at=acting.clock.now())
        now = acting.clock.now()
        assert await forgotten_messages(connection, tenant, at=now) == []
        (finding,) = await forgotten_messages(connection, tenant, at=now + FORGOTTEN + timedelta(seconds=1))
    assert (finding.check, finding.found) == ("inbox", "waiting after 0 attempts")


async def test_another_tenants_message_of_the_same_name_is_another(
    federation: Federation, other_federation: Federation, clock: TravellingClock
) -> None:
    here, there = Acting(federation, clock), Acting(other_federation, clock)
    for each in (here, there):
        assert await each.process(a_message()) == Processed("ok", "done")
        assert each.acted == 1
