"""What a handler of the door is given and what it answers with, and the one wrapper around all of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal

import msgspec
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from backend.api.authentication import Unauthenticated, authenticated, cookie_name, ip_of, services_of
from backend.api.csrf import SAFE, check_origin
from backend.api.problems import Fault, Malformed, of_refusal, problem
from backend.api.rest.reading import body_of
from backend.services import Services
from backend.tenants.actor import Actor, door_actor
from backend.tenants.identity.secrets import Handle
from backend.tenants.identity.sessions import ABSOLUTE
from backend.write.refusal import Refusal

MAX_BODY: Final = 64 * 1024
_ENCODER: Final = msgspec.json.Encoder()

# Who may ask: anyone, a person with a session, or whoever has a capability (also by token).
Who = Literal["anyone", "session", "actor"]
Later = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back. `session` sets the cookie, `signed_out` removes it, `later` runs once the answer is sent."""

    body: Any = None
    status: int = 200
    session: Handle | None = None
    signed_out: bool = False
    location: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    later: Later | None = None


class TurnedAway(Exception):
    """The door stays closed. `later` runs once the answer is sent, so that its work tells nobody anything."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        retry: timedelta | None = None,
        later: Later | None = None,
        pointer: tuple[str, ...] = (),
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.retry, self.later, self.pointer = retry, later, pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request at the door."""

    request: Request
    services: Services
    caller: Actor | None

    @property
    def actor(self) -> Actor:
        assert self.caller is not None, "the route admits nobody without"
        return self.caller

    @property
    def ip(self) -> str | None:
        return ip_of(self.request)

    @property
    def agent(self) -> str:
        return "".join(each for each in self.request.headers.get("user-agent", "") if each.isprintable())

    @property
    def own_door(self) -> Actor:
        """For what the caller does to their own access."""
        actor = self.actor
        return door_actor(
            actor.tenant_id, actor.user_id, ip=actor.ip, session_id=actor.session_id, fresh_at=actor.fresh_at
        )


Handler = Callable[..., Awaitable[Answer]]


def served(handler: Handler, who: Who, body: type | None) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint: who asks, what they say, the answer or the no."""

    async def endpoint(request: Request) -> Response:
        services = services_of(request)
        try:
            caller = await _caller(request, services, who)
            visit = Visit(request=request, services=services, caller=caller)
            said = () if body is None else (body_of(await _content(request), body),)
            answer = await handler(visit, *said)
        except TurnedAway as turned:
            return _turned_away(turned)
        except Refusal as refusal:
            return of_refusal(refusal)
        return _answered(services, answer)

    return endpoint


async def _caller(request: Request, services: Services, who: Who) -> Actor | None:
    if who == "anyone":
        # Nobody is made to sign in as somebody else by a page they visit.
        if request.method not in SAFE:
            check_origin(request, services.settings)
        return None
    actor = await authenticated(request)
    if who == "session" and actor.session_id is None:
        raise Unauthenticated(presented=True)
    return actor


async def _content(request: Request) -> bytes:
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_BODY:
            raise HTTPException(413, f"a body has at most {MAX_BODY} bytes here")
    # A form of another site can send text, but not this type.
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content and media_type != "application/json":
        raise Malformed(Fault(detail="the body is application/json"))
    return content


def _answered(services: Services, answer: Answer) -> Response:
    task = BackgroundTask(answer.later) if answer.later else None
    if answer.location:
        response = Response(status_code=303, headers={"location": answer.location, **answer.headers}, background=task)
    elif answer.status == 204:
        response = Response(status_code=204, headers=answer.headers, background=task)
    else:
        headers = {"content-type": "application/json", **answer.headers}
        response = Response(_ENCODER.encode(answer.body), answer.status, headers=headers, background=task)
    if answer.session is not None:
        set_cookie(services, response, cookie_name(services.settings), answer.session.text, lasts=ABSOLUTE)
    elif answer.signed_out:
        set_cookie(services, response, cookie_name(services.settings), "", lasts=timedelta(0))
    return response


def set_cookie(services: Services, response: Response, name: str, value: str, *, lasts: timedelta) -> None:
    """Every cookie of ours: no script reads it, no other site's form sends it."""
    https = services.settings.public_url.startswith("https://")
    response.set_cookie(
        name, value, max_age=int(lasts.total_seconds()), path="/", httponly=True, samesite="lax", secure=https
    )


def _turned_away(turned: TurnedAway) -> Response:
    headers = {"retry-after": str(max(1, int(turned.retry.total_seconds() + 1)))} if turned.retry else None
    faults = [Fault(detail=turned.detail, path=turned.pointer)] if turned.pointer else []
    response = problem(turned.status, detail=turned.detail, code=turned.code, faults=faults, headers=headers)
    response.background = BackgroundTask(turned.later) if turned.later else None
    return response
