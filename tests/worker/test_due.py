"""The sweep finds whoever has something due, and pays nothing for whoever has not.

`CARREAU_IDLE_TENANTS=2000 ./carreau test -s tests/worker/test_due.py -k idle` prints what looking costs.
"""

import os
import time
from collections.abc import AsyncIterator
from uuid import uuid4

import psycopg
import pytest
import pytest_asyncio
from redis.asyncio import Redis

import backend.schema  # noqa: F401 - every kind of due work is declared beside its table
from backend.journal.append import lock_head
from backend.journal.projection import books_of
from backend.journal.subscription import BEHIND, BEHIND_OR_NEW, LAG, note_consumed
from backend.read.catch_up import PROJECTIONS, catch_up, lags
from backend.read.registry import projections
from backend.runtime.database import Database, connect
from backend.runtime.doorbell import Doorbell
from backend.runtime.due import DUE, Due, due
from backend.runtime.settings import Settings
from backend.runtime.storage import DocumentStore
from backend.services import Services
from backend.values.identifiers import TenantId
from backend.worker.consumers import consume_all
from backend.worker.due import Turns, look
from tests.given.federation import Federation
from tests.given.invoices import an_issued_invoice

IDLE = int(os.environ.get("CARREAU_IDLE_TENANTS", "50"))


@pytest_asyncio.fixture
async def sweeper(settings: Settings) -> AsyncIterator[psycopg.AsyncConnection]:
    async with await connect(settings.sweep_database_url) as connection:
        await connection.set_autocommit(True)
        yield connection


@pytest.fixture
def services(federation: Federation, settings: Settings) -> Services:
    write = federation.write
    return Services(
        settings=settings,
        database=write.database,
        keyring=write.keyring,
        clock=write.clock,
        write=write,
        store=DocumentStore.from_url("memory:///"),
        doorbell=Doorbell(Redis.from_url(settings.redis_url)),
    )


async def test_who_recorded_something_is_found_until_everybody_has_seen_it(
    federation: Federation, services: Services, sweeper: psycopg.AsyncConnection
) -> None:
    """I16: whoever is behind is found, whether or not anybody rang; whoever is not costs nothing."""
    await an_issued_invoice(federation)
    assert federation.tenant_id in await look(sweeper, PROJECTIONS)
    # A request folds the read models it waits for; the others are still behind.
    await catch_up(services.database, services.keyring, federation.tenant_id)
    assert federation.tenant_id in await look(sweeper, PROJECTIONS)
    await consume_all(services, federation.tenant_id)
    assert federation.tenant_id not in await look(sweeper, PROJECTIONS)
    assert federation.tenant_id not in await look(sweeper, PROJECTIONS, thoroughly=True)
    await an_issued_invoice(federation)
    assert federation.tenant_id in await look(sweeper, PROJECTIONS)
    assert max((await lags(sweeper)).values()) > 0


async def test_a_read_model_that_halted_keeps_its_tenant_on_the_list(
    federation: Federation, services: Services, sweeper: psycopg.AsyncConnection
) -> None:
    """F10: it is tried again, so that repairing the software is all that is needed."""
    await an_issued_invoice(federation)
    await consume_all(services, federation.tenant_id)
    async with services.database.scope(federation.tenant_id) as connection:
        await connection.execute("UPDATE checkpoints SET position = 1, halted = 'x' WHERE projection = 'runs' AND live")
        await connection.execute("UPDATE journal_heads SET consumed = 0")
        await note_consumed(connection, federation.tenant_id)
    assert federation.tenant_id in await look(sweeper, PROJECTIONS)


async def test_a_read_model_that_is_new_in_a_release_is_found_by_the_thorough_look(
    federation: Federation, services: Services, sweeper: psycopg.AsyncConnection
) -> None:
    """F41: it has no checkpoint yet, and the tenant may never record anything again."""
    await an_issued_invoice(federation)
    await consume_all(services, federation.tenant_id)
    async with services.database.scope(federation.tenant_id) as connection:
        await connection.execute("DELETE FROM checkpoints WHERE projection = 'runs'")
    assert federation.tenant_id not in await look(sweeper, PROJECTIONS)
    assert federation.tenant_id in await look(sweeper, PROJECTIONS, thoroughly=True)


async def test_nobody_waits_for_a_writer_to_note_how_far_they_came(
    federation: Federation, services: Services, sweeper: psycopg.AsyncConnection
) -> None:
    """Design B: the head's lock is for commands. Who holds it has news anyway."""
    await an_issued_invoice(federation)
    await catch_up(services.database, services.keyring, federation.tenant_id)
    async with services.database.scope(federation.tenant_id) as writer:
        await lock_head(writer, federation.tenant_id, "money")
        async with services.database.scope(federation.tenant_id) as connection:
            await connection.execute("SET LOCAL lock_timeout = '1s'")
            await note_consumed(connection, federation.tenant_id)
    assert federation.tenant_id in await look(sweeper, PROJECTIONS)


async def idle_tenants(database: Database, count: int) -> None:
    """Tenants that recorded a thousand events, of which every consumer has seen each."""
    names = [*(projection.name for projection in projections()), "policy:forgetting"]
    for _ in range(count):
        tenant_id = TenantId(uuid4())
        async with database.scope(tenant_id) as connection:
            await connection.execute(
                b"INSERT INTO journal_heads (tenant_id, book, position, hash, consumed)"
                b" VALUES (%b, 'money', 1000, 'x', 1000)",
                (tenant_id,),
            )
            await connection.execute(
                b"INSERT INTO checkpoints (tenant_id, projection, generation, book, position, live)"
                b" SELECT %b, name, 1, 'money', 1000, true FROM unnest(%b::text[]) AS n(name)",
                (tenant_id, names),
            )


async def test_idle_tenants_cost_the_sweep_nothing(
    database: Database, settings: Settings, sweeper: psycopg.AsyncConnection
) -> None:
    """C33: what is due is found by an index of what is due, and no table is read from end to end."""
    await idle_tenants(database, IDLE)
    async with await connect(settings.owner_database_url) as owner:
        await owner.execute("ANALYZE journal_heads, checkpoints")
    await sweeper.execute("SET enable_seqscan = off")
    for question in (BEHIND, LAG):
        plan = "\n".join(row[0] for row in await (await sweeper.execute(b"EXPLAIN " + question.encode())).fetchall())
        assert "journal_heads_behind" in plan, plan
        assert "Seq Scan" not in plan, plan
    await sweeper.execute("SET enable_seqscan = on")
    wanted = [(projection.name, book) for projection in projections() for book in books_of(projection)]
    names, books = [name for name, _ in wanted], [book for _, book in wanted]
    for what, question, parameters in (
        ("behind, of an index", BEHIND, ()),
        ("lag, of an index", LAG, ()),
        ("behind, of everything", BEHIND_OR_NEW, (names, books)),
        (
            "lag, of everything",
            "SELECT c.projection, max(h.position - c.position) FROM checkpoints c JOIN journal_heads h"
            " USING (tenant_id, book) WHERE c.live GROUP BY c.projection",
            (),
        ),
    ):
        took = []
        for _ in range(9):
            began = time.perf_counter()
            await (await sweeper.execute(question.encode(), parameters)).fetchall()
            took.append(time.perf_counter() - began)
        print(f"\n{IDLE} idle tenants, {what}: {sorted(took)[4] * 1000:.2f} ms", end="")


def test_each_kind_has_its_turn() -> None:
    turns = Turns()
    assert [turns.take("a", 3.0, now=now) for now in (10.0, 12.9, 13.0, 14.0)] == [True, False, True, False]
    assert turns.take("b", 3.0, now=14.0)


def test_somebody_does_every_kind_of_due_work() -> None:
    """A kind without an actor would be found for ever and done by nobody."""
    from backend.worker.actors import ACTORS

    assert set(ACTORS) == set(DUE)
    assert all(actor.queue_name == name for name, actor in ACTORS.items())


def test_two_kinds_cannot_share_a_queue() -> None:
    with pytest.raises(TypeError, match="twice"):
        due(Due(name="runs", finds=""))
