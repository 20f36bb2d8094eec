"""The rows of the org tree as commands ask for them, and of what kind the tenant is."""

from collections.abc import Iterable
from uuid import UUID

from backend.rules.org_tree import MAX_NODES, Node
from backend.runtime.database import Connection
from backend.values.identifiers import OrgNodeId, TenantId


async def nodes_of(connection: Connection, tenant_id: TenantId) -> tuple[Node, ...]:
    """The whole org tree, the root first."""
    found = await connection.execute(
        b"SELECT org_node_id, parent_id, kind, name, code FROM org_nodes WHERE tenant_id = %b"
        b" ORDER BY parent_id NULLS FIRST, name LIMIT %b",
        (tenant_id, MAX_NODES),
    )
    return tuple(
        Node(node=OrgNodeId(node), parent=parent, kind=kind, name=name, code=code)
        for node, parent, kind, name, code in await found.fetchall()
    )


async def locked_tree(connection: Connection, tenant_id: TenantId) -> tuple[Node, ...]:
    """The same for somebody who will add to it: until they are done, nobody else does."""
    await connection.execute(
        b"SELECT FROM org_nodes WHERE tenant_id = %b AND parent_id IS NULL FOR UPDATE", (tenant_id,)
    )
    return await nodes_of(connection, tenant_id)


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
