"""What may be done with the org tree."""

from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, mutation, output, words
from backend.api.graphql.identifiers import the
from backend.api.graphql.results import Refused, Repeatable, Success, outcome
from backend.api.graphql.words import word
from backend.api.org.types import OrgNode, find_org_node
from backend.values.identifiers import OrgNodeId
from backend.write.execute import Receipt
from backend.write.org import CreateClubs, CreateOrgNode, RenameOrgNode, SetTimeZone, WantedClub


@words
class NewOrgNodeKind(Enum):
    """What may be added to the tree: a federation has exactly one root."""

    DISTRICT = "district"
    CLUB = "club"


@given
class CreateOrgNodeInput(Repeatable):
    """A district or a club below `parentId`. Without a `code` it gets one made of its name."""

    parent_id: strawberry.ID
    kind: NewOrgNodeKind
    name: str
    code: str = ""


@given
class WantedClubInput:
    """A club below the district (or the federation) `parentId`."""

    parent_id: strawberry.ID
    name: str


@given
class CreateClubsInput(Repeatable):
    """The clubs that a member file names and that are not there."""

    clubs: list[WantedClubInput]


@given
class RenameOrgNodeInput(Repeatable):
    """The code stays: files and other systems know the node by it."""

    org_node_id: strawberry.ID
    name: str


@given
class SetTimeZoneInput(Repeatable):
    """`timeZone` is an IANA name, such as Europe/Stockholm."""

    time_zone: str


@output
class OrgNodeSuccess(Success):
    """The node as it is now; null where you may change it but not see it."""

    org_node: OrgNode | None


@output
class ClubsSuccess(Success):
    """How many clubs there are now that were not there before."""

    created: int


@output
class TimeZoneSuccess(Success):
    """The wall clock by which the federation lives now."""

    time_zone: str


ClubsResult = Annotated[ClubsSuccess | Refused, strawberry.union("ClubsResult")]
OrgNodeResult = Annotated[OrgNodeSuccess | Refused, strawberry.union("OrgNodeResult")]
TimeZoneResult = Annotated[TimeZoneSuccess | Refused, strawberry.union("TimeZoneResult")]


@output
class OrgMutations:
    """What may be done with the org tree."""

    @mutation
    async def create_org_node(self, info: Info, input: CreateOrgNodeInput) -> OrgNodeResult:
        """Add a district or a club, so that members can belong to it."""
        command = CreateOrgNode(
            org_node_id=OrgNodeId(info.context.new_id()),
            parent_id=OrgNodeId(the("OrgNode", input.parent_id, "parentId")),
            kind=word(input.kind),
            name=input.name,
            code=input.code,
        )
        return await outcome(info, command, input, OrgNodeSuccess, org_node=_org_node)

    @mutation
    async def create_clubs(self, info: Info, input: CreateClubsInput) -> ClubsResult:
        """Add clubs, all or none, so that the members of a file can be imported."""
        clubs = tuple(
            WantedClub(parent_id=OrgNodeId(the("OrgNode", each.parent_id, "clubs", at, "parentId")), name=each.name)
            for at, each in enumerate(input.clubs)
        )
        return await outcome(info, CreateClubs(clubs=clubs), input, ClubsSuccess, created=_created)

    @mutation
    async def rename_org_node(self, info: Info, input: RenameOrgNodeInput) -> OrgNodeResult:
        """Let a district or club go by another name."""
        command = RenameOrgNode(org_node_id=OrgNodeId(the("OrgNode", input.org_node_id, "orgNodeId")), name=input.name)
        return await outcome(info, command, input, OrgNodeSuccess, org_node=_org_node)

    @mutation
    async def set_time_zone(self, info: Info, input: SetTimeZoneInput) -> TimeZoneResult:
        """Let "today" of a question over several issuers be the day of another place. Each issuer keeps its own."""
        return await outcome(info, SetTimeZone(time_zone=input.time_zone), input, TimeZoneSuccess, time_zone=_zone)


async def _zone(info: Info, receipt: Receipt) -> str:
    return str(receipt.answer["time_zone"])


async def _created(info: Info, receipt: Receipt) -> int:
    return int(receipt.answer["created"])


async def _org_node(info: Info, receipt: Receipt) -> OrgNode | None:
    found: OrgNode | None = await find_org_node(info, UUID(receipt.answer["org_node_id"]))
    return found
