"""Leaky buckets: shared by processes through Valkey, and honest without it."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from backend.runtime import budgets
from backend.runtime.budgets import Budget, Budgets
from backend.runtime.settings import Settings


@pytest_asyncio.fixture
async def redis(settings: Settings) -> AsyncIterator[Redis]:
    opened: Redis = Redis.from_url(settings.redis_url)
    try:
        yield opened
    finally:
        await opened.aclose()


@pytest.fixture
def small() -> Budget:
    """Ten at once, and practically nothing comes back while a test runs."""
    return Budget(name=f"test-{uuid4().hex}", size=1_000, per_second=1)


async def test_processes_share_a_bucket(redis: Redis, small: Budget) -> None:
    """E.1: what one process let through is gone for the other; another spender has a bucket of their own."""
    one, other = Budgets(redis), Budgets(redis)
    first = await one.spend(small, "tenant/session", 600)
    assert (first.allowed, first.available, first.shared) == (True, 400, True)
    second = await other.spend(small, "tenant/session", 600)
    assert not second.allowed
    assert second.available == 400
    assert 150 <= second.retry_seconds <= 200, "it says when there will be enough"
    assert (await other.spend(small, "tenant/somebody", 600)).allowed


async def test_a_hundred_at_once_are_a_hundred(redis: Redis, small: Budget) -> None:
    """No two spend the same thing, however they arrive."""
    each = Budgets(redis)
    spent = await asyncio.gather(*(each.spend(small, "x", 100) for _ in range(25)))
    assert sum(left.allowed for left in spent) == 10


async def test_what_was_not_used_comes_back(redis: Redis, small: Budget) -> None:
    each = Budgets(redis)
    await each.spend(small, "x", 1_000)
    assert await each.give_back(small, "x", 700) == 700
    assert await each.give_back(small, "x", 5_000) == 1_000, "nobody gains by giving back"


async def test_it_flows_back_by_the_second(redis: Redis) -> None:
    quick = Budget(name=f"test-{uuid4().hex}", size=10, per_second=1_000)
    each = Budgets(redis)
    assert (await each.spend(quick, "x", 10)).allowed
    await asyncio.sleep(0.1)
    assert (await each.spend(quick, "x", 10)).allowed


async def test_a_lease_saves_round_trips_and_spends_no_more(redis: Redis) -> None:
    """Of 100 requests every twentieth asks Valkey; together they are never more than the bucket holds."""
    leased = Budget(name=f"test-{uuid4().hex}", size=100, per_second=1, lease=20)
    each, asked = Budgets(redis), 0
    real = each._taken

    async def counted(*said: object) -> object:
        nonlocal asked
        asked += 1
        return await real(*said)  # type: ignore[arg-type]

    each._taken = counted  # type: ignore[method-assign,assignment]
    assert [(await each.spend(leased, "x")).allowed for _ in range(101)] == [True] * 100 + [False]
    assert asked == 6


@pytest.mark.parametrize("address", ["redis://127.0.0.1:1", None])
async def test_without_valkey_each_process_counts_alone(address: str | None, small: Budget) -> None:
    """F17 to F19: nobody is turned away because a cache is gone, and the limit stands; the answer says so."""
    away: Redis | None = Redis.from_url(address) if address else None
    one, other = Budgets(away), Budgets(away)
    spent = await one.spend(small, "x", 1_000)
    assert (spent.allowed, spent.shared) == (True, False)
    refused = await one.spend(small, "x", 1)
    assert (refused.allowed, refused.retry_seconds) == (False, 1)
    assert (await other.spend(small, "x", 1_000)).allowed
    assert await one.give_back(small, "x", 10) == 10


async def test_a_valkey_that_does_not_answer_is_left_alone(small: Budget, monkeypatch: pytest.MonkeyPatch) -> None:
    """F19: stopped in the middle, it costs one short wait every few seconds and not one per request."""
    monkeypatch.setattr(budgets, "ANSWER_SECONDS", 0.05)
    waits = 0

    async def never(**_: object) -> None:
        nonlocal waits
        waits += 1
        await asyncio.sleep(3_600)

    each = Budgets()
    each._script = never  # type: ignore[assignment]
    for _ in range(5):
        assert (await each.spend(small, "x")).allowed
    assert waits == 1


async def test_one_process_remembers_so_many(monkeypatch: pytest.MonkeyPatch, small: Budget) -> None:
    """C33: a stream of strangers does not fill the memory."""
    monkeypatch.setattr(budgets, "MAX_REMEMBERED", 5)
    each = Budgets()
    for index in range(9):
        await each.spend(small, str(index))
    assert len(each._levels) == 5
