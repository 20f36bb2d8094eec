"""The sweep over all tenants' due work: it calls the workers for whoever has some, whether or not anybody rang.

What is due, and how it is found, is declared beside each table (`runtime/due`). Its cost follows what is due, and not
how many tenants there are: 2,000 idle tenants cost what none do (docs/decisions/0018).
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

import psycopg
from redis.asyncio import Redis

import backend.schema  # noqa: F401 - every kind of due work is declared beside its table
from backend.read.catch_up import lags
from backend.runtime.doorbell import NAMESPACE
from backend.runtime.due import DUE, THOROUGH_SECONDS, Due
from backend.runtime.settings import Settings
from backend.runtime.telemetry import PROJECTION_LAG, QUEUE_DEPTH
from backend.values.identifiers import TenantId

MAX_QUEUED: Final = 1_000


@dataclass(slots=True)
class Turns:
    """When each kind is looked at next, in seconds of the monotonic clock; at first all are."""

    _next: dict[str, float] = field(default_factory=dict)

    def take(self, name: str, seconds: float, *, now: float) -> bool:
        """Whether it is the turn of `name`; if so, the next is in so many seconds."""
        if now < self._next.get(name, now):
            return False
        self._next[name] = now + seconds
        return True


async def sweep(settings: Settings, redis: Redis, turns: Turns) -> None:
    """Look once at every kind whose turn it is, and call its worker for each tenant with some."""
    from backend.worker.actors import ACTORS

    now = time.monotonic()
    kinds = [kind for kind in DUE.values() if turns.take(kind.name, kind.seconds, now=now)]
    thorough = {kind.name for kind in kinds if turns.take(f"{kind.name} thoroughly", THOROUGH_SECONDS, now=now)}
    async with await psycopg.AsyncConnection.connect(settings.sweep_database_url) as connection:
        found = {kind.name: await look(connection, kind, thoroughly=kind.name in thorough) for kind in kinds}
        for projection, events in (await lags(connection)).items():
            PROJECTION_LAG.labels(projection=projection).set(events)
    for kind in kinds:
        depth = await redis.llen(f"{NAMESPACE}:{kind.name}")
        QUEUE_DEPTH.labels(queue=kind.name).set(depth)
        # While nobody takes messages away, more of them help nobody; the rows will still be due.
        if depth < MAX_QUEUED:
            for tenant in found[kind.name]:
                await asyncio.to_thread(ACTORS[kind.name].send, str(tenant))


async def look(connection: psycopg.AsyncConnection, kind: Due, *, thoroughly: bool = False) -> tuple[TenantId, ...]:
    """The tenants with due work of this kind. The connection is the sweep role's."""
    question, parameters = kind.finds() if callable(kind.finds) else (kind.finds, ())
    rows = await (await connection.execute(question.encode(), parameters)).fetchall()
    if kind.metric is not None:
        kind.metric.set(sum(count for _, count in rows))
    if thoroughly and kind.thorough is not None:
        question, parameters = kind.thorough()
        rows += await (await connection.execute(question.encode(), parameters)).fetchall()
    return tuple(dict.fromkeys(TenantId(row[0]) for row in rows))


def call_at_a_ring(tenant_id: TenantId) -> None:
    """Call the workers of each kind that a commit of the tenant may have made due."""
    from backend.worker.actors import ACTORS

    for kind in DUE.values():
        if kind.rings:
            ACTORS[kind.name].send(str(tenant_id))
