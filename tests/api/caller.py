"""A caller of the API in a test: a user with a role on an org node, its bearer token, and one way to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
from starlette.applications import Starlette

from backend.tenants.capabilities import Role
from backend.tenants.directory import new_token, token_digest
from backend.tenants.onboarding import add_user
from backend.values.identifiers import OrgNodeId, UserId
from tests.given.federation import Federation


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Speaks to the application as one user."""

    app: Starlette
    token: str
    user_id: UserId

    def client(self, **headers: str) -> httpx.AsyncClient:
        """An HTTP client that sends the token. A fault of ours is answered, not raised into the test."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(
            transport=transport,
            base_url="http://carreau.test",
            headers={"Authorization": f"Bearer {self.token}", **headers},
        )

    async def post(self, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The whole answer of one GraphQL request."""
        async with self.client() as client:
            answer = await client.post("/graphql", json={"query": query, "variables": dict(variables or {})})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of a request that must not fail."""
        answer = await self.post(query, variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data


async def a_caller(app: Starlette, federation: Federation, *roles: Role, node: OrgNodeId | None = None) -> Caller:
    """A new user of the federation with these roles on `node` (its root, unless said otherwise), signed in."""
    user_id, token = UserId(uuid4()), new_token()
    until = federation.write.clock.now() + timedelta(days=36_500)
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await add_user(
            connection,
            federation.tenant_id,
            user_id,
            name="Kassören",
            email=f"{user_id}@federation.example",
            at=federation.write.clock.now(),
        )
        for role in roles or (Role.FEDERATION_ADMIN,):
            await connection.execute(
                "INSERT INTO grants (tenant_id, user_id, role, org_node_id) VALUES (%s, %s, %s, %s)",
                (federation.tenant_id, user_id, role.value, node or federation.root),
            )
        await connection.execute(
            "SELECT directory_add_credential(%s, %s, %s, %s)", (token_digest(token), uuid4(), user_id, until)
        )
    return Caller(app=app, token=token, user_id=user_id)
