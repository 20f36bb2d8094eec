"""The org tree: districts and clubs."""

from uuid import UUID

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.inputs import Input
from backend.api.graphql.node import Node, found_by
from backend.api.graphql.results import Repeatable, Success, mutation, succeeds
from backend.api.mirror import Mirror
from backend.api.problems import Fault, Malformed
from backend.read.org import MAX_DEPTH, MAX_ORG_NODES, OrgNodeRow, TooManyNodes, org_nodes
from backend.values.identifiers import OrgNodeId
from backend.write.org import CreateClubs, CreateOrgNode, RenameOrgNode, SetTimeZone, WantedClub


class OrgNode(Mirror[OrgNodeRow], Node, key="org_node_id", shown="OrgNodeListed"):
    """The federation, a district or a club. `depth` counts from the federation, which is 0; `parentId` may be a node
    beyond what you may see."""


@found_by("OrgNode")
async def find_org_node(info: Info, org_node_id: UUID) -> OrgNode | None:
    rows = await info.context.ask(org_nodes, below=OrgNodeId(org_node_id), depth=0)
    return OrgNode.of(rows[0]) if rows else None


@output
class OrgQueries:
    """Questions about the org tree."""

    @resolved(size=(50, MAX_ORG_NODES))
    async def org_nodes(self, info: Info, below_id: OrgNodeId | None = None, depth: int = MAX_DEPTH) -> list[OrgNode]:
        """The federation, its districts and clubs, as far as you may see them, by depth and name (at most 5,000).
        `belowId` asks for one node and what lies below it, `depth` for so many levels only."""
        try:
            rows = await info.context.ask(org_nodes, below=below_id, depth=depth)
        except TooManyNodes:
            raise Malformed(
                Fault(detail=f"there are more than {MAX_ORG_NODES}: ask by district, or for less depth")
            ) from None
        return [OrgNode.of(row) for row in rows]


class CreateOrgNodeInput(Input[CreateOrgNode], Repeatable):
    """A district or a club below `parentId`. Without a `code` it gets one made of its name."""


class WantedClubInput(Input[WantedClub], leave_out=("org_node_id",)):
    """A club below the district (or the federation) `parentId`."""


class CreateClubsInput(Input[CreateClubs], Repeatable):
    """The clubs that a member file names and that are not there."""


class RenameOrgNodeInput(Input[RenameOrgNode], Repeatable):
    """The code stays: files and other systems know the node by it."""


class SetTimeZoneInput(Input[SetTimeZone], Repeatable):
    """`timeZone` is an IANA name, such as Europe/Stockholm."""


@succeeds
class OrgNodeSuccess(Success):
    """The node as it is now; null where you may change it but not see it."""

    org_node: OrgNode | None


@succeeds
class ClubsSuccess(Success):
    """How many clubs there are now that were not there before."""

    created: int


@succeeds
class TimeZoneSuccess(Success):
    """The wall clock by which the federation lives now."""

    time_zone: str


@output
class OrgMutations:
    """What may be done with the org tree."""

    create_org_node = mutation(
        CreateOrgNodeInput, OrgNodeSuccess, "Add a district or a club, so that members can belong to it."
    )
    create_clubs = mutation(
        CreateClubsInput, ClubsSuccess, "Add clubs, all or none, so that the members of a file can be imported."
    )
    rename_org_node = mutation(RenameOrgNodeInput, OrgNodeSuccess, "Let a district or club go by another name.")
    set_time_zone = mutation(
        SetTimeZoneInput,
        TimeZoneSuccess,
        'Let "today" of a question over several issuers be the day of another place. Each issuer keeps its own.',
    )
