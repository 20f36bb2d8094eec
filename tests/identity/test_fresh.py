"""Dangerous commands ask who one is once more, in one place for GraphQL, REST and everything else."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette

from backend.api.graphql.identifiers import encoded
from backend.runtime.clock import TravellingClock
from backend.tenants.actor import Actor, Reach
from backend.tenants.capabilities import Capability
from backend.write.execute import execute
from backend.write.refusal import FreshSignInRequired
from backend.write.registry import COMMANDS
from tests.given.every_command import OWN_TENANT_ONLY, SAMPLES, a_scene
from tests.given.federation import Federation
from tests.given.people import PASSWORD, Person, a_person

DANGEROUS = {command.__name__ for command, handled in COMMANDS.items() if handled.dangerous}
GRANT = """mutation ($input: GrantRoleInput!) { grantRole(input: $input) {
    __typename ... on Refused { code } } }"""


def test_the_list_of_dangerous_commands_is_the_list() -> None:
    """A change here is a decision: look at it twice."""
    assert {"GrantRole", "RevokeRole", "CreateToken", "RevokeToken"} < DANGEROUS
    assert {"ErasePersonalData", "TurnDeliverySwitch"} < DANGEROUS
    assert {"AddPasskey", "RemoveTotp", "InviteUser", "RegisterApiClient", "AddIdentityProvider"} < DANGEROUS


@pytest.mark.parametrize("name", sorted(DANGEROUS))
async def test_no_dangerous_command_is_carried_out_by_a_stale_session(
    name: str, federation: Federation, clock: TravellingClock
) -> None:
    scene = await a_scene(federation)
    stale = Actor(
        tenant_id=federation.tenant_id,
        principal="user:somebody",
        reaches=dict.fromkeys(Capability, Reach(None)),
        session_id=scene.session_id,
        fresh_at=clock.now() - timedelta(minutes=16),
    )
    with pytest.raises(FreshSignInRequired):
        await execute(federation.write, stale, (SAMPLES | OWN_TENANT_ONLY)[name](scene))


async def test_graphql_says_so_and_a_fresh_sign_in_helps(
    app: Starlette, admin: Person, federation: Federation, clock: TravellingClock
) -> None:
    browser = await admin.signs_in(app)
    other = await a_person(federation)
    said = {
        "userId": encoded("User", other.user_id),
        "role": "CLUB_ADMIN",
        "orgNodeId": encoded("OrgNode", federation.club),
    }
    body = {"query": GRANT, "variables": {"input": said}}
    clock.advance(timedelta(minutes=16))
    refused = (await browser.post("/graphql", body)).json()["data"]["grantRole"]
    assert refused == {"__typename": "Refused", "code": "FRESH_SIGN_IN_REQUIRED"}
    before = browser.thief()
    assert (await browser.post("/auth/fresh", {"password": "wrong wrong"})).status_code == 401
    assert (await browser.post("/auth/fresh", {"password": PASSWORD})).status_code == 200
    assert (await before.session()) == {"signed_in": False}, "more rights, another secret"
    assert (await browser.post("/graphql", body)).json()["data"]["grantRole"]["__typename"] == "RoleSuccess"


async def test_rest_says_so_with_a_problem(app: Starlette, admin: Person, clock: TravellingClock) -> None:
    browser = await admin.signs_in(app)
    clock.advance(timedelta(minutes=16))
    answer = await browser.post(
        "/auth/clients",
        {"name": "x", "capabilities": ["gate.check"], "org_node_id": encoded("OrgNode", admin.federation.root)},
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "FRESH_SIGN_IN_REQUIRED")
