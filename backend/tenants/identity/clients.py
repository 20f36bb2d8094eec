"""API clients: programs that prove themselves with a key of their own, and the short-lived tokens they get for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from backend.runtime.database import Connection, Database
from backend.tenants.actor import EVERYWHERE, Actor, Reach
from backend.tenants.capabilities import Capability
from backend.tenants.directory import Along
from backend.tenants.identity.secrets import Handle, handle_of
from backend.values.identifiers import OrgNodeId, TenantId

TOKEN_PREFIX: Final = "cat_"  # noqa: S105 - the public beginning of every access token
TOKEN_LIFETIME: Final = timedelta(minutes=10)
MAX_CLIENTS: Final = 200
MAX_ASSERTION_AGE: Final = timedelta(minutes=5)
SWEPT: Final = 20

_COLUMNS: Final = (
    b"client_id, name, capabilities, org_node_id, public_jwk, registered_at, expires_at, used_at, revoked_at"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiClient:
    """A program that may act in a tenant: with these capabilities, on this org node and below, until then."""

    client_id: UUID
    name: str
    capabilities: tuple[str, ...]
    org_node_id: OrgNodeId
    public_jwk: str
    registered_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def works(self, at: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at


def public_client_id(tenant_id: TenantId, client_id: UUID) -> str:
    """What a program calls itself. It names the tenant, so that recognising it is a look inside those walls only."""
    return f"{tenant_id.hex}.{client_id.hex}"


def parsed_client_id(text: str) -> tuple[TenantId, UUID] | None:
    tenant, dot, client = text.partition(".")
    if not dot or len(tenant) != 32 or len(client) != 32:
        return None
    try:
        return TenantId(UUID(hex=tenant)), UUID(hex=client)
    except ValueError:
        return None


async def client_of(connection: Connection, tenant_id: TenantId, client_id: UUID) -> ApiClient | None:
    found = await connection.execute(
        b"SELECT " + _COLUMNS + b" FROM identity_clients WHERE tenant_id = %b AND client_id = %b",
        (tenant_id, client_id),
    )
    row = await found.fetchone()
    return None if row is None else _client(row)


async def clients_of(connection: Connection, tenant_id: TenantId) -> tuple[ApiClient, ...]:
    found = await connection.execute(
        b"SELECT " + _COLUMNS + b" FROM identity_clients WHERE tenant_id = %b"
        b" ORDER BY registered_at, client_id LIMIT %b",
        (tenant_id, MAX_CLIENTS),
    )
    return tuple(_client(row) for row in await found.fetchall())


async def add_client(connection: Connection, tenant_id: TenantId, client: ApiClient) -> None:
    await connection.execute(
        b"INSERT INTO identity_clients (tenant_id, " + _COLUMNS + b") VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b, %b)",
        (
            tenant_id,
            client.client_id,
            client.name,
            list(client.capabilities),
            client.org_node_id,
            client.public_jwk,
            client.registered_at,
            client.expires_at,
            client.used_at,
            client.revoked_at,
        ),
    )


async def revoke_client(connection: Connection, tenant_id: TenantId, client_id: UUID, *, at: datetime) -> None:
    """Mark an API client as revoked: neither its key nor a token it holds opens anything any more."""
    await connection.execute(
        b"UPDATE identity_clients SET revoked_at = %b WHERE tenant_id = %b AND client_id = %b",
        (at, tenant_id, client_id),
    )
    await connection.execute(
        b"DELETE FROM identity_access_tokens WHERE tenant_id = %b AND client_id = %b", (tenant_id, client_id)
    )


async def use_assertion(
    connection: Connection, tenant_id: TenantId, client_id: UUID, jti: str, *, until: datetime, at: datetime
) -> bool:
    """Whether this assertion was never accepted before."""
    await connection.execute(
        b"DELETE FROM identity_assertions WHERE tenant_id = %b AND client_id = %b AND expires_at <= %b",
        (tenant_id, client_id, at),
    )
    found = await connection.execute(
        b"INSERT INTO identity_assertions (tenant_id, client_id, digest, expires_at) VALUES (%b, %b, %b, %b)"
        b" ON CONFLICT DO NOTHING RETURNING true",
        (tenant_id, client_id, sha256(jti.encode()).digest(), until),
    )
    return await found.fetchone() is not None


async def add_access_token(
    connection: Connection,
    tenant_id: TenantId,
    client_id: UUID,
    capabilities: tuple[str, ...],
    *,
    digest: bytes,
    at: datetime,
) -> datetime:
    """Write down an access token by its digest; answers when it ends."""
    await connection.execute(
        b"DELETE FROM identity_access_tokens WHERE tenant_id = %b AND digest IN (SELECT digest FROM"
        b" identity_access_tokens WHERE tenant_id = %b AND expires_at <= %b LIMIT %b FOR UPDATE SKIP LOCKED)",
        (tenant_id, tenant_id, at, SWEPT),
    )
    until = at + TOKEN_LIFETIME
    await connection.execute(
        b"INSERT INTO identity_access_tokens (tenant_id, digest, client_id, capabilities, expires_at)"
        b" VALUES (%b, %b, %b, %b, %b)",
        (tenant_id, digest, client_id, list(capabilities), until),
    )
    await connection.execute(
        b"UPDATE identity_clients SET used_at = %b WHERE tenant_id = %b AND client_id = %b", (at, tenant_id, client_id)
    )
    return until


def access_token(handle: Handle) -> str:
    return TOKEN_PREFIX + handle.text


_OF_ACCESS_TOKEN: Final = (
    b"SELECT c.client_id, t.capabilities, n.parent_id IS NULL, CASE WHEN n.parent_id IS NOT NULL THEN"
    b" (SELECT array_agg(o.descendant_id) FROM org_closure o"
    b"  WHERE o.tenant_id = c.tenant_id AND o.ancestor_id = c.org_node_id) END,"
    b" (SELECT time_zone FROM directory_tenant(c.tenant_id))"
    b" FROM identity_access_tokens t"
    b" JOIN identity_clients c ON c.tenant_id = t.tenant_id AND c.client_id = t.client_id"
    b" JOIN org_nodes n ON n.tenant_id = c.tenant_id AND n.org_node_id = c.org_node_id"
    b" WHERE t.tenant_id = %b AND t.digest = %b AND t.expires_at > %b AND c.expires_at > %b"
    b" AND c.revoked_at IS NULL"
)


async def actor_of_access_token(
    database: Database, token: str, *, at: datetime, ip: str | None = None, along: Along | None = None
) -> Actor | None:
    """The program that holds this token; `None` when it ended or the program was revoked."""
    handle = handle_of(token.removeprefix(TOKEN_PREFIX))
    if handle is None:
        return None
    async with database.scope(handle.tenant_id) as connection:
        found = await connection.execute(_OF_ACCESS_TOKEN, (handle.tenant_id, handle.digest, at, at))
        if along is not None:
            await along(connection, handle.tenant_id)
        # All of it is one round trip: what was asked is answered with the commit.
        await connection.commit()
        row = await found.fetchone()
    if row is None:
        return None
    reach = EVERYWHERE if row[2] else Reach(frozenset(map(OrgNodeId, row[3])))
    return Actor(
        tenant_id=handle.tenant_id,
        principal=f"client:{row[0]}",
        reaches={Capability(name): reach for name in row[1]},
        ip=ip,
        time_zone=row[4],
    )


def _client(row: tuple[object, ...]) -> ApiClient:
    names = (
        "client_id",
        "name",
        "capabilities",
        "org_node_id",
        "public_jwk",
        "registered_at",
        "expires_at",
        "used_at",
        "revoked_at",
    )
    fields = dict(zip(names, row, strict=True))
    return ApiClient(**{**fields, "capabilities": tuple(fields["capabilities"])})  # type: ignore[arg-type]
