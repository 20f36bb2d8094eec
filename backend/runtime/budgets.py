"""Budgets: leaky buckets in Valkey, one per spender, shared by all processes. What is spent comes back by the second.

Without Valkey each process counts for itself: a caller may then spend as much at each of them, and nobody is turned
away because a cache is gone. `shared` says which of the two an answer is.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.runtime.logs import logger

PREFIX: Final = "carreau:budget:"
# Valkey answers in a fraction of a millisecond; whoever waits longer is better served without it.
ANSWER_SECONDS: Final = 0.2
# After it failed, it is left alone for so long.
REST_SECONDS: Final = 5.0
# Spenders one process remembers by itself.
MAX_REMEMBERED: Final = 10_000
# What was taken from Valkey in advance is forgotten after so long.
LEASE_SECONDS: Final = 2.0

# Valkey's own clock, because processes on several machines share the bucket. A negative cost gives back.
_SPEND: Final = """
local now = redis.call('TIME'); now = now[1] * 1000 + math.floor(now[2] / 1000)
local size, rate, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = math.max(0, (tonumber(kept[1]) or 0) - (now - (tonumber(kept[2]) or now)) * rate / 1000)
if cost > 0 and level + cost > size then
  return {0, math.floor(size - level), math.ceil((level + cost - size) * 1000 / rate)}
end
level = math.max(0, level + cost)
redis.call('HSET', KEYS[1], 'level', tostring(level), 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(size * 1000 / rate))
return {1, math.floor(size - level), 0}
"""
# An amount, and a moment of the event loop's clock.
_Kept = OrderedDict[str, tuple[float, float]]
log = logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A bucket: `size` may be spent at once, `per_second` comes back. `lease` units at a time are taken from Valkey
    and spent here, where single ones would cost more to count than to serve."""

    name: str
    size: int
    per_second: int
    lease: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left after spending, or how long to wait before trying again."""

    allowed: bool
    available: int
    wait_ms: int = 0
    shared: bool = True

    @property
    def retry_seconds(self) -> int:
        """Whole seconds, as `Retry-After` wants them."""
        return max(1, -(-self.wait_ms // 1000))


class Budgets:
    """What one process spends from. Without `limited` everything is allowed (the bench measures us, not the limit)."""

    def __init__(self, redis: Redis | None = None, *, limited: bool = True) -> None:
        self._limited = limited
        self._script = None if redis is None else redis.register_script(_SPEND)
        self._away_until = 0.0
        self._levels: _Kept = OrderedDict()
        self._leases: _Kept = OrderedDict()

    async def spend(self, budget: Budget, who: str, cost: int = 1) -> Left:
        """Take `cost` from the bucket of `who`, or nothing at all. Never raises."""
        if not self._limited:
            return Left(allowed=True, available=budget.size)
        key = f"{PREFIX}{budget.name}:{sha256(who.encode()).hexdigest()}"
        now = asyncio.get_running_loop().time()
        leased, until = self._leases.get(key, (0, 0.0))
        if leased >= cost and now < until:
            self._leases[key] = (leased - cost, until)
            return Left(allowed=True, available=int(leased - cost))
        taken = max(cost, budget.lease)
        left = await self._taken(budget, key, taken)
        if left.allowed and taken > cost:
            _remember(self._leases, key, (taken - cost, now + LEASE_SECONDS))
        return left

    async def give_back(self, budget: Budget, who: str, amount: int) -> int:
        """What was asked for and not used; answers what is available then."""
        key = f"{PREFIX}{budget.name}:{sha256(who.encode()).hexdigest()}"
        return (await self._taken(budget, key, -amount)).available if self._limited else budget.size

    async def _taken(self, budget: Budget, key: str, cost: int) -> Left:
        now = asyncio.get_running_loop().time()
        if self._script is not None and now >= self._away_until:
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    said = await self._script(keys=[key], args=[budget.size, budget.per_second, cost])
                return Left(allowed=bool(said[0]), available=said[1], wait_ms=said[2])
            except (RedisError, OSError, TimeoutError) as lost:
                self._away_until = now + REST_SECONDS
                log.warning("budgets.counted_alone", error=type(lost).__name__)
        return self._alone(budget, key, cost, now)

    def _alone(self, budget: Budget, key: str, cost: int, now: float) -> Left:
        level, at = self._levels.get(key, (0.0, now))
        level = max(0.0, level - (now - at) * budget.per_second)
        if cost > 0 and level + cost > budget.size:
            wait = int((level + cost - budget.size) * 1000 / budget.per_second) + 1
            return Left(allowed=False, available=int(budget.size - level), wait_ms=wait, shared=False)
        level = max(0.0, level + cost)
        _remember(self._levels, key, (level, now))
        return Left(allowed=True, available=int(budget.size - level), shared=False)


def _remember(where: _Kept, key: str, what: tuple[float, float]) -> None:
    where[key] = what
    where.move_to_end(key)
    while len(where) > MAX_REMEMBERED:
        where.popitem(last=False)
