"""What is decided at the door without asking anybody: clients, invitations, links, providers, ways to sign in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.tenants.actor import Actor, Forbidden, Reach
from backend.tenants.capabilities import Capability
from backend.tenants.identity.challenges import Challenge
from backend.values.identifiers import OrgNodeId, TenantId, UserId
from backend.values.why import Why
from backend.write.identity.clients import MAX_CLIENT_DAYS, MAX_JWK, RegisterApiClient, narrowed, register_client
from backend.write.identity.invitations import InviteUser, invitation
from backend.write.identity.letters import Link, LinkRefused, followed
from backend.write.identity.providers import AddIdentityProvider, add_provider
from backend.write.identity.sessions import method_named
from backend.write.refusal import InvalidValue

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NODE = OrgNodeId(uuid4())
PROGRAM = RegisterApiClient(
    client_id=uuid4(),
    name=" Licences ",
    capabilities=("gate.check", "debtors.read", "gate.check"),
    org_node_id=NODE,
    public_jwk="{}",
    thumbprint="x",
    days=30,
)
PROVIDER = AddIdentityProvider(
    provider_id=uuid4(), name="Idrottens ID", issuer="https://id.example", client_id="carreau", client_secret_sealed="s"
)


def a_giver(*, node: OrgNodeId = NODE) -> Actor:
    reaches = {each: Reach(frozenset({node})) for each in (Capability.GATE_CHECK, Capability.DEBTORS_READ)}
    return Actor(tenant_id=TenantId(uuid4()), principal="user:admin", reaches=reaches)


def test_a_program_gets_what_its_giver_has_there() -> None:
    registered = register_client(PROGRAM, a_giver(), at=NOW)
    assert (registered.name, registered.capabilities) == ("Licences", ("debtors.read", "gate.check"))
    assert registered.expires_at == NOW + timedelta(days=30)


def test_nobody_gives_a_program_more_than_they_have() -> None:
    with pytest.raises(Forbidden):
        register_client(PROGRAM, a_giver(node=OrgNodeId(uuid4())), at=NOW)
    with pytest.raises(Forbidden):
        register_client(replace(PROGRAM, capabilities=("invoices.issue",)), a_giver(), at=NOW)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"days": 0}, Why.OUT_OF_RANGE),
        ({"days": MAX_CLIENT_DAYS + 1}, Why.OUT_OF_RANGE),
        ({"public_jwk": "x" * (MAX_JWK + 1)}, Why.TOO_LONG),
        ({"capabilities": ()}, Why.CAPABILITIES_MISSING),
        ({"capabilities": ("system",)}, Why.CAPABILITIES_MISSING),
        ({"capabilities": ("platform.operate",)}, Why.CAPABILITIES_MISSING),
    ],
)
def test_a_program_is_limited_in_time_and_never_a_worker_or_an_operator(change: dict[str, Any], why: Why) -> None:
    with pytest.raises(InvalidValue) as refused:
        register_client(replace(PROGRAM, **change), a_giver(), at=NOW)
    assert refused.value.why is why


def test_a_token_allows_what_was_asked_for_and_never_more_than_the_program_may() -> None:
    assert narrowed((), ("gate.check", "debtors.read")) == ("debtors.read", "gate.check")
    assert narrowed(("gate.check",), ("gate.check", "debtors.read")) == ("gate.check",)
    with pytest.raises(InvalidValue):
        narrowed(("invoices.read",), ("gate.check",))


@pytest.mark.parametrize(
    ("change", "path"),
    [({"email": "nobody"}, "email"), ({"name": " "}, "name"), ({"language": "xx"}, "language"), ({}, "")],
)
def test_an_invitation_names_somebody_who_can_be_written_to(change: dict[str, str], path: str) -> None:
    said = InviteUser(
        user_id=UserId(uuid4()),
        email="ny@members.example",
        name="Ny Kassör ",
        language="sv",
        role="club_admin",
        org_node_id=NODE,
        link=Link(letter_id=uuid4(), digest=b"", sealed=""),
    )
    if not path:
        assert invitation(said) == ("Ny Kassör", "ny@members.example", "sv")
        return
    with pytest.raises(InvalidValue) as refused:
        invitation(replace(said, **change))  # type: ignore[arg-type]
    assert refused.value.path == (path,)


def test_a_link_is_for_the_person_it_was_mailed_to() -> None:
    """Unknown, used and somebody else's are the same refusal, so that nobody learns which."""
    me = UserId(uuid4())
    mine = Challenge(kind="reset", user_id=me, data={}, expires_at=NOW)
    followed(mine, me)
    for link in (None, replace(mine, user_id=UserId(uuid4())), replace(mine, user_id=None)):
        with pytest.raises(LinkRefused):
            followed(link, me)


@pytest.mark.parametrize(
    "address",
    ["ftp://id.example", "https://", "https://a@id.example", "https://id.example?x=1", "https://id.example#x"],
)
def test_a_provider_has_an_address_and_nothing_else_in_it(address: str) -> None:
    assert add_provider(PROVIDER).issuer == "https://id.example"
    with pytest.raises(InvalidValue) as refused:
        add_provider(replace(PROVIDER, issuer=address))
    assert refused.value.why is Why.NOT_A_PROVIDER_ADDRESS


def test_a_way_to_sign_in_is_one_of_those_that_there_are() -> None:
    assert method_named("password") == "password"
    with pytest.raises(InvalidValue):
        method_named("charm")
