"""Programs: a key of their own, a signed proof that counts once, a token for minutes, nothing beyond their scope."""

import base64
import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from starlette.applications import Starlette

from backend.api.graphql.identifiers import encoded
from backend.runtime.clock import TravellingClock
from backend.runtime.settings import Settings
from backend.tenants.capabilities import Role
from tests.given.browser import Browser
from tests.given.federation import Federation
from tests.given.people import Person, a_person, what_happened


@dataclass(kw_only=True)
class Program:
    """A client of the API, outside any browser."""

    app: Starlette
    clock: TravellingClock
    audience: str
    client_id: str
    key: Any
    algorithm: str = "EdDSA"

    def assertion(self, **changes: Any) -> str:
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.audience,
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + 60,
            **changes,
        }
        return jwt.encode({k: v for k, v in claims.items() if v is not None}, self.key, algorithm=self.algorithm)

    async def asks(self, assertion: str | None = None, **changes: str) -> httpx.Response:
        form = {
            "grant_type": "client_credentials",
            "client_assertion": assertion or self.assertion(),
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            **changes,
        }
        transport = httpx.ASGITransport(app=self.app, client=(Browser(app=self.app).ip, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            return await client.post("/oauth/token", data=form)

    async def gets(self, path: str, token: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            return await client.get(path, headers={"authorization": f"Bearer {token}"})


async def a_program(
    app: Starlette,
    admin: Person,
    clock: TravellingClock,
    settings: Settings,
    *,
    key: Any = None,
    algorithm: str = "",
    public_jwk: Any = None,
    capabilities: tuple[str, ...] = ("invoices.read", "reports.read"),
    days: int = 30,
) -> Program:
    browser = await admin.signs_in(app)
    said = {
        "name": "Licence system",
        "capabilities": list(capabilities),
        "days": days,
        "org_node_id": encoded("OrgNode", admin.federation.root),
        "public_jwk": public_jwk,
    }
    answer = await browser.post("/auth/clients", said)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    signing = key or jwt.PyJWK(made["private_jwk"], algorithm="EdDSA").key
    return Program(
        app=app,
        clock=clock,
        audience=f"{settings.public_url}/oauth/token",
        client_id=made["client_id"],
        key=signing,
        algorithm=algorithm or "EdDSA",
    )


@pytest.fixture
def make(app: Starlette, admin: Person, clock: TravellingClock, settings: Settings) -> Any:
    async def made(**changes: Any) -> Program:
        return await a_program(app, admin, clock, settings, **changes)

    return made


async def test_a_proof_becomes_a_token_that_works(make: Any, admin: Person, clock: TravellingClock) -> None:
    program = await make()
    answer = await program.asks(scope="invoices.read")
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["token_type"], said["expires_in"], said["scope"]) == ("Bearer", 600, "invoices.read")
    assert answer.headers["cache-control"] == "no-store"
    token = said["access_token"]
    assert (await program.gets("/api/v1/invoices", token)).status_code == 200
    refused = await program.gets("/api/v1/reports/aging", token)
    assert (refused.status_code, refused.json()["capability"]) == (403, "reports.read"), "asked for less, has less"
    clock.advance(timedelta(minutes=10))
    assert (await program.gets("/api/v1/invoices", token)).status_code == 401
    assert {"api-client-registered", "access-token-issued"} <= set(await what_happened(admin.federation))


async def test_a_proof_counts_once(make: Any) -> None:
    """RFC 7523 3: a replayed assertion is refused, though its time has not run out."""
    program = await make()
    assertion = program.assertion()
    assert (await program.asks(assertion)).status_code == 200
    replayed = await program.asks(assertion)
    assert (replayed.status_code, replayed.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "https://elsewhere.example/token"},
        {"aud": None},
        {"sub": "somebody"},
        {"iss": "somebody"},
        {"jti": None},
        {"jti": ""},
        {"jti": "x" * 201},
        {"exp": None},
        {"exp": 1},
        {"exp": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"exp": "soon"},
    ],
    ids=str,
)
async def test_a_proof_for_something_else_is_no_proof(make: Any, changes: dict[str, Any]) -> None:
    program = await make()
    answer = await program.asks(program.assertion(**changes))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_another_key_is_no_proof(make: Any) -> None:
    first, second = await make(), await make()
    first.key = second.key
    assert (await first.asks()).json()["error"] == "invalid_client"
    unsigned = jwt.encode({"iss": first.client_id}, key="", algorithm="none")
    assert (await first.asks(unsigned)).json()["error"] == "invalid_client"
    assert (await first.asks("nonsense")).json()["error"] == "invalid_client"


@pytest.mark.parametrize("kind", ["EC", "RSA"])
async def test_a_program_may_bring_its_own_key(make: Any, kind: str) -> None:
    key: Any = ec.generate_private_key(ec.SECP256R1()) if kind == "EC" else rsa.generate_private_key(65537, 2048)
    family = jwt.algorithms.ECAlgorithm if kind == "EC" else jwt.algorithms.RSAAlgorithm
    public = family.to_jwk(key.public_key(), as_dict=True)
    program = await make(key=key, algorithm="ES256" if kind == "EC" else "RS256", public_jwk=public)
    assert (await program.asks()).status_code == 200
    # The public key as a password: what libraries have fallen for.
    head, body, _ = program.assertion().split(".")
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
    mac = hmac.new(json.dumps(public).encode(), f"{head}.{body}".encode(), sha256).digest()
    forged = f"{head}.{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
    assert (await program.asks(forged)).json()["error"] == "invalid_client"


async def test_weak_and_strange_keys_are_refused(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    short = rsa.generate_private_key(65537, 1024)  # noqa: S505 - the weak key that must be refused
    weak = jwt.algorithms.RSAAlgorithm.to_jwk(short.public_key(), as_dict=True)
    for jwk in (weak, {"kty": "oct", "k": "c2VjcmV0"}, {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}, {}):
        said = {
            "name": "x",
            "capabilities": ["gate.check"],
            "org_node_id": encoded("OrgNode", admin.federation.root),
            "public_jwk": jwk,
        }
        assert (await browser.post("/auth/clients", said)).status_code == 400, jwk


async def test_errors_are_those_of_the_standard(make: Any) -> None:
    """RFC 6749 5.2."""
    program = await make()
    assert (await program.asks(scope="tax.manage")).json()["error"] == "invalid_scope"
    assert (await program.asks(grant_type="password")).json()["error"] == "unsupported_grant_type"
    assert (await program.asks(client_assertion_type="x")).json()["error"] == "invalid_request"
    assert (await program.asks(client_id="another")).json()["error"] == "invalid_client"


async def test_the_key_is_shown_once_and_not_kept(make: Any, admin: Person, app: Starlette) -> None:
    program = await make()
    browser = await admin.signs_in(app)
    answer = (await browser.get("/auth/clients")).json()
    listed = answer["clients"]
    assert [each["client_id"] for each in listed] == [program.client_id]
    # What the server is called outside, which the browser cannot know.
    assert answer["token_endpoint"] == f"{answer['audience']}/oauth/token" == program.audience
    assert "private" not in json.dumps(listed)
    async with admin.federation.write.database.scope(admin.federation.tenant_id) as connection:
        found = await connection.execute(b"SELECT public_jwk FROM identity_clients")
        [(kept,)] = await found.fetchall()
    assert set(json.loads(kept)) == {"crv", "kty", "x"}


async def test_a_revoked_program_is_shut_out_at_once(make: Any, admin: Person, app: Starlette) -> None:
    program = await make()
    token = (await program.asks()).json()["access_token"]
    browser = await admin.signs_in(app)
    [listed] = (await browser.get("/auth/clients")).json()["clients"]
    assert (await browser.ask("DELETE", f"/auth/clients/{listed['id']}")).status_code == 204
    assert (await program.gets("/api/v1/invoices", token)).status_code == 401
    assert (await program.asks()).json()["error"] == "invalid_client"
    assert (await browser.ask("DELETE", f"/auth/clients/{listed['id']}")).status_code == 409


async def test_a_program_expires(make: Any, clock: TravellingClock) -> None:
    program = await make(days=1)
    clock.advance(timedelta(days=1))
    assert (await program.asks()).json()["error"] == "invalid_client"


async def test_nobody_gives_a_program_more_than_they_have(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    node = encoded("OrgNode", admin.federation.root)
    for capability, status in (("system", 400), ("history.import", 403), ("nonsense", 400)):
        said = {"name": "x", "capabilities": [capability], "org_node_id": node}
        assert (await browser.post("/auth/clients", said)).status_code == status
    treasurer = await (await a_person(admin.federation, Role.DISTRICT_TREASURER)).signs_in(app)
    said = {"name": "x", "capabilities": ["gate.check"], "org_node_id": node}
    assert (await treasurer.post("/auth/clients", said)).status_code == 403


async def test_a_program_sees_its_part_of_the_tree_and_its_federation_only(
    make: Any, admin: Person, app: Starlette, other_federation: Federation
) -> None:
    program = await make()
    token = (await program.asks()).json()["access_token"]
    stranger = await (await a_person(other_federation)).signs_in(app)
    assert (await stranger.get("/auth/clients")).json()["clients"] == []
    [listed] = (await (await admin.signs_in(app)).get("/auth/clients")).json()["clients"]
    assert (await stranger.ask("DELETE", f"/auth/clients/{listed['id']}")).status_code == 404
    assert (await program.gets("/api/v1/invoices", token)).status_code == 200


async def test_old_tokens_keep_working(app: Starlette, federation: Federation) -> None:
    from tests.api.caller import a_caller

    caller = await a_caller(app, federation)
    async with caller.client() as client:
        assert (await client.get("/api/v1/invoices")).status_code == 200
        assert (await client.get("/auth/sessions")).status_code == 401, "a token is not a session"
