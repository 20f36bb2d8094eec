"""Importing members: a chunk is decided as a whole, and a second time changes nothing."""

from typing import Any
from uuid import uuid4

import pytest

from backend.write.debtors.import_members import MAX_CHUNK, Imported, ImportedMember, members_imported
from backend.write.refusal import InvalidValue
from backend.write.states.debtor import DEBTOR, Debtor
from tests.given.parties import HERE, a_debtor, a_district, an_imported_member, some_particulars

CLUB, OTHER_CLUB = a_district(), a_district()


def imported(*members: ImportedMember, known: tuple[Debtor, ...] = ()) -> Imported:
    by_reference = {debtor.reference: debtor for debtor in known}
    return members_imported(members, by_reference, tenant_id=HERE, nodes={CLUB, OTHER_CLUB}, new_id=uuid4)


def a_row(reference: str, **changes: Any) -> ImportedMember:
    return an_imported_member(reference, **({"club": CLUB} | changes))


def after(first: Imported) -> tuple[Debtor, ...]:
    return tuple(debtor for event in first.registered if (debtor := DEBTOR.evolve(None, event)) is not None)


def test_new_members_are_registered_with_their_club() -> None:
    """Issue 2, item 4: importing members creates debtors of kind member."""
    result = imported(a_row("STO-1"), a_row("STO-2"))
    assert [(event.reference, event.kind, event.org_node_id) for event in result.registered] == [
        ("STO-1", "member", CLUB),
        ("STO-2", "member", CLUB),
    ]
    assert len({event.debtor_id for event in result.registered}) == 2


def test_a_second_import_changes_nothing() -> None:
    """S001-89: a file may be sent twice."""
    rows = (a_row("STO-1"), a_row("STO-2"))
    again = imported(*rows, known=after(imported(*rows)))
    assert (again.registered, again.revised, again.unchanged) == ((), (), 2)


def test_only_what_changed_is_revised() -> None:
    """Issue 2, item 4: a moved member joins another club; the others are left alone."""
    known = after(imported(a_row("STO-1"), a_row("STO-2")))
    result = imported(a_row("STO-1", club=OTHER_CLUB), a_row("STO-2"), a_row("STO-3"), known=known)
    assert [event.org_node_id for event in result.revised] == [OTHER_CLUB]
    assert (len(result.registered), result.unchanged) == (1, 1)


@pytest.mark.parametrize(
    ("rows", "path"),
    [
        ((a_row("STO-1"), a_row(" STO-1")), ("members", 1, "reference")),
        ((a_row("STO-1"), a_row("STO-2", club=a_district())), ("members", 1, "orgNodeId")),
        ((a_row("STO-1", particulars=some_particulars(name="")),), ("members", 0, "particulars", "name")),
        ((), ("members",)),
        (tuple(a_row(f"STO-{n}") for n in range(MAX_CHUNK + 1)), ("members",)),
    ],
)
def test_one_bad_member_keeps_the_whole_chunk_out(rows: tuple[ImportedMember, ...], path: tuple[Any, ...]) -> None:
    """Issue 2, item 4: an import never does half."""
    with pytest.raises(InvalidValue) as refused:
        imported(*rows)
    assert refused.value.path == path


def test_the_number_of_a_club_is_not_a_members() -> None:
    """Issue 2, item 4: a member file cannot overwrite a club."""
    club = a_debtor(kind="club", reference="STO-1", org_node_id=CLUB)
    with pytest.raises(InvalidValue, match="club"):
        imported(a_row("STO-1"), known=(club,))
