"""`compare` finds every row that is not what the journal says, and nothing else (I05, F44)."""

import pytest

from backend.journal.keys import Keyring
from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.runtime.database import Database
from tests.given.past import Past
from tests.given.story import a_story

BOTH = ["missing", "unexpected"]


@pytest.mark.parametrize(
    ("statement", "projection", "kinds"),
    [
        ("UPDATE read_invoices SET open_minor = open_minor + 1 WHERE invoice_id = %s", "invoices", BOTH),
        ("DELETE FROM read_invoices WHERE invoice_id = %s", "invoices", ["missing"]),
        ("UPDATE read_invoice_documents SET document = '{}' WHERE invoice_id = %s", "invoices", BOTH),
        ("UPDATE inline_open_receivables SET open_minor = 1 WHERE invoice_id = %s", "open_receivables", BOTH),
        (
            "INSERT INTO read_invoice_words SELECT tenant_id, generation, 'x', invoice_id, false FROM read_invoices"
            " WHERE invoice_id = %s",
            "invoices",
            ["unexpected"],
        ),
    ],
)
async def test_a_changed_row_is_named(
    database: Database, keyring: Keyring, past: Past, statement: str, projection: str, kinds: list[str]
) -> None:
    """I05: changed, lost or invented, in eager and inline tables."""
    story = await a_story(past)
    await catch_up(database, keyring, past.tenant_id)
    invoice_id = story.issued["partly paid"].invoice_id
    async with database.scope(past.tenant_id) as connection:
        await connection.execute(statement.encode(), (invoice_id,))
    found = await compare(database, keyring, past.tenant_id)
    assert sorted(difference.kind for difference in found) == kinds
    assert {difference.projection for difference in found} == {projection}
    assert all(str(invoice_id) in difference.row for difference in found)


async def test_what_a_debtor_has_in_credit_is_compared(database: Database, keyring: Keyring, past: Past) -> None:
    """I05: the table decisions read is what the journal says."""
    await a_story(past)
    async with database.scope(past.tenant_id) as connection:
        await connection.execute("UPDATE inline_debtor_credit SET credit_minor = credit_minor + 1")
    found = await compare(database, keyring, past.tenant_id)
    assert {difference.projection for difference in found} == {"debtor_credit"}
    assert sorted(difference.kind for difference in found) == BOTH


async def test_leases_are_no_difference(database: Database, keyring: Keyring, past: Past) -> None:
    """Columns no event decides are left out."""
    await a_story(past)
    async with database.scope(past.tenant_id) as connection:
        await connection.execute("UPDATE outbound_work SET started = true, lease = gen_random_uuid()")
    assert await compare(database, keyring, past.tenant_id) == []


async def test_comparing_leaves_no_trace(database: Database, keyring: Keyring, past: Past) -> None:
    """I18: the scratch rows are gone with their transaction."""
    await a_story(past)
    assert await compare(database, keyring, past.tenant_id) == []
    async with database.scope(past.tenant_id) as connection:
        found = await connection.execute("SELECT count(*) FROM read_invoices WHERE generation < 1")
        assert await found.fetchone() == (0,)


async def test_a_halted_projection_is_a_difference(database: Database, keyring: Keyring, past: Past) -> None:
    """F10: a model that does not follow the journal is not sound, whatever its rows say."""
    await a_story(past)
    await catch_up(database, keyring, past.tenant_id)
    async with database.scope(past.tenant_id) as connection:
        await connection.execute("UPDATE checkpoints SET halted = 'position 9: KeyError' WHERE projection = 'runs'")
        await connection.execute("UPDATE read_runs SET issued = issued + 1")
    found = await compare(database, keyring, past.tenant_id)
    assert [(each.projection, each.kind) for each in found] == [("runs", "halted")]
