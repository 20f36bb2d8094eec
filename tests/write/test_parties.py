"""Who stands on an invoice: cleaned, or refused with the path to what is wrong."""

from dataclasses import replace

import pytest

from backend.values.parties import Address
from backend.write.parties import identity, particulars
from backend.write.refusal import InvalidValue
from tests.given.parties import an_identity, some_particulars


def test_names_are_cleaned_and_all_else_may_be_empty() -> None:
    cleaned = identity(an_identity(name="  Stockholms Bouledistrikt\n".strip("\n")), path=())
    assert cleaned.name == "Stockholms Bouledistrikt"
    bare = particulars(replace(some_particulars(), email="", address=Address(country="SE")), path=())
    assert (bare.email, bare.address.street) == ("", "")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"address": Address(country="XX")}, ("identity", "address", "country")),
        ({"address": Address(country="SE", street="x" * 151)}, ("identity", "address", "street")),
        ({"email": "nobody"}, ("identity", "email")),
        ({"website": "not a site"}, ("identity", "website")),
        ({"name": ""}, ("identity", "name")),
        ({"vat_number": "x" * 41}, ("identity", "vatNumber")),
    ],
)
def test_what_is_wrong_is_named_by_its_path(change: dict[str, object], path: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValue) as refused:
        identity(an_identity(**change), path=("identity",))
    assert refused.value.path == path


def test_a_refusal_repeats_nothing_personal() -> None:
    """Names and addresses are personal: they must not stand in a log because they were wrong."""
    with pytest.raises(InvalidValue) as refused:
        particulars(replace(some_particulars(), email="måns at members"), path=("particulars",))
    assert "måns" not in str(refused.value)
