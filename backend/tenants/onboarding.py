"""How a tenant, its org nodes and its users come to be: by the owner role (command line, demo), or from the platform's
console (`platform.py`)."""

from dataclasses import dataclass
from datetime import datetime

import psycopg

from backend.runtime.database import Connection, scope_statement
from backend.values.identifiers import OrgNodeId, TenantId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTenant:
    """A federation as an operator registers it. `slug` names it in commands and addresses; `platform_id` is the
    platform whose operators look after it."""

    tenant_id: TenantId
    slug: str
    kind: str
    name: str
    time_zone: str
    root: OrgNodeId
    platform_id: TenantId | None = None


async def open_tenant(owner_url: str, tenant: NewTenant, *, at: datetime) -> None:
    """Register a tenant and the root of its org tree. Nothing happens when the tenant exists already."""
    async with await psycopg.AsyncConnection.connect(owner_url) as connection:
        await connection.execute(scope_statement(tenant.tenant_id))
        made = await connection.execute(
            "INSERT INTO directory_tenants (tenant_id, slug, kind, name, time_zone, created_at, platform_id)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (
                tenant.tenant_id,
                tenant.slug,
                tenant.kind,
                tenant.name,
                tenant.time_zone,
                at,
                tenant.tenant_id if tenant.kind == "platform" else tenant.platform_id,
            ),
        )
        if made.rowcount:
            await add_org_node(
                connection,
                tenant.tenant_id,
                tenant.root,
                parent=None,
                kind="federation",
                name=tenant.name,
                code=tenant.slug,
            )


async def adopt(owner_url: str, only: TenantId | None = None) -> None:
    """Put a tenant (`None`: every one) that has no platform under the one there is; nothing when there are several."""
    async with await psycopg.AsyncConnection.connect(owner_url) as connection:
        await connection.execute(
            "UPDATE directory_tenants SET platform_id ="
            " (SELECT tenant_id FROM directory_tenants WHERE kind = 'platform')"
            " WHERE platform_id IS NULL AND (%s::uuid IS NULL OR tenant_id = %s)"
            " AND (SELECT count(*) FROM directory_tenants WHERE kind = 'platform') = 1",
            (only, only),
        )


async def plant_root(connection: Connection, tenant_id: TenantId, root: OrgNodeId, *, name: str, code: str) -> None:
    """Add the root of a tenant's org tree, unless it has one."""
    found = await connection.execute(
        "SELECT FROM org_nodes WHERE tenant_id = %s AND org_node_id = %s", (tenant_id, root)
    )
    if await found.fetchone() is None:
        await add_org_node(connection, tenant_id, root, parent=None, kind="federation", name=name, code=code)


async def add_org_node(
    connection: Connection,
    tenant_id: TenantId,
    node: OrgNodeId,
    *,
    parent: OrgNodeId | None,
    kind: str,
    name: str,
    code: str,
) -> None:
    """Add a district or a club below `parent`, with its closure. `code` is unique in the tenant."""
    await connection.execute(
        "INSERT INTO org_nodes (tenant_id, org_node_id, parent_id, kind, name, code) VALUES (%s, %s, %s, %s, %s, %s)",
        (tenant_id, node, parent, kind, name, code),
    )
    await connection.execute(
        "INSERT INTO org_closure (tenant_id, ancestor_id, descendant_id, depth)"
        " SELECT tenant_id, ancestor_id, %s, depth + 1 FROM org_closure WHERE tenant_id = %s AND descendant_id = %s"
        " UNION ALL SELECT %s, %s, %s, 0",
        (node, tenant_id, parent, tenant_id, node, node),
    )


async def add_user(
    connection: Connection, tenant_id: TenantId, user_id: UserId, *, name: str, email: str, at: datetime
) -> None:
    """Add a user, who may then be granted roles. The address is unique in the tenant."""
    await connection.execute(
        "INSERT INTO users (tenant_id, user_id, name, email, created_at) VALUES (%s, %s, %s, %s, %s)",
        (tenant_id, user_id, name, email, at),
    )


async def rename_user(connection: Connection, tenant_id: TenantId, user_id: UserId, *, name: str) -> None:
    """Store another name of a user."""
    await connection.execute(
        "UPDATE users SET name = %s WHERE tenant_id = %s AND user_id = %s", (name, tenant_id, user_id)
    )
