"""The rows of the org tree as commands ask for them, and of what kind the tenant is."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from backend.rules.org_tree import MAX_NODES, Node
from backend.runtime.database import Asked, Connection, ReadConnection
from backend.values.identifiers import OrgNodeId, TenantId

_NODES: Final = b"SELECT org_node_id, parent_id, kind, name, code FROM org_nodes WHERE tenant_id = %b"


async def nodes_of(connection: ReadConnection, tenant_id: TenantId) -> tuple[Node, ...]:
    """The whole org tree, the root first."""
    found = await connection.execute(_NODES + b" ORDER BY parent_id NULLS FIRST, name LIMIT %b", (tenant_id, MAX_NODES))
    return tuple(map(_node, await found.fetchall()))


async def nodes_named(connection: Connection, tenant_id: TenantId, nodes: Sequence[OrgNodeId]) -> dict[OrgNodeId, Node]:
    """Those of `nodes` that exist, for whoever shows them by name."""
    found = await connection.execute(_NODES + b" AND org_node_id = ANY(%b)", (tenant_id, list(nodes)))
    return {node.node: node for node in map(_node, await found.fetchall())}


async def locked_tree(connection: Connection, tenant_id: TenantId) -> tuple[Node, ...]:
    """Lock the org tree and load it: until this transaction ends, nobody else adds to it."""
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


async def ask_time_zone(connection: ReadConnection, tenant_id: TenantId) -> Asked:
    """Ask for the tenant's wall clock, together with other questions. Only in its own scope."""
    return await connection.execute(b"SELECT time_zone FROM directory_tenant(%b)", (tenant_id,))


async def time_zone_from(asked: Asked) -> str:
    """The tenant's wall clock, an IANA name: by it the tenant as a whole says "today"."""
    row = await asked.fetchone()
    assert row is not None, "a scope belongs to a tenant"
    return str(row[0])


async def time_zone_of(connection: ReadConnection, tenant_id: TenantId) -> str:
    """The same, asked by itself."""
    return await time_zone_from(await ask_time_zone(connection, tenant_id))


async def keep_time_zone(connection: Connection, zone: str) -> None:
    """Store another time zone of the tenant of the scope."""
    await connection.execute(b"SELECT directory_move(%b)", (zone,))


async def rename_org_node(connection: Connection, tenant_id: TenantId, node: OrgNodeId, *, name: str) -> None:
    """Store another name of a district or club."""
    await connection.execute(
        b"UPDATE org_nodes SET name = %b WHERE tenant_id = %b AND org_node_id = %b", (name, tenant_id, node)
    )


def _node(row: tuple[Any, ...]) -> Node:
    return Node(node=OrgNodeId(row[0]), parent=row[1], kind=row[2], name=row[3], code=row[4])
