"""The districts and clubs of a federation: the whole tree within reach, or what lies below one node."""

from dataclasses import dataclass
from typing import Final

from backend.read.query import query
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import OrgNodeId
from backend.values.parties import OrgNodeKind

# A tree is shown whole. A larger one is asked for by district, or to a smaller depth.
MAX_ORG_NODES: Final = 5_000
# A federation, its districts, their clubs; and room for a level that does not exist yet.
MAX_DEPTH: Final = 5


_ROOT: Final = "SELECT r.org_node_id FROM org_nodes r WHERE r.tenant_id = %b AND r.parent_id IS NULL"


class TooManyNodes(ValueError):
    """The answer would have more than `MAX_ORG_NODES` nodes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgNodeRow:
    """One node. `depth` counts from the federation, which is 0; `parent_id` may lie beyond the reader's reach."""

    org_node_id: OrgNodeId
    parent_id: OrgNodeId | None
    kind: OrgNodeKind
    name: str
    code: str
    depth: int


@query(Capability.DEBTORS_READ)
async def org_nodes(
    connection: ReadConnection, reader: Reader, *, below: OrgNodeId | None = None, depth: int = MAX_DEPTH
) -> tuple[OrgNodeRow, ...]:
    """The nodes within reach by depth and name: all, or `below` and what lies at most `depth` levels under it.

    Who may read the debtors of a place may know the place. Raises `TooManyNodes`.
    """
    where = Where(reader, None, alias="n").within_reach("n.org_node_id")
    if below is not None:
        where.add("o.ancestor_id = %b", below)
    else:
        where.add(f"o.ancestor_id = ({_ROOT})", reader.tenant_id)
    where.add("o.depth <= %b", depth)
    found = await connection.execute(
        "SELECT n.org_node_id, n.parent_id, n.kind, n.name, n.code,"
        " (SELECT max(d.depth) FROM org_closure d WHERE d.tenant_id = n.tenant_id AND d.descendant_id = n.org_node_id)"
        " AS deep FROM org_nodes n"
        " JOIN org_closure o ON o.tenant_id = n.tenant_id AND o.descendant_id = n.org_node_id"
        f" WHERE {where.sql} ORDER BY deep, n.name, n.org_node_id LIMIT %b".encode(),
        (*where.parameters, MAX_ORG_NODES + 1),
    )
    rows = await found.fetchall()
    if len(rows) > MAX_ORG_NODES:
        raise TooManyNodes(f"more than {MAX_ORG_NODES} org nodes")
    return tuple(
        OrgNodeRow(org_node_id=node, parent_id=parent, kind=kind, name=name, code=code, depth=deep)
        for node, parent, kind, name, code, deep in rows
    )
