"""Finding the clubs a member file names, and making the ones that are missing. Plain rows, written by an operator's
command line: nobody gains or loses access by a new club below a district."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from backend.runtime.database import Connection
from backend.tenants.onboarding import add_org_node
from backend.values.identifiers import OrgNodeId, TenantId

MAX_NODES: Final = 50_000
MAX_CODE: Final = 40
_NOT_IN_A_CODE: Final = re.compile(r"[^A-Z0-9]+")


class Place(NamedTuple):
    """A club in a district, by name, as a file has them. `district` may be empty."""

    district: str
    club: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An org node of the tenant."""

    node: OrgNodeId
    parent: OrgNodeId | None
    kind: str
    name: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where each club stands. `made` are the names of the districts and clubs that were not there before."""

    nodes: dict[Place, OrgNodeId]
    made: tuple[str, ...]


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


async def place_clubs(
    connection: Connection, tenant_id: TenantId, wanted: Iterable[Place], *, new_id: Callable[[], UUID]
) -> Placed:
    """The org node of each club, made below its district (or the federation) where there was none.

    Names are compared without regard to case. Two at once are safe: the second waits for the first.
    """
    tree = _Tree(await locked_tree(connection, tenant_id), new_id)
    nodes = {place: tree.place(place) for place in dict.fromkeys(wanted)}
    for node in tree.made:
        await add_org_node(
            connection, tenant_id, node.node, parent=node.parent, kind=node.kind, name=node.name, code=node.code
        )
    return Placed(nodes=nodes, made=tuple(node.name for node in tree.made))


def missing_clubs(nodes: Collection[Node], wanted: Iterable[Place]) -> tuple[str, ...]:
    """What `place_clubs` would make, for a preview."""
    # The identifiers are thrown away, so the root's serves for all of them.
    tree = _Tree(nodes, new_id=lambda: next(iter(nodes)).node)
    for place in dict.fromkeys(wanted):
        tree.place(place)
    return tuple(node.name for node in tree.made)


class _Tree:
    """The org tree with what is to be added."""

    def __init__(self, nodes: Collection[Node], new_id: Callable[[], UUID]) -> None:
        self.made: list[Node] = []
        self._new_id = new_id
        self._root = next(node.node for node in nodes if node.parent is None)
        self._districts = {name_key(node.name): node.node for node in nodes if node.kind == "district"}
        self._clubs = {(node.parent, name_key(node.name)): node.node for node in nodes if node.kind == "club"}
        self._anywhere = {name_key(node.name): node.node for node in nodes if node.kind == "club"}
        self._codes = {node.code for node in nodes}

    def place(self, place: Place) -> OrgNodeId:
        if not place.district and name_key(place.club) in self._anywhere:
            return self._anywhere[name_key(place.club)]
        parent = self._district(place.district) if place.district else self._root
        found = self._clubs.get((parent, name_key(place.club)))
        if found is None:
            found = self._clubs[parent, name_key(place.club)] = self._make(parent, "club", place.club)
        return found

    def _district(self, name: str) -> OrgNodeId:
        if name_key(name) not in self._districts:
            self._districts[name_key(name)] = self._make(self._root, "district", name)
        return self._districts[name_key(name)]

    def _make(self, parent: OrgNodeId, kind: str, name: str) -> OrgNodeId:
        code = free_code(name, self._codes)
        made = Node(node=OrgNodeId(self._new_id()), parent=parent, kind=kind, name=name, code=code)
        self._codes.add(made.code)
        self.made.append(made)
        return made.node


def free_code(name: str, taken: Collection[str]) -> str:
    """The name in capitals without accents, and a number where that is taken: `MALMO-BOULE-CLUB-2`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    base = _NOT_IN_A_CODE.sub("-", plain).strip("-")[: MAX_CODE - 6] or "CLUB"
    code, count = base, 1
    while code in taken:
        count += 1
        code = f"{base}-{count}"
    return code


def name_key(name: str) -> str:
    """What two names have in common when people would call them the same."""
    return unicodedata.normalize("NFC", name).casefold()
