"""Runs whose workers are killed and whose queue is lost, with real processes.

`CARREAU_FAULT_SIZE=10000 ./carreau test -s tests/faults/test_killed_workers.py` is the big one: it prints its figures.
"""

import os
import time
from decimal import Decimal

from backend.values.identifiers import RunId, TenantId
from backend.write.execute import execute
from backend.write.renewals.start import StartRun, WantedComponent
from tests.faults.world import World, until
from tests.given.federation import Federation

SIZE = int(os.environ.get("CARREAU_FAULT_SIZE", "300"))
# A slow machine renders ten pages a second.
PATIENCE = 60 + SIZE / 10


async def a_run(federation: Federation, size: int) -> RunId:
    """Started, and not one chunk issued."""
    debtors = [debtor for first in range(0, size, 500) for debtor in await federation.members(min(500, size - first))]
    run_id = RunId(federation.write.new_id())
    fee = WantedComponent(name="Licens senior", amount=Decimal("400.00"))
    start = StartRun(
        run_id=run_id,
        issuer_id=federation.issuer_id,
        kind="licence_renewal",
        components=(fee,),
        debtors=tuple(debtors),
        deliver=True,
    )
    await execute(federation.write, federation.system, start)
    return run_id


async def issued(world: World, tenant_id: TenantId) -> int:
    return await world.count(tenant_id, "journal_events", "type = 'invoice-issued'")


async def sent(world: World, tenant_id: TenantId) -> int:
    return await world.count(tenant_id, "journal_events", "type = 'delivery-sent'")


async def the_leases_of_the_dead_run_out(world: World) -> None:
    """What two minutes do: while nobody is alive, every lease is a dead worker's."""
    expired = "UPDATE outbound_work SET leased_until = now() - interval '1 second' WHERE lease IS NOT NULL"
    await world.owner_does(expired)


async def half_a_minute_passes(world: World) -> None:
    """The one further copy of what is unknown becomes due."""
    await world.owner_does("UPDATE outbound_work SET due_at = now() WHERE unknown > 0 AND due_at > now()")


async def test_a_run_survives_two_kills(world: World) -> None:
    """I01, I05, I06, I07, I12, I16, F04: every invoice once, one delivery record and one Message-ID each."""
    federation, began = await world.federation(), time.monotonic()
    tenant = federation.tenant_id
    await a_run(federation, SIZE)

    async def some_are_issued() -> bool:
        await world.ring(tenant)
        return await issued(world, tenant) > 0

    async def it_is_sending_the_second_third() -> bool:
        return await sent(world, tenant) >= SIZE // 3 and await world.count(tenant, "outbound_work", "started") > 0

    async def all_are_sent() -> bool:
        await half_a_minute_passes(world)
        return await sent(world, tenant) == SIZE

    with world.scheduler():
        with world.workers():
            await until(some_are_issued, seconds=PATIENCE)
        at_first_kill = await issued(world, tenant)
        await the_leases_of_the_dead_run_out(world)
        with world.workers():
            await until(it_is_sending_the_second_third, seconds=PATIENCE)
        at_second_kill = await sent(world, tenant)
        await the_leases_of_the_dead_run_out(world)
        with world.workers():
            await until(all_are_sent, seconds=PATIENCE)
    done = time.monotonic() - began
    assert await issued(world, tenant) == SIZE
    assert await world.count(tenant, "journal_events", "type = 'delivery-queued'") == SIZE
    assert await world.count(tenant, "outbound_work") == 0
    unknown = await world.count(tenant, "journal_events", "type = 'delivery-unknown'")
    copies = await copies_of(world, tenant)
    assert len(copies) == SIZE
    assert set(copies.values()) <= {1, 2}
    assert sum(copies.values()) <= SIZE + unknown
    assert await world.findings(tenant) == []
    print(
        f"\n{SIZE} invoices; killed with {at_first_kill} issued, and with {at_second_kill} sent; all sent after"
        f" {done:.0f} s; {len(copies)} Message-IDs, {sum(copies.values()) - SIZE} second copies of {unknown} unknown"
        f" outcomes; verified clean after {time.monotonic() - began:.0f} s"
    )


async def copies_of(world: World, tenant_id: TenantId) -> dict[str, int]:
    """The mails of one tenant in the mailbox, by Message-ID: it is made of the delivery's id."""
    async with world.services.database.scope(tenant_id) as connection:
        found = await connection.execute("SELECT stream_id FROM journal_events WHERE type = 'delivery-queued'")
        ours = {str(row[0]) for row in await found.fetchall()}
    return {name: count for name, count in world.copies().items() if name.strip("<>").partition("@")[0] in ours}


async def test_losing_the_queue_costs_only_time(world: World) -> None:
    """F17, F18, I13: rows are the truth, messages only ring."""
    federation = await world.federation()
    tenant = federation.tenant_id
    await a_run(federation, 40)

    async def some_are_issued() -> bool:
        return await issued(world, tenant) > 0

    async def all_are_sent() -> bool:
        return await sent(world, tenant) == 40

    with world.scheduler(), world.workers():
        await world.ring(tenant)
        await world.lose_the_queue()
        await until(some_are_issued, seconds=PATIENCE)
        await world.lose_the_queue()
        await until(all_are_sent, seconds=PATIENCE)
    assert set((await copies_of(world, tenant)).values()) == {1}
    assert await world.findings(tenant) == []
