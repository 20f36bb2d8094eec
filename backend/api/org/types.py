"""An org node as clients see it."""

from enum import Enum
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, words
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.node import Node, found_by
from backend.read.org import OrgNodeRow, org_nodes
from backend.values.identifiers import OrgNodeId


@words
class OrgNodeKind(Enum):
    """What a node of the org tree is."""

    FEDERATION = "federation"
    DISTRICT = "district"
    CLUB = "club"


@output
class OrgNode(Node):
    """The federation, a district or a club. `depth` counts from the federation, which is 0; `parentId` may be a node
    beyond what you may see."""

    parent_id: strawberry.ID | None
    kind: OrgNodeKind
    name: str
    code: str
    depth: int


@found_by("OrgNode")
async def find_org_node(info: Info, org_node_id: UUID) -> OrgNode | None:
    rows = await info.context.ask(org_nodes, below=OrgNodeId(org_node_id), depth=0)
    return org_node_of(rows[0]) if rows else None


def org_node_of(row: OrgNodeRow) -> OrgNode:
    return OrgNode(
        id=encoded("OrgNode", row.org_node_id),
        parent_id=encoded("OrgNode", row.parent_id) if row.parent_id else None,
        kind=OrgNodeKind(row.kind),
        name=row.name,
        code=row.code,
        depth=row.depth,
    )
