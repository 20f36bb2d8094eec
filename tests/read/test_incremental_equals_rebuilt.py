"""Whatever the batches: event by event, all at once, or rebuilt, the rows are the same (architecture 6, I05)."""

import pytest

from backend.journal.keys import Keyring
from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.rebuild import rebuild
from backend.read.rebuild_inline import rebuild_inline
from backend.read.registry import projections
from backend.runtime.database import Database
from backend.runtime.settings import Settings
from backend.values.books import BOOKS
from backend.write.execute import WriteSide
from tests.given.deeds import every_deed
from tests.given.past import Past
from tests.given.story import a_story, erase


@pytest.mark.parametrize("size", [1, 2, 3, 7])
async def test_small_batches_make_the_same_rows(database: Database, keyring: Keyring, past: Past, size: int) -> None:
    """S002-36, I05: a projection that stopped anywhere and went on has the rows of one that never stopped."""
    story = await a_story(past)
    await erase(story, story.anna)
    reached = await catch_up(database, keyring, past.tenant_id, batch_events=size)
    assert {(book, position) for (_, book), position in reached.items()} == await _heads(past)
    assert await compare(database, keyring, past.tenant_id) == []


async def test_erasure_that_comes_later_leaves_what_a_rebuild_would_write(
    database: Database, keyring: Keyring, past: Past
) -> None:
    """Privacy: rows that were written with a name are blanked exactly as if the name had never been readable."""
    story = await a_story(past)
    await catch_up(database, keyring, past.tenant_id)
    assert await compare(database, keyring, past.tenant_id) == []
    for debtor in (story.anna, story.bo):
        await erase(story, debtor)
        assert await compare(database, keyring, past.tenant_id) == []


async def test_a_rebuilt_model_equals_the_live_one(database: Database, keyring: Keyring, past: Past) -> None:
    """I05: after a rebuild of every projection nothing differs, and the head of each book is where they stand."""
    await a_story(past)
    await catch_up(database, keyring, past.tenant_id)
    for projection in projections():
        assert await rebuild(database, keyring, past.tenant_id, projection) == 2
    assert await rebuild_inline(database, keyring, past.tenant_id) == 2
    assert await compare(database, keyring, past.tenant_id) == []
    reached = await catch_up(database, keyring, past.tenant_id)
    assert {(book, position) for (_, book), position in reached.items()} == await _heads(past)


@pytest.mark.parametrize("size", [1, 5])
async def test_what_came_through_the_front_door_is_folded_the_same(
    write_side: WriteSide, settings: Settings, database: Database, keyring: Keyring, size: int
) -> None:
    """I05: so is a past in which every command was carried out, in a federation and in the platform's own tenant."""
    deeds = await every_deed(write_side, settings)
    for tenant_id in (deeds.federation.tenant_id, deeds.platform.tenant_id):
        await catch_up(database, keyring, tenant_id, batch_events=size)
        assert await compare(database, keyring, tenant_id) == []


async def _heads(past: Past) -> set[tuple[str, int]]:
    async with past.database.scope(past.tenant_id) as connection:
        found = await connection.execute("SELECT book, position FROM journal_heads")
        heads = {(str(row[0]), int(row[1])) for row in await found.fetchall()}
    assert {book for book, _ in heads} == set(BOOKS), "the story happens in both books"
    return heads
