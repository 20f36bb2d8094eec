"""How the org tree grows: what may stand below what, names and codes that nobody else has."""

from uuid import uuid4

import pytest

from backend.rules.org_tree import Node
from backend.tenants.actor import Actor, Reach
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import nodes_of
from backend.values.identifiers import OrgNodeId
from backend.write.execute import execute
from backend.write.org import CreateClubs, CreateOrgNode, RenameOrgNode, WantedClub, clubs_created, create
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from tests.given.federation import Federation

ROOT, DISTRICT, CLUB = (OrgNodeId(uuid4()) for _ in range(3))
TREE = (
    Node(node=ROOT, parent=None, kind="federation", name="Svenska Boule", code="SE"),
    Node(node=DISTRICT, parent=ROOT, kind="district", name="Skåne", code="SKANE"),
    Node(node=CLUB, parent=DISTRICT, kind="club", name="Malmö BC", code="MALMO-BC"),
)


def a_wish(**changes: object) -> CreateOrgNode:
    said = {"org_node_id": OrgNodeId(uuid4()), "parent_id": DISTRICT, "kind": "club", "name": "Lunds BC", "code": ""}
    return CreateOrgNode(**said | changes)  # type: ignore[arg-type]


def test_a_club_gets_a_code_of_its_name() -> None:
    """Issue 2 item 4: a club that a member file names can be made; its code reads like its name."""
    created = create(a_wish(name="Malmö BC", parent_id=ROOT), TREE[0], TREE)
    assert (created.name, created.code, created.parent_id) == ("Malmö BC", "MALMO-BC-2", ROOT)
    assert create(a_wish(code="LBC"), TREE[1], TREE).code == "LBC"


@pytest.mark.parametrize(
    ("changes", "refusal", "path"),
    [
        ({"kind": "district"}, InvalidValue, ("kind",)),
        ({"name": " "}, InvalidValue, ("name",)),
        ({"name": "MALMÖ bc"}, AlreadyExists, ("name",)),
        ({"code": "SE"}, AlreadyExists, ("code",)),
        ({"code": "<>"}, InvalidValue, ("code",)),
        ({"name": "x" * 201}, InvalidValue, ("name",)),
    ],
)
def test_what_the_tree_does_not_take(
    changes: dict[str, object], refusal: type[Exception], path: tuple[str, ...]
) -> None:
    """S002-2: levels in their order; names that lead to one club; codes that lead to one node."""
    with pytest.raises(refusal) as refused:
        create(a_wish(**changes), TREE[1], TREE)
    assert refused.value.path == path  # type: ignore[attr-defined]


def test_nothing_stands_below_a_club() -> None:
    """S002-2: a club is a leaf."""
    with pytest.raises(InvalidValue):
        create(a_wish(parent_id=CLUB), TREE[2], TREE)


def clubs(*names: str, parent: OrgNodeId = DISTRICT) -> CreateClubs:
    return CreateClubs(clubs=tuple(WantedClub(parent_id=parent, name=name) for name in names))


def test_clubs_of_a_file_get_codes_that_differ() -> None:
    """Issue 3 item 2: the clubs a member file names are made together; each knows of those before it."""
    made = clubs_created(clubs("Lunds BC", "Lunds B.C."), TREE, new_id=uuid4)
    assert [(each.name, each.code, each.parent_id) for each in made] == [
        ("Lunds BC", "LUNDS-BC", DISTRICT),
        ("Lunds B.C.", "LUNDS-B-C", DISTRICT),
    ]


@pytest.mark.parametrize(
    ("wanted", "refusal", "path"),
    [
        (clubs(), InvalidValue, ("clubs",)),
        (clubs(*map(str, range(501))), InvalidValue, ("clubs",)),
        (clubs("Lunds BC", "lunds bc"), AlreadyExists, ("clubs", 1, "name")),
        (clubs("Lunds BC", " "), InvalidValue, ("clubs", 1, "name")),
        (clubs("Lunds BC", parent=CLUB), InvalidValue, ("clubs", 0, "kind")),
    ],
)
def test_one_wrong_club_keeps_all_out(wanted: CreateClubs, refusal: type[Exception], path: tuple[object, ...]) -> None:
    """Issue 3 item 2: all or none, and the refusal names the one."""
    with pytest.raises(refusal) as refused:
        clubs_created(wanted, TREE, new_id=uuid4)
    assert refused.value.path == path  # type: ignore[attr-defined]


async def test_a_treasurer_makes_clubs_in_their_own_district_only(federation: Federation) -> None:
    """Issue 3 item 2: registering debtors includes their clubs, below what one reaches."""
    reaches = {Capability.DEBTORS_MANAGE: Reach(frozenset({federation.district, federation.club}))}
    treasurer = Actor(tenant_id=federation.tenant_id, principal="user:1", reaches=reaches)
    wanted = clubs("Solna BC", "Täby BC", parent=federation.district)
    assert (await execute(federation.write, treasurer, wanted)).answer == {"created": 2}
    with pytest.raises(NotFound):
        await execute(federation.write, treasurer, clubs("Malmö BC", parent=federation.root))


async def test_made_renamed_and_reached(federation: Federation) -> None:
    """Issue 3 item 1: the row stands as soon as the command is done, below its parent's whole line."""
    node, write, system = OrgNodeId(uuid4()), federation.write, federation.system
    made = CreateOrgNode(org_node_id=node, parent_id=federation.district, kind="club", name="Solna BC")
    await execute(write, system, made)
    for name in ("Solna Boule", "Solna Bouleklubb"):
        await execute(write, system, RenameOrgNode(org_node_id=node, name=name))
    async with write.database.scope(federation.tenant_id) as connection:
        found = next(each for each in await nodes_of(connection, federation.tenant_id) if each.node == node)
        above = await connection.execute("SELECT ancestor_id FROM org_closure WHERE descendant_id = %s", (node,))
        assert {row[0] for row in await above.fetchall()} == {federation.root, federation.district, node}
    assert (found.name, found.code, found.parent) == ("Solna Bouleklubb", "SOLNA-BC", federation.district)
    with pytest.raises(NotFound):
        await execute(write, system, RenameOrgNode(org_node_id=OrgNodeId(uuid4()), name="Nobody"))
