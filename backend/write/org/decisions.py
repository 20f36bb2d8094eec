"""How the org tree may grow: the pure rules."""

from collections.abc import Callable, Collection, Sequence
from typing import Final
from uuid import UUID

from backend.events.org import OrgNodeCreated, OrgNodeRenamed
from backend.tenants.clubs import MAX_CODE, MAX_NODES, Node, free_code, name_key
from backend.values.identifiers import OrgNodeId
from backend.write.org.commands import MAX_CLUBS, CreateClubs, CreateOrgNode, RenameOrgNode, WantedClub
from backend.write.refusal import AlreadyExists, InvalidValue
from backend.write.wording import code, one_line

MAX_NAME: Final = 200

# What may stand below what.
BELOW: Final[dict[str, tuple[str, ...]]] = {"federation": ("district", "club"), "district": ("club",), "club": ()}


def create(command: CreateOrgNode, parent: Node, tree: Collection[Node]) -> OrgNodeCreated:
    """The new node. `tree` is the whole tree as it stands."""
    if command.kind not in BELOW[parent.kind]:
        raise InvalidValue(f"a {parent.kind} has no {command.kind} below it", path=("kind",))
    if len(tree) >= MAX_NODES:
        raise InvalidValue(f"a federation has at most {MAX_NODES} org nodes", path=("parentId",))
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


def create_clubs(
    command: CreateClubs, tree: Sequence[Node], *, new_id: Callable[[], UUID]
) -> tuple[OrgNodeCreated, ...]:
    """The new clubs, each seen by the next. Whose parent is not in `tree` was refused before."""
    if not 0 < len(command.clubs) <= MAX_CLUBS:
        raise InvalidValue(f"name 1 to {MAX_CLUBS} clubs at once", path=("clubs",))
    grown, nodes = list(tree), {node.node: node for node in tree}
    created = []
    for index, club in enumerate(command.clubs):
        try:
            made = create(_as_one(club, OrgNodeId(new_id())), nodes[club.parent_id], grown)
        except (InvalidValue, AlreadyExists) as refused:
            raise type(refused)(refused.message, path=("clubs", index, *refused.path)) from None
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
