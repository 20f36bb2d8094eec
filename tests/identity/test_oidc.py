"""The federation's own provider, played by a small one on this machine."""

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette

from backend.api.identity.oidc import _own_path
from backend.api.identity.oidc_provider import ProviderFailed, _check_address
from backend.runtime.clock import TravellingClock
from backend.runtime.settings import Settings
from backend.tenants.capabilities import Role
from tests.given.browser import Browser
from tests.given.federation import Federation
from tests.given.oidc_server import CLIENT, SECRET, OidcServer, an_oidc_server
from tests.given.people import Person, a_person, what_happened

REFUSED = "/sign-in?error=SIGN_IN_REFUSED"


@pytest_asyncio.fixture
async def provider(clock: TravellingClock) -> AsyncIterator[OidcServer]:
    async with an_oidc_server() as running:
        running.now = int(clock.now().timestamp())
        yield running


@pytest_asyncio.fixture
async def provider_id(app: Starlette, admin: Person, provider: OidcServer) -> str:
    """The provider as the administrator set it up."""
    browser = await admin.signs_in(app)
    said = {"name": "Idrottens ID", "issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET}
    answer = await browser.post("/auth/provider-settings", said)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


async def started(
    app: Starlette, person: Person, provider_id: str, return_to: str = "/invoices"
) -> tuple[Browser, str]:
    browser = Browser(app=app)
    query = urlencode({"tenant": person.federation.slug, "provider": provider_id, "return_to": return_to})
    answer = await browser.get(f"/auth/oidc/start?{query}")
    assert answer.status_code == 303
    return browser, answer.headers["location"]


async def came_back(browser: Browser, brought: dict[str, str]) -> httpx.Response:
    """From another site, as browsers do it: by navigating."""
    return await browser.get(f"/auth/oidc/callback?{urlencode(brought)}", origin="", sec_fetch_site="cross-site")


async def test_a_person_comes_back_signed_in(
    app: Starlette, admin: Person, provider: OidcServer, provider_id: str
) -> None:
    found = (await Browser(app=app).get(f"/auth/providers?tenant={admin.federation.slug}")).json()
    assert found == {"providers": [{"id": provider_id, "name": "Idrottens ID"}]}
    for _ in range(2):
        browser, location = await started(app, admin, provider_id)
        assert location.startswith(f"{provider.issuer}/authorize?")
        answer = await came_back(browser, provider.authorises(location, subject="s-1", email=admin.email))
        assert (answer.status_code, answer.headers["location"]) == (303, "/invoices")
        assert (await browser.session())["session"]["method"] == "oidc"
    assert (await what_happened(admin.federation)).count("identity-linked") == 1


async def test_the_secret_of_the_provider_is_sealed(app: Starlette, admin: Person, provider_id: str) -> None:
    async with admin.federation.write.database.scope(admin.federation.tenant_id) as connection:
        found = await connection.execute(b"SELECT client_secret_sealed FROM identity_providers")
        [(sealed,)] = await found.fetchall()
    assert SECRET not in sealed
    listed = (await (await admin.signs_in(app)).get("/auth/provider-settings")).text
    assert SECRET not in listed
    assert "/auth/oidc/callback" in listed


async def test_an_address_must_be_verified_and_somebodys(
    app: Starlette, admin: Person, provider: OidcServer, provider_id: str
) -> None:
    """Nobody becomes a user, or another user, by what they typed into a form elsewhere."""
    for email, verified in ((admin.email, False), ("nobody@people.example", True), ("", True)):
        browser, location = await started(app, admin, provider_id)
        brought = provider.authorises(location, subject=f"s-{email}-{verified}", email=email, verified=verified)
        answer = await came_back(browser, brought)
        assert answer.headers["location"] == REFUSED
        assert (await browser.session()) == {"signed_in": False}


async def test_the_answer_belongs_to_the_browser_that_asked(
    app: Starlette, admin: Person, provider: OidcServer, provider_id: str
) -> None:
    """Login CSRF: a link with somebody else's code signs nobody in, and the code is spent."""
    browser, location = await started(app, admin, provider_id)
    brought = provider.authorises(location, subject="s-1", email=admin.email)
    victim = Browser(app=app)
    assert (await came_back(victim, brought)).headers["location"] == REFUSED
    assert (await came_back(browser, brought)).headers["location"] == REFUSED


async def test_an_answer_counts_once_and_in_time(
    app: Starlette, admin: Person, provider: OidcServer, provider_id: str, clock: TravellingClock
) -> None:
    browser, location = await started(app, admin, provider_id)
    brought = provider.authorises(location, subject="s-1", email=admin.email)
    assert (await came_back(browser, brought)).headers["location"] == "/invoices"
    assert (await came_back(browser, brought)).headers["location"] == REFUSED
    browser, location = await started(app, admin, provider_id)
    clock.advance(timedelta(minutes=10))
    provider.now = int(clock.now().timestamp())
    brought = provider.authorises(location, subject="s-1", email=admin.email)
    assert (await came_back(browser, brought)).headers["location"] == REFUSED


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "somebody else"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"azp": "other"},
        {"sub": ""},
        {"exp": "soon"},
    ],
    ids=str,
)
async def test_a_token_for_another_question_is_refused(
    app: Starlette, admin: Person, provider: OidcServer, provider_id: str, claims: dict[str, object]
) -> None:
    provider.claims = claims
    browser, location = await started(app, admin, provider_id)
    answer = await came_back(browser, provider.authorises(location, subject="s-1", email=admin.email))
    assert answer.headers["location"] == REFUSED


async def test_a_token_of_another_key_is_refused(
    app: Starlette, admin: Person, provider: OidcServer, provider_id: str
) -> None:
    provider.signer = rsa.generate_private_key(65537, 2048)
    browser, location = await started(app, admin, provider_id)
    answer = await came_back(browser, provider.authorises(location, subject="s-1", email=admin.email))
    assert answer.headers["location"] == REFUSED


async def test_pkce_binds_the_code_to_the_question(
    app: Starlette, admin: Person, provider: OidcServer, provider_id: str
) -> None:
    browser, location = await started(app, admin, provider_id)
    said = parse_qs(urlsplit(location).query)
    brought = provider.authorises(location, subject="s-1", email=admin.email)
    provider.codes[brought["code"]]["code_challenge"] = "of another question"
    assert said["code_challenge"] != ["of another question"]
    assert (await came_back(browser, brought)).headers["location"] == REFUSED


async def test_whoever_adds_a_provider_must_have_what_anybody_has(
    app: Starlette, admin: Person, provider: OidcServer
) -> None:
    """A provider can say that somebody is anybody here: it must not lift its owner above themselves."""
    await a_person(admin.federation, Role.PLATFORM_OPERATOR)
    said = {"name": "Mine", "issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET}
    answer = await (await admin.signs_in(app)).post("/auth/provider-settings", said)
    assert (answer.status_code, answer.json()["capability"]) == (403, "history.import")


async def test_a_provider_is_one_federations(
    app: Starlette, admin: Person, provider_id: str, other_federation: Federation
) -> None:
    stranger = await a_person(other_federation)
    browser = Browser(app=app)
    query = urlencode({"tenant": other_federation.slug, "provider": provider_id})
    assert (await browser.get(f"/auth/oidc/start?{query}")).headers["location"] == REFUSED
    theirs = await stranger.signs_in(app)
    assert (await theirs.get("/auth/provider-settings")).json() == {"providers": []}
    assert (await theirs.ask("DELETE", f"/auth/provider-settings/{provider_id}")).status_code == 404


@pytest.mark.parametrize(
    ("asked", "gone_to"),
    [
        ("/invoices?status=open", "/invoices?status=open"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_sent_elsewhere(asked: str, gone_to: str) -> None:
    assert _own_path(asked) == gone_to


@pytest.mark.parametrize(
    "url",
    ["http://id.example/", "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "file:///etc"],
)
async def test_our_server_is_not_made_to_ask_its_neighbours(settings: Settings, url: str) -> None:
    """SSRF: the address of a provider comes from a tenant's administrator."""
    from dataclasses import replace

    with pytest.raises(ProviderFailed):
        await _check_address(replace(settings, environment="production"), url)
