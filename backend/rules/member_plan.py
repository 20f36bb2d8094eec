"""What importing a member file comes to: the club of each row in the org tree, and the clubs to be made before."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple
from uuid import UUID

from backend.rules.member_row import MemberRow, Problem, ProblemCode, problem
from backend.rules.org_tree import Node, name_key
from backend.values.identifiers import OrgNodeId

UNKNOWN: Final = "there is no such club in this district"
AMBIGUOUS: Final = "several clubs have this name: say the district"


class Place(NamedTuple):
    """A club in a district, by name, as a file has them. `district` may be empty."""

    district: str
    club: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedNode:
    """A club that rows of the file name and that is not there, or the district of one. `parent_known` is false where
    its parent is planned, too."""

    node: OrgNodeId
    parent: OrgNodeId
    parent_name: str
    parent_known: bool
    kind: str
    name: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRow:
    """A row and the club of the member, which stands in the tree or is planned."""

    row: MemberRow
    club: OrgNodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPlan:
    """`rows` may be imported once `planned` is made, districts before their clubs. `problems` keep other rows out."""

    rows: tuple[PlacedRow, ...]
    planned: tuple[PlannedNode, ...]
    problems: tuple[Problem, ...]


def plan_members(
    rows: Sequence[MemberRow],
    tree: Collection[Node],
    *,
    covers: Callable[[OrgNodeId | None], bool],
    make_clubs: bool,
    new_id: Callable[[], UUID],
) -> MemberPlan:
    """Find the club of each row by name, and plan the ones that are missing, so that no place gets two of one name.

    `covers` is how far the importer reaches: a club beyond is none of theirs to know of. Without `make_clubs` the
    rows of missing clubs are problems; the plan still says which clubs those are.
    """
    places = _Places(tree, covers, new_id)
    # Clubs with a district come first, so that a row without one means the same club wherever it stands in the file.
    wanted = sorted(dict.fromkeys(map(_place, rows)), key=lambda place: not place.district)
    found = {place: places.find(place) for place in wanted}
    placed, problems = [], []
    for row in rows:
        club = found[_place(row)]
        if isinstance(club, ProblemCode):
            message = AMBIGUOUS if club is ProblemCode.CLUB_AMBIGUOUS else UNKNOWN
            problems.append(problem(row.row, "club", club, message, row.club))
        elif club in places.planned and not make_clubs:
            problems.append(problem(row.row, "club", ProblemCode.CLUB_UNKNOWN, UNKNOWN, row.club))
        else:
            placed.append(PlacedRow(row=row, club=club))
    counts = Counter(found[_place(row)] for row in rows)
    planned = tuple(replace(each, rows=counts[each.node]) for each in places.planned.values())
    return MemberPlan(rows=tuple(placed), planned=planned, problems=tuple(problems))


def needed_for(plan: MemberPlan, rows: Iterable[PlacedRow]) -> tuple[PlannedNode, ...]:
    """The planned nodes without which these rows cannot be imported, districts before their clubs."""
    clubs = {each.club for each in rows}
    parents = {each.parent for each in plan.planned if each.node in clubs}
    return tuple(each for each in plan.planned if each.node in clubs | parents)


def _place(row: MemberRow) -> Place:
    return Place(row.district, row.club)


class _Places:
    """The org tree within reach, and what is to be added to it."""

    def __init__(
        self, tree: Collection[Node], covers: Callable[[OrgNodeId | None], bool], new_id: Callable[[], UUID]
    ) -> None:
        self.planned: dict[OrgNodeId, PlannedNode] = {}
        self._new_id = new_id
        self._names = {node.node: node.name for node in tree}
        self._root = next(node.node for node in tree if node.parent is None)
        self._reached = {node.node for node in tree if covers(node.node)}
        self._districts = {name_key(node.name): node.node for node in tree if node.kind == "district"}
        self._clubs = {(node.parent, name_key(node.name)): node.node for node in tree if node.kind == "club"}

    def find(self, place: Place) -> OrgNodeId | ProblemCode:
        """The club of this name, as it stands or is planned; or why there is none."""
        same = () if place.district else self._anywhere(place.club)
        if len(same) > 1:
            return ProblemCode.CLUB_AMBIGUOUS
        if same:
            return same[0]
        parent = self._district(place.district) if place.district else self._root
        club = self._clubs.get((parent, name_key(place.club)))
        if (parent if club is None else club) not in self._reached:
            return ProblemCode.CLUB_UNKNOWN
        if club is None:
            club = self._clubs[parent, name_key(place.club)] = self._plan(parent, "club", place.club)
        return club

    def _anywhere(self, club: str) -> tuple[OrgNodeId, ...]:
        key = name_key(club)
        return tuple(node for (_, name), node in self._clubs.items() if name == key and node in self._reached)

    def _district(self, name: str) -> OrgNodeId:
        found = self._districts.get(name_key(name))
        if found is None:
            # Whoever does not reach the federation adds no district to it: the plan for it lies beyond their reach.
            found = self._districts[name_key(name)] = self._plan(self._root, "district", name)
        return found

    def _plan(self, parent: OrgNodeId, kind: str, name: str) -> OrgNodeId:
        node = OrgNodeId(self._new_id())
        self.planned[node] = PlannedNode(
            node=node,
            parent=parent,
            parent_name=self._names[parent],
            parent_known=parent not in self.planned,
            kind=kind,
            name=name,
            rows=0,
        )
        self._names[node] = name
        if parent in self._reached:
            self._reached.add(node)
        return node
