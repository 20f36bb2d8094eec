"""Who may be billed, and what is known about them."""

from typing import Any

import pytest

from backend.events.debtors import PersonalDataErased
from backend.write.debtors.erase import PersonErased
from backend.write.debtors.register import register
from backend.write.debtors.revise import ReviseDebtor, revise
from backend.write.refusal import AlreadyExists, InvalidValue
from backend.write.states.debtor import DEBTOR, Debtor
from tests.given.parties import ELSEWHERE, HERE, STOCKHOLM, a_debtor, a_district, a_wanted_debtor, some_particulars

CLUB = a_district()


def registered(taken: tuple[str, ...] = (), **changes: Any) -> Any:
    return register(a_wanted_debtor(**changes), tenant_id=HERE, nodes={CLUB}, taken=taken)


def erased(debtor: Debtor) -> Debtor:
    result = DEBTOR.evolve(debtor, PersonalDataErased(debtor_id=debtor.debtor_id, ground="GDPR 17"))
    assert result is not None
    return result


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "member"},
        {"kind": "member", "org_node_id": CLUB},
        {"kind": "club", "org_node_id": CLUB},
        {"kind": "tenant", "billed_tenant_id": ELSEWHERE},
        {"kind": "outside", "language": "", "licence_type": ""},
    ],
)
def test_four_kinds_of_debtor(changes: dict[str, Any]) -> None:
    """S002-20, architecture, parties: members, clubs, tenants and outside parties."""
    assert registered(**changes).kind == changes["kind"]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"kind": "club"}, ("orgNodeId",)),
        ({"kind": "tenant"}, ("billedTenantId",)),
        ({"kind": "member", "billed_tenant_id": ELSEWHERE}, ("billedTenantId",)),
        ({"kind": "tenant", "billed_tenant_id": HERE}, ("billedTenantId",)),
        ({"org_node_id": a_district()}, ("orgNodeId",)),
        ({"reference": "=1+1"}, ("reference",)),
        ({"reference": ""}, ("reference",)),
        ({"reference": "x" * 41}, ("reference",)),
        ({"language": "swe"}, ("language",)),
        ({"licence_type": "x" * 41}, ("licenceType",)),
        ({"particulars": some_particulars(name="")}, ("particulars", "name")),
        ({"particulars": some_particulars(email="a@b.example\nbcc: c@d.example")}, ("particulars", "email")),
        ({"particulars": some_particulars(email="<a@b.example>")}, ("particulars", "email")),
        (
            {"particulars": some_particulars(address=STOCKHOLM.__class__(country="EL"))},
            ("particulars", "address", "country"),
        ),
    ],
)
def test_what_is_wrong_is_pointed_at(changes: dict[str, Any], path: tuple[str, ...]) -> None:
    """S003-11: the debtor stands on every invoice."""
    with pytest.raises(InvalidValue) as refused:
        registered(**changes)
    assert refused.value.path == path


def test_a_number_belongs_to_one_debtor() -> None:
    """Issue 2, item 4: member numbers are unique in the tenant."""
    with pytest.raises(AlreadyExists):
        registered(taken=("STO-00001",), reference=" STO-00001 ")


def test_no_personal_value_is_repeated_in_a_refusal() -> None:
    """Architecture, refusals: messages carry no personal data."""
    with pytest.raises(InvalidValue) as refused:
        registered(particulars=some_particulars(email="secret person@members"))
    assert "secret" not in refused.value.message


def test_a_revision_says_what_changed_and_nothing_else() -> None:
    """S001: a revision that changes nothing is no event."""
    debtor = a_debtor(org_node_id=CLUB)
    same = ReviseDebtor(
        debtor_id=debtor.debtor_id,
        particulars=some_particulars(),
        org_node_id=CLUB,
        language="sv",
        licence_type="senior",
    )
    assert revise(debtor, same, nodes={CLUB}) is None
    moved = revise(debtor, ReviseDebtor(debtor_id=debtor.debtor_id, particulars=some_particulars()), nodes=())
    assert moved is not None
    assert (moved.org_node_id, moved.licence_type) == (None, "")


def test_an_erased_person_stays_unknown() -> None:
    """C48: nothing can be sealed for a person whose key is destroyed."""
    debtor = erased(a_debtor())
    with pytest.raises(PersonErased):
        revise(debtor, ReviseDebtor(debtor_id=debtor.debtor_id, particulars=some_particulars()), nodes=())


def test_a_club_stays_in_the_org_tree() -> None:
    """Architecture, parties: a club is an org node."""
    debtor = a_debtor(kind="club", org_node_id=CLUB)
    with pytest.raises(InvalidValue):
        revise(debtor, ReviseDebtor(debtor_id=debtor.debtor_id, particulars=some_particulars()), nodes=())
