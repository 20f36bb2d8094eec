"""Who somebody is here: the person behind an actor, their roles by place, and the tenant itself. Plain rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backend.runtime.database import ReadConnection
from backend.tenants.actor import EVERYWHERE, Reach
from backend.tenants.capabilities import Role
from backend.values.identifiers import OrgNodeId, TenantId, UserId
from backend.values.parties import OrgNodeKind, TenantKind

MAX_ROLES_SHOWN: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A role, and the place it was given for: it covers everything below."""

    role: Role
    org_node_id: OrgNodeId
    org_node_name: str
    org_node_kind: OrgNodeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTenant:
    """The tenant of the connection's scope, as the directory knows it."""

    slug: str
    kind: TenantKind
    name: str
    time_zone: str


async def tenant_of(connection: ReadConnection, tenant_id: TenantId) -> OwnTenant:
    """The tenant somebody was let into; it exists, or they would not be in it."""
    found = await connection.execute(b"SELECT slug, kind, name, time_zone FROM directory_tenant(%b)", (tenant_id,))
    row = await found.fetchone()
    assert row is not None
    return OwnTenant(slug=row[0], kind=row[1], name=row[2], time_zone=row[3])


async def roles_by_user(
    connection: ReadConnection,
    tenant_id: TenantId,
    users: Sequence[UserId],
    *,
    within: Reach = EVERYWHERE,
    limit: int = MAX_ROLES_SHOWN,
) -> dict[UserId, tuple[HeldRole, ...]]:
    """The roles of each user at places `within` a reach, by place and role; who has none is absent."""
    if not users:
        return {}
    nodes = within.array
    found = await connection.execute(
        b"SELECT g.user_id, g.role, n.org_node_id, n.name, n.kind FROM grants g"
        b" JOIN org_nodes n ON n.tenant_id = g.tenant_id AND n.org_node_id = g.org_node_id"
        b" WHERE g.tenant_id = %b AND g.user_id = ANY(%b) AND (%b::uuid[] IS NULL OR g.org_node_id = ANY(%b::uuid[]))"
        b" ORDER BY n.name, g.role LIMIT %b",
        (tenant_id, list(users), nodes, nodes, limit * len(users)),
    )
    roles: dict[UserId, list[HeldRole]] = {}
    for user_id, role, node, name, kind in await found.fetchall():
        held = HeldRole(role=Role(role), org_node_id=node, org_node_name=name, org_node_kind=kind)
        roles.setdefault(user_id, []).append(held)
    return {user_id: tuple(held) for user_id, held in roles.items()}


async def is_known(connection: ReadConnection, tenant_id: TenantId, user_id: UserId) -> bool:
    """Whether there is such a person in the tenant."""
    found = await connection.execute(b"SELECT FROM users WHERE tenant_id = %b AND user_id = %b", (tenant_id, user_id))
    return await found.fetchone() is not None
