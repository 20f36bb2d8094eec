"""Grants and tokens on real rows: what opens a door, and what no longer does."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from backend.runtime.clock import FixedClock, SystemClock
from backend.tenants.actor import Actor, Forbidden
from backend.tenants.capabilities import Capability
from backend.tenants.directory import actor_of, authenticate, new_token, token_digest
from backend.tenants.onboarding import add_user
from backend.values.identifiers import OrgNodeId, UserId
from backend.write.access.roles import GrantRole, LastAdmin, RevokeRole
from backend.write.access.tokens import CreateToken, RevokeToken
from backend.write.execute import execute
from backend.write.refusal import InvalidValue, NotFound
from tests.given.federation import Federation
from tests.given.people import a_person as a_person_with_a_password


@dataclass(frozen=True)
class Person:
    """A user of the federation, with what a test does to their access."""

    federation: Federation
    user_id: UserId

    async def is_granted(self, role: str, node: OrgNodeId, *, by: Actor | None = None) -> None:
        command = GrantRole(user_id=self.user_id, role=role, org_node_id=node)
        await execute(self.federation.write, by or self.federation.system, command)

    async def gets_a_token(self, *, by: Actor | None = None) -> tuple[str, UUID]:
        token, token_id = new_token(), uuid4()
        command = CreateToken(token_id=token_id, user_id=self.user_id, digest=token_digest(token), label="test")
        await execute(self.federation.write, by or self.federation.system, command)
        return token, token_id

    async def actor(self) -> Actor:
        return await actor_of(self.federation.write.database, self.federation.tenant_id, self.user_id)


async def a_person(federation: Federation) -> Person:
    user_id = UserId(uuid4())
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await add_user(
            connection,
            federation.tenant_id,
            user_id,
            name="Tore",
            email=f"{user_id}@boule.example",
            at=SystemClock().now(),
        )
    return Person(federation, user_id)


@pytest_asyncio.fixture
async def person(federation: Federation) -> Person:
    return await a_person(federation)


async def test_a_token_acts_with_the_roles_of_its_user(federation: Federation, person: Person) -> None:
    """S002 item 3: bearer tokens for scripts, with capabilities scoped to a subtree."""
    await person.is_granted("district_treasurer", federation.district)
    token, _ = await person.gets_a_token()
    actor = await authenticate(federation.write.database, token)
    assert actor is not None
    assert (actor.tenant_id, actor.user_id) == (federation.tenant_id, person.user_id)
    assert actor.reaches[Capability.INVOICES_ISSUE].covers(federation.club)
    assert not actor.reaches[Capability.INVOICES_ISSUE].covers(federation.root)
    assert Capability.ACCESS_MANAGE not in actor.reaches


async def test_a_revoked_token_opens_nothing(federation: Federation, person: Person) -> None:
    await person.is_granted("auditor", federation.root)
    token, token_id = await person.gets_a_token()
    revoke = RevokeToken(user_id=person.user_id, token_id=token_id)
    await execute(federation.write, federation.system, revoke)
    assert await authenticate(federation.write.database, token) is None
    with pytest.raises(NotFound):
        await execute(federation.write, federation.system, revoke)


async def test_a_revoked_role_ends_with_the_next_request(federation: Federation, person: Person) -> None:
    await person.is_granted("auditor", federation.root)
    token, _ = await person.gets_a_token()
    revoke = RevokeRole(user_id=person.user_id, role="auditor", org_node_id=federation.root)
    await execute(federation.write, federation.system, revoke)
    actor = await authenticate(federation.write.database, token)
    assert actor is not None
    assert not actor.reaches


async def test_an_administrator_who_never_came_is_no_administrator_left(federation: Federation) -> None:
    """A federation that nobody can give roles in any more would need an operator's help."""
    known, invited = await a_person_with_a_password(federation), await a_person(federation)
    await invited.is_granted("federation_admin", federation.root)
    revoke = RevokeRole(user_id=known.user_id, role="federation_admin", org_node_id=federation.root)
    with pytest.raises(LastAdmin):
        await execute(federation.write, federation.system, revoke)
    await a_person_with_a_password(federation)
    await execute(federation.write, federation.system, revoke)


async def test_an_administrator_makes_treasurers_but_no_operator(federation: Federation, person: Person) -> None:
    admin, other = await a_person(federation), await a_person(federation)
    await admin.is_granted("federation_admin", federation.root)
    by = await admin.actor()
    await person.is_granted("district_treasurer", federation.district, by=by)
    with pytest.raises(Forbidden):
        await person.is_granted("platform_operator", federation.root, by=by)
    # Nor by a token of somebody who is one.
    await other.is_granted("platform_operator", federation.root)
    with pytest.raises(Forbidden):
        await other.gets_a_token(by=by)


async def test_a_treasurer_manages_nobody(federation: Federation, person: Person) -> None:
    treasurer = await a_person(federation)
    await treasurer.is_granted("district_treasurer", federation.district)
    by = await treasurer.actor()
    with pytest.raises(Forbidden):
        await person.is_granted("club_admin", federation.club, by=by)
    with pytest.raises(Forbidden):
        await person.gets_a_token(by=by)


async def test_nothing_is_granted_across_the_wall(
    federation: Federation, other_federation: Federation, person: Person
) -> None:
    """Neither a user nor an org node of another tenant exists here."""
    stranger = Person(federation, (await a_person(other_federation)).user_id)
    with pytest.raises(NotFound):
        await stranger.is_granted("auditor", federation.root)
    with pytest.raises(NotFound):
        await stranger.gets_a_token()
    with pytest.raises(InvalidValue):
        await person.is_granted("auditor", other_federation.root)


async def test_an_expired_token_opens_nothing(federation: Federation, person: Person) -> None:
    await person.is_granted("auditor", federation.root)
    token = new_token()
    command = CreateToken(token_id=uuid4(), user_id=person.user_id, digest=token_digest(token), label="x", days=1)
    a_week_ago = FixedClock(SystemClock().now() - timedelta(days=7))
    await execute(replace(federation.write, clock=a_week_ago), federation.system, command)
    assert await authenticate(federation.write.database, token) is None
