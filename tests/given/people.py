"""People who can sign in: a user of a federation with a role and a password."""

from dataclasses import dataclass
from uuid import uuid4

import httpx
from starlette.applications import Starlette

from backend.tenants.actor import door_actor
from backend.tenants.capabilities import Role
from backend.tenants.identity.hashing import hash_password
from backend.tenants.onboarding import add_user
from backend.values.identifiers import OrgNodeId, UserId
from backend.write.execute import execute
from backend.write.identity.passwords import SetPassword
from tests.given.browser import Browser
from tests.given.federation import Federation

PASSWORD = "granit-lampa-sjuttio-orm"
OTHER_PASSWORD = "violett-traktor-nio-segel"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with an account."""

    federation: Federation
    user_id: UserId
    email: str
    password: str = PASSWORD

    async def signs_in(self, app: Starlette) -> Browser:
        """In a new browser; it must succeed."""
        browser = Browser(app=app)
        answer = await self.tries(browser)
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == "signed_in"
        return browser

    async def tries(self, browser: Browser, *, password: str | None = None) -> httpx.Response:
        return await browser.post(
            "/auth/sign-in",
            {"tenant": self.federation.slug, "email": self.email, "password": password or self.password},
        )


async def a_person(
    federation: Federation, *roles: Role, email: str = "", node: OrgNodeId | None = None, password: str = PASSWORD
) -> Person:
    """A new user with these roles on `node` (the whole federation, unless said otherwise) and a password."""
    user_id, at = UserId(uuid4()), federation.write.clock.now()
    address = email or f"{user_id}@people.example"
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await add_user(connection, federation.tenant_id, user_id, name="Annika Berg", email=address, at=at)
        for role in roles or (Role.FEDERATION_ADMIN,):
            await connection.execute(
                "INSERT INTO grants (tenant_id, user_id, role, org_node_id) VALUES (%s, %s, %s, %s)",
                (federation.tenant_id, user_id, role.value, node or federation.root),
            )
    command = SetPassword(user_id=user_id, password_hash=await hash_password(password), cause="operator")
    await execute(federation.write, door_actor(federation.tenant_id, user_id), command)
    return Person(federation=federation, user_id=user_id, email=address, password=password)


async def what_happened(federation: Federation) -> list[str]:
    """The types of what is recorded about access to the federation, in order."""
    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await connection.execute(
            b"SELECT type FROM journal_events WHERE tenant_id = %b AND book = 'access' ORDER BY position",
            (federation.tenant_id,),
        )
        return [row[0] for row in await found.fetchall()]


async def the_letter(federation: Federation) -> tuple[str, str]:
    """Kind and secret of the only letter that waits to be sent."""
    from backend.tenants.identity.letters import letter_context
    from backend.tenants.identity.secrets import reveal

    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await connection.execute(
            b"SELECT work_id, kind, sealed FROM outbound_work WHERE tenant_id = %b AND generation = 0",
            (federation.tenant_id,),
        )
        [(letter_id, kind, sealed)] = await found.fetchall()
    context = letter_context(federation.tenant_id, letter_id)
    return kind, reveal(federation.write.keyring, sealed, context).decode()
