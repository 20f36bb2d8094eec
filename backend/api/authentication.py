"""Who is calling: a bearer token or a session's cookie becomes an `Actor`, with every capability as granted at this
very moment. GraphQL, REST, files and subscriptions all ask here."""

from typing import Final

from starlette.requests import HTTPConnection

from backend.api.budget import spend_as_nobody
from backend.api.csrf import CsrfRefused, check_csrf, check_origin, knows_session
from backend.runtime.settings import Settings
from backend.services import Services
from backend.tenants.actor import Actor
from backend.tenants.directory import Along, authenticate
from backend.tenants.identity import clients
from backend.tenants.identity.sessions import actor_of_session

SCHEME: Final = "bearer"
# Our own name for a session where there is no cookie to look at again: in a WebSocket that stays open.
SESSION_SCHEME: Final = "session"


class Unauthenticated(Exception):
    """No token, or one that opens nothing. `presented` tells the two apart for the challenge, and for nobody else."""

    def __init__(self, *, presented: bool) -> None:
        super().__init__("this token is not valid" if presented else "this address needs a bearer token or a session")
        self.presented = presented


async def authenticated(request: HTTPConnection, along: Along | None = None) -> Actor:
    """The actor of a request, by its `Authorization` header or else its cookie. Raises `Unauthenticated` (and, when an
    address goes on and on without a credential, `Throttled`); for a cookie that may have been borrowed, `CsrfRefused`.
    """
    try:
        actor = await _proved(request, along)
    except Unauthenticated:
        await spend_as_nobody(services_of(request).budgets, ip_of(request))
        raise
    request.state.actor = actor
    return actor


async def _proved(request: HTTPConnection, along: Along | None) -> Actor:
    services, ip = services_of(request), ip_of(request)
    authorization, session = request.headers.get("authorization", ""), session_of(request)
    if authorization or not session:
        return await actor_for(services, authorization, ip=ip, along=along)
    check_csrf(request, services.settings, session)
    found = await actor_of_session(services.database, session, at=services.clock.now(), ip=ip)
    if found is None:
        raise Unauthenticated(presented=True)
    return found


async def actor_for(services: Services, authorization: str, *, ip: str | None, along: Along | None = None) -> Actor:
    """The actor an `Authorization` value stands for. Raises `Unauthenticated`."""
    scheme, _, token = authorization.strip().partition(" ")
    token = token.strip()
    if scheme.lower() not in (SCHEME, SESSION_SCHEME) or not token:
        raise Unauthenticated(presented=False)
    actor: Actor | None
    if scheme.lower() == SESSION_SCHEME:
        # Only somebody who is there keeps a session alive: a subscription left open does not.
        actor = await actor_of_session(services.database, token, at=services.clock.now(), ip=ip, touch=False)
    elif token.startswith(clients.TOKEN_PREFIX):
        actor = await clients.actor_of_access_token(
            services.database, token, at=services.clock.now(), ip=ip, along=along
        )
    else:
        actor = await authenticate(services.database, token, ip=ip, tenants=services.tokens, along=along)
    if actor is None:
        raise Unauthenticated(presented=True)
    return actor


def socket_authorization(socket: HTTPConnection, params: dict[str, object]) -> str:
    """What stands for the caller of a WebSocket: the token of its first message, or its cookie if that message knows
    the session's CSRF token and the page is ours. Empty for nobody."""
    said = params.get("authorization") or params.get("Authorization")
    if isinstance(said, str) and said:
        return said
    session, token = session_of(socket), params.get("csrf")
    try:
        check_origin(socket, services_of(socket).settings)
    except CsrfRefused:
        return ""
    return f"{SESSION_SCHEME} {session}" if isinstance(token, str) and knows_session(session, token) else ""


def session_of(request: HTTPConnection) -> str:
    """The session a cookie names; empty where there is none."""
    return request.cookies.get(cookie_name(services_of(request).settings), "")


def cookie_name(settings: Settings) -> str:
    """Over https the browser itself promises that the cookie is ours: set by this host, for all of it, over https."""
    return "__Host-carreau_session" if settings.public_url.startswith("https://") else "carreau_session"


def services_of(request: HTTPConnection) -> Services:
    """What this process works with."""
    services: Services = request.app.state.services
    return services


def ip_of(request: HTTPConnection) -> str | None:
    """The caller's address as the server (or the proxy it trusts) tells it; it goes into the journal's envelope."""
    return request.client.host if request.client else None
