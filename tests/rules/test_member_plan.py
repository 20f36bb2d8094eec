"""What a member file comes to: each club found by name, or planned once below the right node."""

from collections.abc import Callable
from uuid import uuid4

from backend.rules.member_plan import MemberPlan, needed_for, plan_members
from backend.rules.member_row import MemberRow
from backend.rules.org_tree import Node, free_code
from backend.values.identifiers import OrgNodeId

ROOT, STOCKHOLM, SKANE, SOLNA, MALMO, LONELY = (OrgNodeId(uuid4()) for _ in range(6))
TREE = (
    Node(node=ROOT, parent=None, kind="federation", name="Svenska Boule", code="SE"),
    Node(node=STOCKHOLM, parent=ROOT, kind="district", name="Stockholms Bouledistrikt", code="STO"),
    Node(node=SKANE, parent=ROOT, kind="district", name="Skånes Bouledistrikt", code="SKA"),
    Node(node=SOLNA, parent=STOCKHOLM, kind="club", name="Solna Boule Club", code="STO-1"),
    Node(node=MALMO, parent=SKANE, kind="club", name="Malmö Boule Club", code="SKA-1"),
    Node(node=LONELY, parent=ROOT, kind="club", name="Klubb utan distrikt", code="X-1"),
)


def a_row(row: int, club: str, district: str = "") -> MemberRow:
    return MemberRow(
        row=row,
        member_no=f"M-{row}",
        first_name="Måns",
        last_name="Östlund",
        email="mans@members.example",
        club=club,
        district=district,
        street="Backstigen 1",
        postal_code="518 84",
        city="Norrköping",
        country="SE",
        language="sv",
        licence_type="senior",
    )


def plan(
    *places: tuple[str, str],
    tree: tuple[Node, ...] = TREE,
    covers: Callable[[OrgNodeId | None], bool] = lambda node: True,
    make_clubs: bool = True,
) -> MemberPlan:
    """The plan for a file with a row for each (club, district), from row 2 on."""
    rows = [a_row(number, *place) for number, place in enumerate(places, start=2)]
    return plan_members(rows, tree, covers=covers, make_clubs=make_clubs, new_id=uuid4)


def clubs(made: MemberPlan) -> list[OrgNodeId]:
    return [placed.club for placed in made.rows]


def planned(made: MemberPlan) -> list[tuple[str, str, str]]:
    return [(each.kind, each.name, each.parent_name) for each in made.planned]


def problems(made: MemberPlan) -> list[tuple[int, str]]:
    return [(each.row, each.code.value) for each in made.problems]


def grown(made: MemberPlan) -> tuple[Node, ...]:
    """The tree when the plan is carried out."""
    return TREE + tuple(
        Node(node=each.node, parent=each.parent, kind=each.kind, name=each.name, code=str(each.node))
        for each in made.planned
    )


def test_a_known_club_is_found_whatever_its_case_and_spacing() -> None:
    found = plan(("SOLNA boule  club", "stockholms BOULEDISTRIKT"), ("Malmö Boule Club", ""))
    assert (clubs(found), found.planned, found.problems) == ([SOLNA, MALMO], (), ())


def test_an_unknown_club_is_planned_once_below_its_district() -> None:
    """House rule of the front door: two spellings in one file are one club."""
    made = plan(("Täby BC", "Stockholms Bouledistrikt"), ("TÄBY  bc", "STOCKHOLMS bouledistrikt"))
    assert planned(made) == [("club", "Täby BC", "Stockholms Bouledistrikt")]
    assert len(set(clubs(made))) == 1
    assert made.planned[0].rows == 2


def test_a_row_without_a_district_means_the_club_that_another_row_places() -> None:
    """One file makes one club of a name, in whichever order its rows stand."""
    first = plan(("Lunds BC", ""), ("Lunds BC", "Skånes Bouledistrikt"))
    last = plan(("Lunds BC", "Skånes Bouledistrikt"), ("Lunds BC", ""))
    for made in (first, last):
        assert planned(made) == [("club", "Lunds BC", "Skånes Bouledistrikt")]
        assert len(set(clubs(made))) == 1


def test_the_same_file_again_plans_nothing() -> None:
    places = (("Lunds BC", ""), ("Lunds BC", "Skånes Bouledistrikt"), ("Nowhere", ""), ("Luleå BC", "Norrbotten"))
    before = plan(*places)
    after = plan(*places, tree=grown(before))
    assert (after.planned, clubs(after)) == ((), clubs(before))


def test_an_unknown_district_is_planned_before_its_club() -> None:
    made = plan(("Luleå BC", "Norrbotten"))
    assert planned(made) == [("district", "Norrbotten", "Svenska Boule"), ("club", "Luleå BC", "Norrbotten")]
    assert [each.parent_known for each in made.planned] == [True, False]


def test_clubs_of_one_name_in_two_districts_are_two() -> None:
    made = plan(("Boulebröderna", "Skånes Bouledistrikt"), ("Boulebröderna", "Norrbotten"))
    assert len(set(clubs(made))) == 2


def test_a_name_that_several_clubs_have_needs_its_district() -> None:
    """Nobody is put into a club that only might be theirs."""
    twin = Node(node=OrgNodeId(uuid4()), parent=SKANE, kind="club", name="Solna Boule Club", code="SKA-2")
    made = plan(("Solna Boule Club", ""), ("Solna Boule Club", "Stockholms Bouledistrikt"), tree=(*TREE, twin))
    assert (problems(made), clubs(made)) == ([(2, "club_ambiguous")], [SOLNA])


def test_a_club_beyond_reach_is_none_of_theirs_to_know_of() -> None:
    """C36: neither found, nor made, nor offered."""
    mine = {SKANE, MALMO}
    made = plan(
        ("Solna Boule Club", "Stockholms Bouledistrikt"),
        ("Solna Boule Club", ""),
        ("Klubb utan distrikt", "Norrbotten"),
        ("Malmö Boule Club", ""),
        ("Lunds BC", "Skånes Bouledistrikt"),
        covers=lambda node: node in mine,
    )
    assert problems(made) == [(2, "club_unknown"), (3, "club_unknown"), (4, "club_unknown")]
    assert clubs(made)[0] == MALMO
    assert [each.name for each in made.planned if each.kind == "club"] == ["Lunds BC"]


def test_whoever_makes_no_clubs_is_told_which_are_missing() -> None:
    made = plan(("Lunds BC", "Skånes Bouledistrikt"), ("Malmö Boule Club", ""), make_clubs=False)
    assert (problems(made), clubs(made)) == ([(2, "club_unknown")], [MALMO])
    assert planned(made) == [("club", "Lunds BC", "Skånes Bouledistrikt")]


def test_only_what_the_good_rows_need_is_made() -> None:
    made = plan(("Luleå BC", "Norrbotten"), ("Visby BC", "Gotland"))
    assert [each.name for each in needed_for(made, made.rows[:1])] == ["Norrbotten", "Luleå BC"]


def test_a_name_without_a_latin_letter_still_gets_a_code() -> None:
    assert (free_code("เปตอง", ()), free_code("地滚球", {"CLUB"})) == ("CLUB", "CLUB-2")
    assert free_code("Täby Boule & Pétanque", ()) == "TABY-BOULE-PETANQUE"
