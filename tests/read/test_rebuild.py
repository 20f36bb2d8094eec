"""Rebuilding beside the live rows: readers never miss any, and a killed rebuild leaves nothing (F07, F08, I05, I18)."""

import asyncio
import contextlib

import pytest

from backend.journal.keys import Keyring
from backend.journal.projection import books_of
from backend.read import generations
from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.invoices.projector import INVOICES
from backend.read.invoices.queries import invoices
from backend.read.rebuild import RebuildUnderWay, rebuild
from backend.read.rebuild_inline import rebuild_inline
from backend.read.registry import projections
from backend.runtime.database import Database
from backend.tenants.actor import Reader
from tests.given.past import START, Past
from tests.given.story import Story, a_story


class KilledError(Exception):
    """Stands for `kill -9`: whatever was not committed is gone, and nobody cleans up."""


def killed(position: int, head: int) -> None:
    raise KilledError


async def generations_in(past: Past, table: str) -> set[int]:
    async with past.database.scope(past.tenant_id) as connection:
        found = await connection.execute(f"SELECT DISTINCT generation FROM {table}")
        return {row[0] for row in await found.fetchall()}


async def numbers(past: Past) -> list[str]:
    async with past.database.scope(past.tenant_id) as connection:
        page = await invoices(connection, Reader(tenant_id=past.tenant_id), now=START)
    return [row.number for row in page.items]


async def test_a_killed_rebuild_leaves_the_live_rows_and_the_next_cleans_up(
    database: Database, keyring: Keyring, past: Past
) -> None:
    """F08: readers see the old generation; what was half-built is removed when somebody rebuilds again."""
    await a_story(past)
    await catch_up(database, keyring, past.tenant_id)
    before = await numbers(past)
    for _ in range(2):
        with pytest.raises(KilledError):
            await rebuild(database, keyring, past.tenant_id, INVOICES, progress=killed)
        assert await numbers(past) == before
    assert len(await generations_in(past, "read_invoices")) == 2
    generation = await rebuild(database, keyring, past.tenant_id, INVOICES)
    assert await generations_in(past, "read_invoices") == {generation}
    assert await generations_in(past, "read_invoice_words") == {generation}
    assert await numbers(past) == before
    assert await compare(database, keyring, past.tenant_id, projections=(INVOICES,)) == []


async def test_readers_see_a_whole_model_all_the_time(database: Database, keyring: Keyring, past: Past) -> None:
    """F08: from the first to the last moment of several rebuilds, every answer is the same."""
    await a_story(past)
    await catch_up(database, keyring, past.tenant_id)
    before, seen = await numbers(past), set[tuple[str, ...]]()

    async def look() -> None:
        while True:
            seen.add(tuple(await numbers(past)))

    reader = asyncio.create_task(look())
    for _ in range(4):
        await rebuild(database, keyring, past.tenant_id, INVOICES)
    reader.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reader
    assert seen == {tuple(before)}


async def test_what_is_written_during_a_rebuild_is_in_it(database: Database, keyring: Keyring, past: Past) -> None:
    """I05: writers and their catch-up go on; the switch never takes readers back."""
    story = await a_story(past)
    await catch_up(database, keyring, past.tenant_id)

    async def write() -> None:
        for _ in range(15):
            recorded = await past.record(past.an_issue(story.anna))
            reached = await catch_up(database, keyring, past.tenant_id, until=recorded[-1].position)
            assert min(reached.values()) >= recorded[-1].position

    async def rebuild_often() -> None:
        for projection in (INVOICES, *projections()[:3], INVOICES):
            await rebuild(database, keyring, past.tenant_id, projection)

    await asyncio.gather(write(), rebuild_often())
    assert await compare(database, keyring, past.tenant_id) == []


async def test_two_rebuilds_of_one_model_at_once_are_refused(database: Database, keyring: Keyring, past: Past) -> None:
    """F09: the second would remove what the first builds."""
    await a_story(past)
    results = await asyncio.gather(
        *(rebuild(database, keyring, past.tenant_id, INVOICES) for _ in range(3)), return_exceptions=True
    )
    refused = [result for result in results if isinstance(result, RebuildUnderWay)]
    assert len(refused) + sum(isinstance(result, int) for result in results) == 3
    assert len(refused) < 3
    assert await compare(database, keyring, past.tenant_id) == []


async def test_inline_tables_are_switched_with_their_leases(
    database: Database, keyring: Keyring, past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F08: commands go on with the new rows, and whoever holds a lease on a dispatch still holds it."""
    monkeypatch.setattr(generations, "ROWS_PER_DELETE", 1)
    story = await a_story(past)
    issued = past.an_issue(story.anna)
    await past.record(issued, past.a_delivery(issued, delivery_id=issued.invoice_id))
    async with database.scope(past.tenant_id) as connection:
        await connection.execute(
            "UPDATE outbound_work SET lease = gen_random_uuid(), started = true WHERE work_id = %s",
            (issued.invoice_id,),
        )
    before = await leases(past)
    with pytest.raises(KilledError):
        await rebuild_inline(database, keyring, past.tenant_id, progress=killed)
    generation = await rebuild_inline(database, keyring, past.tenant_id)
    assert await generations_in(past, "outbound_work") == {generation}
    assert await generations_in(past, "inline_open_receivables") == {generation}
    assert await leases(past) == before
    await past.record(past.an_issue(story.cia))
    assert await compare(database, keyring, past.tenant_id) == []
    assert await rebuild_inline(database, keyring, past.tenant_id) > generation


async def leases(past: Past) -> set[tuple[object, ...]]:
    async with past.database.scope(past.tenant_id) as connection:
        found = await connection.execute(
            "SELECT w.work_id, w.lease, w.started FROM outbound_work w JOIN journal_heads h"
            " ON h.inline_generation = w.generation"
        )
        return set(await found.fetchall())


async def test_nothing_is_left_of_a_story_that_was_rebuilt(database: Database, keyring: Keyring, past: Past) -> None:
    """I18: only live checkpoints remain, one for each projection and book it folds."""
    story: Story = await a_story(past)
    await catch_up(database, keyring, past.tenant_id)
    await rebuild(database, keyring, past.tenant_id, INVOICES)
    await rebuild_inline(database, keyring, past.tenant_id)
    async with database.scope(story.past.tenant_id) as connection:
        found = await connection.execute("SELECT projection, book FROM checkpoints")
        assert sorted(await found.fetchall()) == sorted((p.name, book) for p in projections() for book in books_of(p))
