"""People with their roles, and tokens without anything that opens a door."""

from backend.read.access import ACCESS, tokens, users
from backend.read.catch_up import catch_up
from backend.tenants.actor import Reach, Reader
from backend.write.access.tokens import RevokeToken
from backend.write.execute import execute
from tests.given.every_command import a_scene
from tests.given.federation import Federation


async def test_people_and_tokens_within_reach(federation: Federation) -> None:
    """Issue 3 item 1: who manages access at a place sees the people with a role there, and their tokens."""
    scene, write = await a_scene(federation), federation.write
    await catch_up(write.database, write.keyring, federation.tenant_id, projections=(ACCESS,))
    at_the_club = Reader(tenant_id=federation.tenant_id, reach=Reach(frozenset({federation.club})))
    at_the_root = Reader(tenant_id=federation.tenant_id, reach=Reach(frozenset({federation.root})))
    async with write.database.scope(federation.tenant_id) as connection:
        (user,) = (await users(connection, at_the_club)).items
        assert user.user_id == scene.user_id
        assert [(role.role, role.org_node_id) for role in user.roles] == [("club_admin", federation.club)]
        (token,) = (await tokens(connection, at_the_club, user_id=scene.user_id)).items
        assert (token.token_id, token.label, token.revoked_at) == (scene.token_id, "test", None)
        assert (await users(connection, at_the_root)).items == ()
        assert (await tokens(connection, at_the_root)).items == ()
    await execute(write, federation.system, RevokeToken(user_id=scene.user_id, token_id=scene.token_id))
    await catch_up(write.database, write.keyring, federation.tenant_id, projections=(ACCESS,))
    async with write.database.scope(federation.tenant_id) as connection:
        (token,) = (await tokens(connection, Reader(tenant_id=federation.tenant_id))).items
    assert token.revoked_at == write.clock.now()
