"""The rows behind access: which roles a user holds, and which credentials exist. Written by access commands only, in
their transaction."""

from collections.abc import Collection

from backend.events.grants import RoleGranted, RoleRevoked, TokenCreated, TokenRevoked
from backend.runtime.database import Connection
from backend.tenants.capabilities import Role
from backend.values.identifiers import OrgNodeId, TenantId, UserId


async def grants_of(
    connection: Connection, tenant_id: TenantId, user_id: UserId
) -> frozenset[tuple[Role, OrgNodeId]] | None:
    """What the user may do where; `None` when there is no such user in the tenant."""
    found = await connection.execute(
        b"SELECT g.role, g.org_node_id FROM users u"
        b" LEFT JOIN grants g ON g.tenant_id = u.tenant_id AND g.user_id = u.user_id"
        b" WHERE u.tenant_id = %b AND u.user_id = %b",
        (tenant_id, user_id),
    )
    rows = await found.fetchall()
    return frozenset((Role(role), OrgNodeId(node)) for role, node in rows if role is not None) if rows else None


async def all_grants(connection: Connection, tenant_id: TenantId) -> frozenset[tuple[Role, OrgNodeId]]:
    """Every role that anybody has in the tenant, and where. As many as there are org nodes, and a few more."""
    found = await connection.execute(
        b"SELECT DISTINCT role, org_node_id FROM grants WHERE tenant_id = %b", (tenant_id,)
    )
    return frozenset((Role(role), OrgNodeId(node)) for role, node in await found.fetchall())


async def other_admins(
    connection: Connection, tenant_id: TenantId, roles: Collection[Role], *, but: tuple[UserId, str, OrgNodeId]
) -> int:
    """How many hold one of these roles in the whole federation, without the grant `but`, and have a way to sign in:
    somebody who never accepted an invitation helps nobody."""
    user_id, role, node = but
    found = await connection.execute(
        b"SELECT count(DISTINCT g.user_id) FROM grants g"
        b" JOIN org_nodes n ON n.tenant_id = g.tenant_id AND n.org_node_id = g.org_node_id AND n.parent_id IS NULL"
        b" WHERE g.tenant_id = %b AND g.role = ANY(%b) AND (g.user_id, g.role, g.org_node_id) <> (%b, %b, %b) AND ("
        b"  EXISTS (SELECT FROM identity_accounts a WHERE a.tenant_id = g.tenant_id AND a.user_id = g.user_id"
        b"   AND a.password_hash IS NOT NULL)"
        b"  OR EXISTS (SELECT FROM identity_passkeys p WHERE p.tenant_id = g.tenant_id AND p.user_id = g.user_id)"
        b"  OR EXISTS (SELECT FROM identity_subjects s WHERE s.tenant_id = g.tenant_id AND s.user_id = g.user_id))",
        (tenant_id, [each.value for each in roles], user_id, role, node),
    )
    [(count,)] = await found.fetchall()
    return int(count)


async def add_grant(connection: Connection, tenant_id: TenantId, granted: RoleGranted) -> None:
    await connection.execute(
        b"INSERT INTO grants (tenant_id, user_id, role, org_node_id) VALUES (%b, %b, %b, %b)",
        (tenant_id, granted.user_id, granted.role, granted.org_node_id),
    )


async def remove_grant(connection: Connection, tenant_id: TenantId, revoked: RoleRevoked) -> None:
    await connection.execute(
        b"DELETE FROM grants WHERE tenant_id = %b AND user_id = %b AND role = %b AND org_node_id = %b",
        (tenant_id, revoked.user_id, revoked.role, revoked.org_node_id),
    )


async def add_credential(connection: Connection, created: TokenCreated, *, digest: bytes) -> None:
    """Add the digest of a token, in the tenant of the connection's scope and in no other."""
    await connection.execute(
        b"SELECT directory_add_credential(%b, %b, %b, %b)",
        (digest, created.token_id, created.user_id, created.expires_at),
    )


async def remove_credential(connection: Connection, revoked: TokenRevoked) -> None:
    await connection.execute(b"SELECT directory_revoke_credential(%b)", (revoked.token_id,))
