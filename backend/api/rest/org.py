"""The org tree: the federation's districts and clubs."""

from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.api.org import OrgNode
from backend.api.rest.endpoint import Answer, Call, Declined, needs
from backend.api.rest.reading import Body, Query
from backend.api.rest.shapes import Text60, Text250
from backend.api.shown import Shown
from backend.read.org import MAX_DEPTH, MAX_ORG_NODES, TooManyNodes, org_nodes
from backend.values.identifiers import OrgNodeId
from backend.values.parties import NewNodeKind
from backend.write.execute import Receipt
from backend.write.org import MAX_CLUBS, CreateClubs, CreateOrgNode, RenameOrgNode, WantedClub
from backend.write.refusal import NotFound


class OrgNodesQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`below` asks for one node and what lies below it, `depth` for so many levels only."""

    below: OrgNodeId | None = None
    depth: Annotated[int, Meta(ge=0, le=MAX_DEPTH)] = MAX_DEPTH


class OrgNodeSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A district or a club below `parent_id`. Without a `code` it gets one made of its name."""

    parent_id: OrgNodeId
    kind: NewNodeKind
    name: Text250
    code: Text60 = ""


class ClubSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A club below the district (or the federation) `parent_id`."""

    parent_id: OrgNodeId
    name: Text250


class ClubsSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The clubs that a member file names and that are not there: its import says which, and where they belong."""

    clubs: Annotated[tuple[ClubSent, ...], Meta(min_length=1, max_length=MAX_CLUBS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubsCreated:
    """How many clubs there are now that were not there before."""

    created: int


class OrgNodeNameSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another name. The code stays: files and other systems know the node by it."""

    name: Text250


@needs(org_nodes)
async def list_org_nodes(call: Call, query: OrgNodesQuery) -> tuple[Shown[OrgNode], ...]:
    """The federation, its districts and clubs within reach, by depth and name (at most 5,000)."""
    try:
        rows = await call.ask(org_nodes, below=query.below, depth=query.depth)
    except TooManyNodes:
        raise Declined(
            422, "TOO_MANY_ORG_NODES", f"there are more than {MAX_ORG_NODES}: ask `below` a district, or for less depth"
        ) from None
    return tuple(OrgNode.shown(row) for row in rows)


@needs(CreateOrgNode)
async def create_org_node(call: Call, body: OrgNodeSent) -> Answer[Shown[OrgNode]]:
    """Add a district or a club, so that members can belong to it."""
    return await _answer(
        call,
        await call.carry_out(
            CreateOrgNode(
                org_node_id=OrgNodeId(call.services.write.new_id()),
                parent_id=body.parent_id,
                kind=body.kind,
                name=body.name,
                code=body.code,
            )
        ),
    )


@needs(CreateClubs)
async def create_clubs(call: Call, body: ClubsSent) -> Answer[ClubsCreated]:
    """Add clubs, all or none, so that the members of a file can be imported."""
    receipt = await call.carry_out(
        CreateClubs(clubs=tuple(WantedClub(parent_id=each.parent_id, name=each.name) for each in body.clubs))
    )
    return Answer(ClubsCreated(created=int(receipt.answer["created"])), replayed=receipt.replayed)


@needs(RenameOrgNode)
async def rename_org_node(call: Call, org_node_id: OrgNodeId, body: OrgNodeNameSent) -> Answer[Shown[OrgNode]]:
    """Let a district or a club go by another name. What was printed keeps the former one."""
    return await _answer(call, await call.carry_out(RenameOrgNode(org_node_id=org_node_id, name=body.name)))


async def _answer(call: Call, receipt: Receipt) -> Answer[Shown[OrgNode]]:
    node = msgspec.convert(receipt.answer["org_node_id"], OrgNodeId)
    rows = await call.ask(org_nodes, below=node, depth=0)
    if not rows:
        raise NotFound("there is no such org node")
    return Answer(OrgNode.shown(rows[0]), replayed=receipt.replayed)
