"""Questions about the org tree."""

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import optional
from backend.api.org.types import OrgNode, org_node_of
from backend.api.problems import Fault, Malformed
from backend.read.org import MAX_DEPTH, MAX_ORG_NODES, TooManyNodes, org_nodes
from backend.values.identifiers import OrgNodeId


@output
class OrgQueries:
    """Questions about the org tree."""

    @resolved
    async def org_nodes(
        self, info: Info, below_id: strawberry.ID | None = None, depth: int = MAX_DEPTH
    ) -> list[OrgNode]:
        """The federation, its districts and clubs, as far as you may see them, by depth and name (at most 5,000).
        `belowId` asks for one node and what lies below it, `depth` for so many levels only."""
        below = optional("OrgNode", below_id, "belowId")
        try:
            rows = await info.context.ask(org_nodes, below=OrgNodeId(below) if below else None, depth=depth)
        except TooManyNodes:
            raise Malformed(
                Fault(detail=f"there are more than {MAX_ORG_NODES}: ask by district, or for less depth")
            ) from None
        return [org_node_of(row) for row in rows]
