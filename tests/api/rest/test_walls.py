"""Every endpoint of the table against the walls: no token, no right, another federation's things."""

import re
from dataclasses import asdict

import httpx
import pytest
from starlette.applications import Starlette

from backend.api.rest.endpoint import Endpoint
from backend.api.rest.table import ENDPOINTS
from backend.tenants.capabilities import Role
from backend.tenants.onboarding import add_org_node
from backend.values.identifiers import OrgNodeId
from tests.api.caller import Caller, a_caller
from tests.api.rest.conftest import API
from tests.api.rest.given import an_invoice, caught_up
from tests.api.rest.probes import PROBES, REFUSED, Probe
from tests.given.every_command import a_scene
from tests.given.federation import Federation

EVERY = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[0-9:.]+Z?")


def test_every_endpoint_has_a_probe() -> None:
    """C36: an endpoint that nobody tried from outside is not published."""
    assert {endpoint.name for endpoint in ENDPOINTS} == set(PROBES)


def test_every_endpoint_has_a_name_of_its_own() -> None:
    assert len({endpoint.name for endpoint in ENDPOINTS}) == len(ENDPOINTS)


@EVERY
async def test_nobody_is_answered_without_a_token(endpoint: Endpoint, app: Starlette) -> None:
    """S000-12, E.2: 401 with a challenge, before anything else is looked at."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=API) as client:
        for path in (endpoint.path, *endpoint.aliases):
            answer = await client.request(endpoint.method, re.sub(r"{\w+}", "x", path))
            assert answer.status_code == 401
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["code"] == "UNAUTHENTICATED"
            assert answer.headers["www-authenticate"].startswith("Bearer")


@EVERY
async def test_nobody_is_answered_without_the_capability(
    endpoint: Endpoint, app: Starlette, federation: Federation
) -> None:
    """S000-12: 403 that names the capability, before the body is read."""
    nobody = await a_caller(app, federation)
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await connection.execute("DELETE FROM grants WHERE user_id = %s", (nobody.user_id,))
    async with nobody.client() as client:
        client.base_url = httpx.URL(API)
        answer = await client.request(endpoint.method, re.sub(r"{\w+}", "x", endpoint.path), content=b"not json")
    assert answer.status_code == 403, answer.text
    assert answer.json()["code"] == "FORBIDDEN"
    assert endpoint.capability is not None
    assert answer.json()["capability"] == endpoint.capability.value


@EVERY
async def test_what_is_ones_own_is_answered(
    endpoint: Endpoint, rest: httpx.AsyncClient, federation: Federation
) -> None:
    """S002-2: each probe aims right, so that a 404 through the wall means the wall. Aliases answer the same."""
    scene = await a_scene(federation)
    await caught_up(federation)
    answer = await PROBES[endpoint.name](scene).send(rest, endpoint)
    if endpoint.name in REFUSED:
        assert (answer.status_code, answer.json()["code"]) == REFUSED[endpoint.name]
    else:
        assert answer.status_code == endpoint.status, answer.text
        if answer.content:
            assert answer.headers["content-type"].split(";")[0] in endpoint.produces
    for alias in endpoint.aliases:
        again = await PROBES[endpoint.name](scene).send(rest, endpoint, alias=alias)
        assert again.status_code in (403, 409), "the alias leads to the same invoice, which has moved on"


@EVERY
async def test_another_federations_things_do_not_exist(
    endpoint: Endpoint, federation: Federation, other_federation: Federation, stranger: Caller
) -> None:
    """C36: a foreign id is answered byte for byte like an id nobody ever had, and nothing foreign is shown."""
    scene = await a_scene(federation)
    await caught_up(federation)
    await caught_up(other_federation)
    async with stranger.client() as client:
        client.base_url = httpx.URL(API)
        probe = PROBES[endpoint.name](scene)
        foreign = await probe.send(client, endpoint)
        unknown = await PROBES[endpoint.name](scene.strange()).send(client, endpoint)
    if probe.aims:
        assert told(foreign) == told(unknown)
        assert not probe.path or foreign.status_code == 404
    shows = foreign.text
    asked = _asked(probe)
    for name, identifier in asdict(scene).items():
        assert str(identifier) not in shows or str(identifier) in asked, name
    assert federation.slug not in shows


async def test_a_club_admin_sees_only_their_club(app: Starlette, federation: Federation) -> None:
    """S002-30: a club sees its own members and what they owe, and nobody else's."""
    theirs = await federation.a_member("Anna Andersson")
    other_club = OrgNodeId(federation.write.new_id())
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await add_org_node(
            connection,
            federation.tenant_id,
            other_club,
            parent=federation.district,
            kind="club",
            name="Other",
            code="STO-2",
        )
    invoice = await an_invoice(federation, theirs)
    elsewhere = await a_caller(app, federation, Role.CLUB_ADMIN, node=other_club)
    at_home = await a_caller(app, federation, Role.CLUB_ADMIN, node=federation.club)
    for caller, sees in ((elsewhere, False), (at_home, True)):
        async with caller.client() as client:
            client.base_url = httpx.URL(API)
            for path in (
                f"/invoices/{invoice}",
                f"/invoices/{invoice}/html",
                f"/invoices/{invoice}/history",
                f"/debtors/{theirs}",
                f"/debts/check/{theirs}",
                f"/invoices/{invoice}/payments",
            ):
                assert (await client.get(path)).status_code == (200 if sees else 404), path
            for path in ("/invoices", "/debtors", "/deliveries"):
                listed = await client.get(path)
                assert (str(theirs) in listed.text) == (sees and path != "/deliveries"), path
            for path in ("/debts", "/dashboard", "/reports/aging", "/activity"):
                assert (await client.get(path)).status_code == 403, path


def told(answer: httpx.Response) -> tuple[int, str, str]:
    """What a client learns, without what is different each time."""
    body = _INSTANT.sub("<instant>", _UUID.sub("<id>", answer.text))
    return answer.status_code, answer.headers.get("content-type", ""), body


def _asked(probe: Probe) -> str:
    return repr((probe.path, probe.query, probe.body))
