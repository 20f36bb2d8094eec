"""What the house is tried with leaves nothing out: every command succeeds once, and every event happens once."""

import backend.write.registry  # noqa: F401 - commands import every event
from backend.events.event import BY_NAME
from backend.journal.keys import Keyring
from backend.runtime.database import Database
from backend.runtime.settings import Settings
from backend.values.identifiers import TenantId
from backend.write.execute import WriteSide
from backend.write.registry import COMMANDS
from tests.given.deeds import every_deed
from tests.given.past import Past
from tests.given.story import a_story


async def test_every_command_has_succeeded_and_every_event_has_happened(
    write_side: WriteSide, settings: Settings, database: Database, keyring: Keyring
) -> None:
    """ "Incremental equals rebuilt" stands on these two pasts. An event outside them would be folded by nobody's test;
    a sample that is always refused would make its walls pass untried."""
    deeds = await every_deed(write_side, settings)
    assert {command.__name__ for command in COMMANDS} - deeds.done == set()
    story = await a_story(Past(database, keyring))
    happened = set[str]()
    for tenant_id in (deeds.federation.tenant_id, deeds.platform.tenant_id, story.past.tenant_id):
        happened |= await _events(database, tenant_id)
    assert set(BY_NAME) - happened == set(), "add it to tests/given/deeds.py, or to tests/given/story.py"


async def _events(database: Database, tenant_id: TenantId) -> set[str]:
    async with database.scope(tenant_id) as connection:
        found = await connection.execute(b"SELECT DISTINCT type FROM journal_events WHERE tenant_id = %b", (tenant_id,))
        return {name for (name,) in await found.fetchall()}
