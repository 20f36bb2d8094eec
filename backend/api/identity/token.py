"""`POST /oauth/token`: client credentials with a signed assertion (RFC 7523), answered as RFC 6749 5 says."""

from datetime import timedelta
from typing import Any, Final
from urllib.parse import parse_qs

import jwt
import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from backend.api.authentication import ip_of, services_of
from backend.api.csrf import origin_of
from backend.api.dispatch import record
from backend.api.identity.keys import UnusableKey, claims_of, in_time
from backend.runtime.settings import Settings
from backend.services import Services
from backend.tenants.actor import door_actor
from backend.tenants.identity.clients import MAX_ASSERTION_AGE, ApiClient, access_token, client_of, parsed_client_id
from backend.tenants.identity.secrets import new_handle
from backend.tenants.identity.throttle import ADDRESS, TOKENS, Tried, attempt, network_of, succeeded
from backend.values.identifiers import TenantId
from backend.write.identity.clients import IssueAccessToken
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound

ENDPOINT: Final = "/oauth/token"
ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
MAX_BODY: Final = 16 * 1024
MAX_FIELDS: Final = 20
MAX_JTI: Final = 200
LEEWAY: Final = timedelta(seconds=30)


class OAuthError(Exception):
    """An error of RFC 6749 5.2. What exactly is wrong with a proof is told to nobody."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status


def audiences(settings: Settings) -> tuple[str, str]:
    """Whom an assertion may be addressed to: the endpoint, or the origin it has for everybody outside."""
    origin = origin_of(settings.public_url)
    return origin + ENDPOINT, origin


async def issue_token(request: Request) -> Response:
    """The endpoint."""
    try:
        body = await _issued(request)
    except OAuthError as error:
        body = {"error": error.error, "error_description": error.description}
        return JSONResponse(body, error.status, headers={"cache-control": "no-store"})
    return JSONResponse(body, headers={"cache-control": "no-store", "pragma": "no-cache"})


async def _issued(request: Request) -> dict[str, Any]:
    services, said = services_of(request), await _form(request)
    if said.get("grant_type") != "client_credentials":
        raise OAuthError("unsupported_grant_type", "the grant is client_credentials")
    if said.get("client_assertion_type") != ASSERTION_TYPE or "client_assertion" not in said:
        raise OAuthError("invalid_request", f"prove the client by a client_assertion of type {ASSERTION_TYPE}")
    address = Tried(ADDRESS, network_of(ip_of(request)))
    await _count(services, address)
    tenant_id, client, jti = await _proved(services, said)
    await succeeded(services.database, address=address)
    await _count(services, Tried(TOKENS, str(client.client_id)))
    handle = new_handle(tenant_id)
    command = IssueAccessToken(
        client_id=client.client_id, capabilities=tuple(said.get("scope", "").split()), digest=handle.digest, jti=jti
    )
    door = door_actor(tenant_id, None, ip=ip_of(request))
    try:
        receipt = await record(services, door, command)
    except InvalidValue:
        raise OAuthError("invalid_scope", "the client was not given this scope") from None
    except (AlreadyExists, NotFound):
        raise _unproved() from None
    return {
        "access_token": access_token(handle),
        "token_type": "Bearer",
        "expires_in": receipt.answer["expires_in"],
        "scope": receipt.answer["scope"],
    }


async def _proved(services: Services, said: dict[str, str]) -> tuple[TenantId, ApiClient, str]:
    """The client whose key signed the assertion, and the assertion's own name. Raises `OAuthError`."""
    assertion, at = said["client_assertion"], services.clock.now()
    try:
        named = jwt.decode(assertion, options={"verify_signature": False}).get("iss")
    except jwt.InvalidTokenError:
        raise _unproved() from None
    # Only whose key to try is taken from the unverified text; everything else is read once the signature holds.
    ids = parsed_client_id(named) if isinstance(named, str) else None
    if ids is None or said.get("client_id", named) != named:
        raise _unproved()
    async with services.database.scope(ids[0]) as connection:
        client = await client_of(connection, *ids)
    if client is None or not client.works(at):
        raise _unproved()
    try:
        claims = claims_of(
            assertion,
            msgspec.json.decode(client.public_jwk),
            audience=list(audiences(services.settings)),
            issuer=str(named),
        )
    except (jwt.InvalidTokenError, UnusableKey):
        raise _unproved() from None
    jti = claims.get("jti")
    if claims.get("sub") != named or not isinstance(jti, str) or not 0 < len(jti) <= MAX_JTI:
        raise _unproved()
    if not in_time(claims, at=at, longest=MAX_ASSERTION_AGE, leeway=LEEWAY):
        raise _unproved()
    return ids[0], client, jti


async def _count(services: Services, tried: Tried) -> None:
    if await attempt(services.database, tried, at=services.clock.now()) is not None:
        raise OAuthError("temporarily_unavailable", "too many requests: wait a little", status=429)


async def _form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise OAuthError("invalid_request", "the body is application/x-www-form-urlencoded")
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_BODY:
            raise OAuthError("invalid_request", f"the body has at most {MAX_BODY} bytes", status=413)
    try:
        fields = parse_qs(content.decode("ascii"), strict_parsing=bool(content), max_num_fields=MAX_FIELDS)
    except ValueError:
        raise OAuthError("invalid_request", "the body is application/x-www-form-urlencoded") from None
    if any(len(values) > 1 for values in fields.values()):
        raise OAuthError("invalid_request", "name every parameter once")
    return {name: values[0] for name, values in fields.items()}


def _unproved() -> OAuthError:
    return OAuthError("invalid_client", "the assertion does not prove a client of ours", status=401)
