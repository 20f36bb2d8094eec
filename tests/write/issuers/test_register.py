"""Who may issue where: the validators of S002-21, and what an issuer must say of itself."""

from typing import Any

import pytest

from backend.rules.issuer_seats import KnownIssuer
from backend.write.issuers.account import SetPaymentAccount, set_account
from backend.write.issuers.identity import ChangeIssuerIdentity, change_identity
from backend.write.issuers.register import IssuerInconsistent, RegisterIssuer, register
from backend.write.refusal import AlreadyExists, InvalidValue
from tests.given.parties import HERE, a_district, a_wanted_issuer, an_account, an_identity, an_issuer

DISTRICT = a_district()


def registered(command: RegisterIssuer, *, kind: str | None = "national", **around: Any) -> Any:
    return register(command, tenant_id=HERE, tenant_kind=kind, **({"nodes": {DISTRICT}, "earlier": ()} | around))


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"issuer_type": "platform"}, "platform"),
        ({"issuer_type": "tenant"}, "national"),
        ({"issuer_type": "tenant"}, "international"),
        ({"issuer_type": "org_node", "org_node_id": DISTRICT}, "national"),
    ],
)
def test_platform_tenant_and_org_node_issue_each_in_its_place(changes: dict[str, Any], kind: str) -> None:
    """S002-18, S002-19: three types of issuer, and the tenant is that of the journal."""
    event = registered(a_wanted_issuer(**changes), kind=kind)
    assert event.issuer_type == changes["issuer_type"]
    assert event.issuer_tenant_id == HERE
    assert event.issuer_org_node_id == changes.get("org_node_id")
    assert event.accounting_currency == "SEK"


@pytest.mark.parametrize(
    ("changes", "kind", "path"),
    [
        ({"issuer_type": "platform"}, "national", ("issuerType",)),
        ({"issuer_type": "tenant"}, "platform", ("issuerType",)),
        ({"issuer_type": "platform"}, None, ("issuerType",)),
        ({"issuer_type": "tenant", "org_node_id": DISTRICT}, "national", ("orgNodeId",)),
        ({"issuer_type": "org_node"}, "national", ("orgNodeId",)),
        ({"issuer_type": "org_node", "org_node_id": a_district()}, "national", ("orgNodeId",)),
    ],
)
def test_an_issuer_that_contradicts_itself_is_refused(
    changes: dict[str, Any], kind: str | None, path: tuple[str, ...]
) -> None:
    """S002-21: validators enforce issuer consistency."""
    with pytest.raises(IssuerInconsistent) as refused:
        registered(a_wanted_issuer(**changes), kind=kind)
    assert refused.value.path == path


def test_each_seat_is_taken_once() -> None:
    """S002-21: one issuer for the tenant, one for each org node."""
    other = a_wanted_issuer().issuer_id
    with pytest.raises(AlreadyExists):
        registered(a_wanted_issuer(), earlier=(KnownIssuer(other, "tenant", None, "SE"),))
    seated = (KnownIssuer(other, "org_node", DISTRICT, "SE"),)
    with pytest.raises(AlreadyExists):
        registered(a_wanted_issuer(issuer_type="org_node", org_node_id=DISTRICT), earlier=seated)
    assert registered(a_wanted_issuer(), earlier=seated).issuer_type == "tenant"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"jurisdiction": "XX"}, ("jurisdiction",)),
        ({"currency": "XBT"}, ("currency",)),
        ({"accounting_currency": "XBT"}, ("accountingCurrency",)),
        ({"time_zone": "Mars/Olympus"}, ("timeZone",)),
        ({"time_zone": "../../etc/passwd"}, ("timeZone",)),
        ({"time_zone": ""}, ("timeZone",)),
        ({"language": "svenska"}, ("language",)),
        ({"terms_days": 366}, ("termsDays",)),
        ({"identity": an_identity(name=" ")}, ("identity", "name")),
        ({"identity": an_identity(name="a\nb")}, ("identity", "name")),
        ({"identity": an_identity(email="a@b.example, c@d.example")}, ("identity", "email")),
        ({"identity": an_identity(website="javascript:alert(1)")}, ("identity", "website")),
    ],
)
def test_what_is_wrong_is_pointed_at(changes: dict[str, Any], path: tuple[str, ...]) -> None:
    """S002-15: the identity of an issuer is printed, so it is checked before."""
    with pytest.raises(InvalidValue) as refused:
        registered(a_wanted_issuer(**changes))
    assert refused.value.path == path


def test_an_identity_is_changed_as_a_whole() -> None:
    """S002-15: the new identity is for invoices issued from now on."""
    command = ChangeIssuerIdentity(issuer_id=an_issuer().issuer_id, identity=an_identity(name="  Skånes  "))
    assert change_identity(command).identity.name == "Skånes"


def test_an_account_is_stored_in_one_spelling() -> None:
    """S002-16: payment instructions are printed from checked numbers."""
    wanted = an_account(
        iban="se45 5000 0000 0583 9825 7466", bic="esse sess", bankgiro="50501055", swish="123 467 93 04"
    )
    account = set_account(SetPaymentAccount(issuer_id=an_issuer().issuer_id, account=wanted)).account
    assert (account.iban, account.bic) == ("SE4550000000058398257466", "ESSESESS")
    assert (account.bankgiro, account.swish) == ("5050-1055", "1234679304")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"iban": "SE4550000000058398257467"}, "iban"),
        ({"bic": "ESSE"}, "bic"),
        ({"bankgiro": "5050-1056"}, "bankgiro"),
        ({"swish": "0123456789"}, "swish"),
        ({"reference": "kid"}, "reference"),
        ({"account_id": "a\tb"}, "accountId"),
        ({"holder": "x" * 71}, "holder"),
    ],
)
def test_an_account_nobody_could_pay_to_is_refused(changes: dict[str, Any], field: str) -> None:
    """S002-16: check digits are checked before a debtor finds out."""
    with pytest.raises(InvalidValue) as refused:
        set_account(SetPaymentAccount(issuer_id=an_issuer().issuer_id, account=an_account(**changes)))
    assert refused.value.path == ("account", field)


def test_an_account_has_a_number() -> None:
    """S002-16: a holder alone is nowhere to pay."""
    with pytest.raises(InvalidValue):
        set_account(SetPaymentAccount(issuer_id=an_issuer().issuer_id, account=an_account(iban="")))
