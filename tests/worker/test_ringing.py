"""Rings of the doorbell become calls of the workers."""

import asyncio
from uuid import UUID

from backend.values.identifiers import TenantId
from backend.worker.ringing import Ringing

HERE, THERE = TenantId(UUID(int=1)), TenantId(UUID(int=2))


async def test_a_storm_of_rings_becomes_two_calls() -> None:
    """F20: the first call is made at once, and one more follows for what rang after it."""
    calls: list[TenantId] = []
    ringing = Ringing(calls.append, seconds=0.05)
    ringing.ring(HERE)
    await asyncio.sleep(0.01)
    for _ in range(500):
        ringing.ring(HERE)
    assert calls == [HERE]
    await asyncio.sleep(0.2)
    assert calls == [HERE, HERE]


async def test_tenants_do_not_wait_for_each_other() -> None:
    calls: list[TenantId] = []
    ringing = Ringing(calls.append, seconds=60)
    ringing.ring(HERE)
    ringing.ring(THERE)
    await asyncio.sleep(0.02)
    assert calls == [HERE, THERE]
