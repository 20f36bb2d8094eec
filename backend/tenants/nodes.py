"""What a decision must know of the tenant itself: which of its org nodes exist, and of what kind it is."""

from collections.abc import Iterable
from uuid import UUID

from backend.runtime.database import Connection
from backend.values.identifiers import OrgNodeId, TenantId


async def existing_nodes(
    connection: Connection, tenant_id: TenantId, nodes: Iterable[OrgNodeId | None]
) -> frozenset[OrgNodeId]:
    """Those of `nodes` that exist in the tenant; `None` among them is passed over."""
    wanted: list[UUID] = [node for node in set(nodes) if node is not None]
    if not wanted:
        return frozenset()
    found = await connection.execute(
        b"SELECT org_node_id FROM org_nodes WHERE tenant_id = %b AND org_node_id = ANY(%b)", (tenant_id, wanted)
    )
    return frozenset(OrgNodeId(row[0]) for row in await found.fetchall())


async def kind_of_tenant(connection: Connection, tenant_id: TenantId) -> str | None:
    """`platform`, `international` or `national`; `None` for a tenant that does not exist. Only in its own scope."""
    found = await connection.execute(b"SELECT kind FROM directory_tenant(%b)", (tenant_id,))
    row = await found.fetchone()
    return str(row[0]) if row else None


async def rename_org_node(connection: Connection, tenant_id: TenantId, node: OrgNodeId, *, name: str) -> None:
    """The name a district or club goes by."""
    await connection.execute(
        b"UPDATE org_nodes SET name = %b WHERE tenant_id = %b AND org_node_id = %b", (name, tenant_id, node)
    )
