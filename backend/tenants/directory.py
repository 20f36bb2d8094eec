"""What precedes a scope: which tenant a token or a slug belongs to. Asked through functions of the owner, so that the
application role can resolve what it was shown but never list what exists."""

import base64
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from backend.runtime.database import Connection, Database, ReadConnection
from backend.tenants.actor import EVERYWHERE, Actor, Reach
from backend.tenants.capabilities import ROLES, Capability, Role
from backend.tenants.nodes import ask_time_zone, time_zone_from
from backend.values.identifiers import OrgNodeId, TenantId, UserId

TOKEN_PREFIX: Final = "car_"  # noqa: S105 - the public beginning of every token
TOKEN_BYTES: Final = 32
MAX_TOKEN_LENGTH: Final = 200
# Tokens whose tenant one process remembers.
REMEMBERED_TOKENS: Final = 10_000

# What travels with the proof of who asks, in the scope of the tenant that the credential names. Its answer belongs to
# nobody until the actor is known.
Along = Callable[[Connection, TenantId], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTenant:
    """A tenant as the directory knows it."""

    tenant_id: TenantId
    slug: str
    kind: str
    name: str


def new_token() -> str:
    """A bearer token with 256 random bits. Shown once; only its digest is stored."""
    return TOKEN_PREFIX + base64.urlsafe_b64encode(os.urandom(TOKEN_BYTES)).decode().rstrip("=")


def token_digest(token: str) -> bytes:
    """What is stored of a token. A plain hash is enough, because nobody can guess 256 random bits."""
    return sha256(token.encode()).digest()


async def tenant_by_slug(database: Database, slug: str) -> KnownTenant | None:
    """The tenant of this slug, if it exists."""
    async with database.unscoped() as connection:
        row = await (
            await connection.execute(b"SELECT tenant_id, kind, name FROM directory_resolve_slug(%b)", (slug,))
        ).fetchone()
    return KnownTenant(tenant_id=TenantId(row[0]), slug=slug, kind=row[1], name=row[2]) if row else None


async def every_tenant(connection: ReadConnection) -> list[tuple[str, TenantId]]:
    """Slug and id of all tenants, by slug: for the sweep role, the only one that may list them."""
    found = await connection.execute(b"SELECT slug, tenant_id FROM directory_tenants ORDER BY slug")
    return [(slug, TenantId(tenant_id)) for slug, tenant_id in await found.fetchall()]


class TokenTenants:
    """Which tenant a token was seen to belong to, by its digest. That never changes, so it tells in which scope to
    ask; whether the token opens anything is asked every time."""

    def __init__(self, size: int = REMEMBERED_TOKENS) -> None:
        self._size = size
        self._tenants: OrderedDict[bytes, TenantId] = OrderedDict()

    async def of(self, database: Database, digest: bytes) -> TenantId | None:
        """The tenant of a token; `None` for one that opens nothing."""
        if digest not in self._tenants:
            async with database.unscoped() as connection:
                asked = await connection.execute(b"SELECT tenant_id FROM directory_resolve_token(%b)", (digest,))
                await connection.commit()
                row = await asked.fetchone()
            if row is None:
                return None
            self._tenants[digest] = TenantId(row[0])
        self._tenants.move_to_end(digest)
        while len(self._tenants) > self._size:
            self._tenants.popitem(last=False)
        return self._tenants.get(digest)


# Each grant and its reach: no nodes where it is the whole tenant, whose thousands nobody needs to name.
_GRANTS: Final = (
    b"SELECT g.role, n.parent_id IS NULL, CASE WHEN n.parent_id IS NOT NULL THEN (SELECT array_agg(c.descendant_id)"
    b" FROM org_closure c WHERE c.tenant_id = g.tenant_id AND c.ancestor_id = g.org_node_id) END,"
    b" (SELECT kind FROM directory_tenant(g.tenant_id)) FROM grants g"
    b" JOIN org_nodes n ON n.tenant_id = g.tenant_id AND n.org_node_id = g.org_node_id"
)
# Ends where the user belongs.
GRANTS_OF: Final = _GRANTS + b" WHERE g.tenant_id = %b AND g.user_id = "
_OF_TOKEN: Final = (
    b"SELECT k.user_id, (SELECT time_zone FROM directory_tenant(k.tenant_id)), g.*"
    b" FROM directory_resolve_token(%b) k LEFT JOIN LATERAL ("
    + _GRANTS
    + b" WHERE g.tenant_id = k.tenant_id AND g.user_id = k.user_id) g ON true WHERE k.tenant_id = %b"
)


async def authenticate(
    database: Database,
    token: str,
    *,
    ip: str | None = None,
    tenants: TokenTenants | None = None,
    along: Along | None = None,
) -> Actor | None:
    """Who presents this token, with every capability's reach as granted at this moment; `None` for a token that is
    unknown, expired or revoked."""
    if not token.startswith(TOKEN_PREFIX) or len(token) > MAX_TOKEN_LENGTH:
        return None
    digest = token_digest(token)
    tenant_id = await (tenants or TokenTenants()).of(database, digest)
    if tenant_id is None:
        return None
    async with database.scope(tenant_id) as connection:
        asked = await connection.execute(_OF_TOKEN, (digest, tenant_id))
        if along is not None:
            await along(connection, tenant_id)
        # All of it is one round trip: what was asked is answered with the commit.
        await connection.commit()
        rows = await asked.fetchall()
    if not rows:
        return None
    reaches = reaches_from([row[2:] for row in rows if row[2] is not None])
    return _user(tenant_id, UserId(rows[0][0]), reaches, ip, time_zone=rows[0][1])


async def actor_of(database: Database, tenant_id: TenantId, user_id: UserId, *, ip: str | None = None) -> Actor:
    """The actor a user is in a tenant: capabilities by role, reach by the subtree of each grant."""
    async with database.scope(tenant_id) as connection:
        asked = await connection.execute(GRANTS_OF + b"%b", (tenant_id, user_id))
        asked_zone = await ask_time_zone(connection, tenant_id)
        await connection.commit()
        reaches, zone = reaches_from(await asked.fetchall()), await time_zone_from(asked_zone)
        return _user(tenant_id, user_id, reaches, ip, time_zone=zone)


def _user(
    tenant_id: TenantId, user_id: UserId, reaches: dict[Capability, Reach], ip: str | None, *, time_zone: str
) -> Actor:
    return Actor(
        tenant_id=tenant_id, principal=f"user:{user_id}", user_id=user_id, reaches=reaches, ip=ip, time_zone=time_zone
    )


def reaches_from(granted: Sequence[tuple[Any, ...]]) -> dict[Capability, Reach]:
    """What grants allow where. A row is a role, whether it covers the whole tenant, otherwise the nodes it covers, and
    the tenant's kind."""
    reaches: dict[Capability, Reach] = {}
    for role, is_root, nodes, kind in granted:
        reach = EVERYWHERE if is_root else Reach(frozenset(map(OrgNodeId, nodes)))
        # The console belongs to the platform: a role that names it opens nothing in any other tenant.
        held = ROLES[Role(role)] if kind == "platform" else ROLES[Role(role)] - {Capability.PLATFORM_OPERATE}
        for capability in held:
            reaches[capability] = _wider(reaches.get(capability), reach)
    return reaches


def _wider(first: Reach | None, second: Reach) -> Reach:
    if first is None:
        return second
    if first.nodes is None or second.nodes is None:
        return EVERYWHERE
    return Reach(first.nodes | second.nodes)


@dataclass(frozen=True, slots=True)
class NewCredential:
    """A token just made: show `token` once, and keep nothing of it."""

    token_id: UUID
    token: str
    expires_at: datetime
