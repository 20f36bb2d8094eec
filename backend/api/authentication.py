"""Who is calling: a bearer token becomes an `Actor`, with every capability as granted at this very moment."""

from typing import Final

from starlette.requests import HTTPConnection

from backend.services import Services
from backend.tenants.actor import Actor
from backend.tenants.directory import authenticate

SCHEME: Final = "bearer"


class Unauthenticated(Exception):
    """No token, or one that opens nothing. `presented` tells the two apart for the challenge, and for nobody else."""

    def __init__(self, *, presented: bool) -> None:
        super().__init__("this token is not valid" if presented else "this address needs a bearer token")
        self.presented = presented


async def authenticated(request: HTTPConnection) -> Actor:
    """The actor of a request, by its `Authorization` header. Raises `Unauthenticated`."""
    return await actor_for(services_of(request), request.headers.get("authorization", ""), ip=ip_of(request))


async def actor_for(services: Services, authorization: str, *, ip: str | None) -> Actor:
    """The actor an `Authorization` value stands for. Raises `Unauthenticated`."""
    scheme, _, token = authorization.strip().partition(" ")
    if scheme.lower() != SCHEME or not token.strip():
        raise Unauthenticated(presented=False)
    actor = await authenticate(services.database, token.strip(), ip=ip)
    if actor is None:
        raise Unauthenticated(presented=True)
    return actor


def services_of(request: HTTPConnection) -> Services:
    """What this process works with."""
    services: Services = request.app.state.services
    return services


def ip_of(request: HTTPConnection) -> str | None:
    """The caller's address as the server (or the proxy it trusts) tells it; it goes into the journal's envelope."""
    return request.client.host if request.client else None
