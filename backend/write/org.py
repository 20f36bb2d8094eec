"""The federation itself: how its org tree may grow, how its nodes are called, by which wall clock it lives. The row and
its event are written in one transaction."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from backend.events.org import OrgNodeCreated, OrgNodeRenamed, TimeZoneSet
from backend.rules.org_tree import MAX_CODE, MAX_NODES, Node, free_code, name_key
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import keep_time_zone, locked_tree, time_zone_of
from backend.tenants.nodes import rename_org_node as rename_row
from backend.tenants.onboarding import add_org_node
from backend.values.identifiers import OrgNodeId, StreamId, derived_id, tenant_stream
from backend.values.parties import NewNodeKind
from backend.values.why import Why
from backend.write.command import command
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from backend.write.states.aggregate import Aggregate
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import code, one_line, time_zone

# A whole federation's clubs come in several goes; the journal holds its lock for one.
MAX_CLUBS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateOrgNode:
    """Add a district or a club below `parent_id`. Without a `code` it gets one made of its name."""

    ASSIGNED: ClassVar = ("org_node_id",)
    org_node_id: OrgNodeId
    parent_id: OrgNodeId
    kind: NewNodeKind
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedClub:
    """A club that a member file names below a district (or the federation) that is there. An import says which node it
    will be, because it tries its members before the club is made; for anybody else one is made up."""

    parent_id: OrgNodeId
    name: str
    org_node_id: OrgNodeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateClubs:
    """Add clubs, all or none, so that the members of a file can be imported.

    Whoever registers debtors may: nobody gains or loses access by a new club below a district.
    """

    clubs: tuple[WantedClub, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameOrgNode:
    """Let a node go by another name. Its code stays, because files and other systems know it by that."""

    org_node_id: OrgNodeId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTimeZone:
    """Let the federation as a whole live by another wall clock. Each issuer keeps its own."""

    time_zone: str


MAX_NAME: Final = 200

# What may stand below what.
BELOW: Final[dict[str, tuple[str, ...]]] = {"federation": ("district", "club"), "district": ("club",), "club": ()}


def create(command: CreateOrgNode, parent: Node, tree: Collection[Node]) -> OrgNodeCreated:
    """The new node. `tree` is the whole tree as it stands."""
    if command.kind not in BELOW[parent.kind]:
        raise InvalidValue(Why.ORG_NODE_MISPLACED, parent=parent.kind, kind=command.kind, path=("kind",))
    if len(tree) >= MAX_NODES:
        raise InvalidValue(Why.TOO_MANY, limit=MAX_NODES, path=("parentId",))
    name, taken = _free_name(command.name, parent.node, tree), {node.code for node in tree}
    if command.code and command.code in taken:
        raise AlreadyExists("another node has this code", path=("code",))
    return OrgNodeCreated(
        org_node_id=command.org_node_id,
        parent_id=parent.node,
        kind=command.kind,
        name=name,
        code=code(command.code, MAX_CODE, path=("code",)) if command.code else free_code(name, taken),
    )


def clubs_created(
    command: CreateClubs, tree: Sequence[Node], *, new_id: Callable[[], UUID]
) -> tuple[OrgNodeCreated, ...]:
    """The new clubs, each seen by the next. Whose parent is not in `tree` was refused before."""
    if not 0 < len(command.clubs) <= MAX_CLUBS:
        raise InvalidValue(Why.WRONG_COUNT, lowest=1, highest=MAX_CLUBS, path=("clubs",))
    grown, nodes = list(tree), {node.node: node for node in tree}
    created = []
    for index, club in enumerate(command.clubs):
        try:
            made = create(_as_one(club, club.org_node_id or OrgNodeId(new_id())), nodes[club.parent_id], grown)
        except (InvalidValue, AlreadyExists) as refused:
            raise refused.below("clubs", index) from None
        grown.append(Node(node=made.org_node_id, parent=made.parent_id, kind="club", name=made.name, code=made.code))
        created.append(made)
    return tuple(created)


def _as_one(club: WantedClub, node: OrgNodeId) -> CreateOrgNode:
    return CreateOrgNode(org_node_id=node, parent_id=club.parent_id, kind="club", name=club.name)


def rename(command: RenameOrgNode, node: Node, tree: Collection[Node]) -> OrgNodeRenamed:
    """The new name, which nobody else at the same place has."""
    others = [each for each in tree if each.node != node.node]
    name = _free_name(command.name, node.parent, others)
    return OrgNodeRenamed(org_node_id=node.node, name=name)


def _free_name(wanted: str, parent: object, others: Collection[Node]) -> str:
    """A name that no other node at the same place has: member files find clubs by their names."""
    name = one_line(wanted, MAX_NAME, path=("name",))
    if any(each.parent == parent and name_key(each.name) == name_key(name) for each in others):
        raise AlreadyExists("there is a node of this name at this place already", path=("name",))
    return name


def time_zone_set(command: SetTimeZone, current: str) -> TimeZoneSet | None:
    """The new wall clock; None where it is that one already."""
    wanted = time_zone(command.time_zone, path=("timeZone",))
    return None if wanted == current else TimeZoneSet(time_zone=wanted)


# The row is the truth; the stream is loaded for its version only.
_ORG_NODE = Aggregate[str]("org node", lambda name, event: event.name)
_TIME_ZONE = Aggregate[str]("time zone", lambda zone, event: event.time_zone)


@command(Capability.ACCESS_MANAGE)
async def create_org_node(command: CreateOrgNode, work: UnitOfWork) -> None:
    """Load the org tree under its lock, and record a new node with its row."""
    work.authorise(command.parent_id)
    tree = await locked_tree(work.connection, work.tenant_id)
    created = create(command, _node(tree, command.parent_id, "parentId"), tree)
    await _add(work, created)
    work.answer = {"org_node_id": str(created.org_node_id)}


@command(Capability.DEBTORS_MANAGE)
async def create_clubs(command: CreateClubs, work: UnitOfWork) -> None:
    """Load the org tree under its lock, and record new clubs with their rows."""
    for parent in {club.parent_id for club in command.clubs}:
        work.authorise(parent)
    tree = await locked_tree(work.connection, work.tenant_id)
    for club in command.clubs:
        _node(tree, club.parent_id, "clubs")
    created = clubs_created(command, tree, new_id=work.new_id)
    for each in created:
        await _add(work, each)
    work.answer = {"created": len(created)}


@command(Capability.ACCESS_MANAGE)
async def rename_org_node(command: RenameOrgNode, work: UnitOfWork) -> None:
    """Load the org tree under its lock, and record a new name with its row."""
    work.authorise(command.org_node_id)
    tree = await locked_tree(work.connection, work.tenant_id)
    renamed = rename(command, _node(tree, command.org_node_id, "orgNodeId"), tree)
    await work.load(_ORG_NODE, _stream(command.org_node_id))
    await rename_row(work.connection, work.tenant_id, renamed.org_node_id, name=renamed.name)
    work.record(_stream(renamed.org_node_id), renamed)
    work.answer = {"org_node_id": str(renamed.org_node_id)}


@command(Capability.ACCESS_MANAGE)
async def set_time_zone(command: SetTimeZone, work: UnitOfWork) -> None:
    """Record the tenant's time zone with its row, where it changes."""
    work.authorise(None)
    changed = time_zone_set(command, await time_zone_of(work.connection, work.tenant_id))
    if changed is not None:
        stream = tenant_stream(work.tenant_id, "time zone")
        await work.load(_TIME_ZONE, stream)
        await keep_time_zone(work.connection, changed.time_zone)
        work.record(stream, changed)
    work.answer = {"time_zone": command.time_zone}


async def _add(work: UnitOfWork, created: OrgNodeCreated) -> None:
    await add_org_node(
        work.connection,
        work.tenant_id,
        created.org_node_id,
        parent=created.parent_id,
        kind=created.kind,
        name=created.name,
        code=created.code,
    )
    work.record(_stream(created.org_node_id), created)


def _node(tree: tuple[Node, ...], wanted: OrgNodeId, path: str) -> Node:
    # What lies beyond the actor's reach was refused before, in these very words.
    found = next((node for node in tree if node.node == wanted), None)
    if found is None:
        raise NotFound("there is no such thing here", path=(path,))
    return found


def _stream(node: OrgNodeId) -> StreamId:
    return StreamId(derived_id(node, "org-node"))
