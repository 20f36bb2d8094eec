"""How every endpoint is served: who asks, may they, in which form, then the handler, then the answer or the no."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Any, Final

import msgspec
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from backend.api.authentication import Unauthenticated, authenticated, ip_of, services_of
from backend.api.budget import REST, spend, spender
from backend.api.csrf import SAFE, check_origin
from backend.api.problems import Fault, of_refusal, problem
from backend.api.rest.documents import previewers, renderers
from backend.api.rest.endpoint import JSON, Answer, Call, Cookie, Declined, Endpoint, File, Recorded
from backend.api.rest.reading import arguments_of, key_of, snake
from backend.runtime.database import Asked, Connection
from backend.services import Services
from backend.tenants.actor import Actor
from backend.tenants.directory import Along
from backend.values.identifiers import TenantId
from backend.write.refusal import NotFound, Refusal

REPLAYED: Final = "Idempotency-Replayed"
MAX_ACCEPT: Final = 500
PIECE: Final = 64 * 1024
READ_AGAIN_SECONDS: Final = 1

_ENCODER: Final = msgspec.json.Encoder(decimal_format="string")


async def serve(endpoint: Endpoint, request: Request) -> Response:
    """Answer one request. What it raises (`Throttled`, `Malformed` …) `problems.py` answers."""
    ahead = _Ahead(endpoint, request)
    caller = await _caller(endpoint, request, ahead if endpoint.ahead else None)
    try:
        _negotiate(endpoint, request.headers.get("accept", "*/*"))
        call = Call(
            services=services_of(request),
            caller=caller,
            ip=ip_of(request),
            headers=request.headers,
            cookies=request.cookies,
            url=request.url,
            query=request.query_params,
            renderers=partial(renderers, request.app),
            previewers=partial(previewers, request.app),
            key=key_of(endpoint, request),
            ahead=ahead.asked,
        )
        given = await _given(endpoint, call, await arguments_of(endpoint, request))
    except Declined as declined:
        return _declined(declined)
    except Refusal as refusal:
        return _refused(endpoint, refusal)
    return _answered(services_of(request), endpoint, given)


async def _caller(endpoint: Endpoint, request: Request, ahead: Along | None) -> Actor | None:
    if endpoint.who == "anyone":
        # A page that somebody visits could otherwise sign its visitor in as somebody else.
        if request.method not in SAFE:
            check_origin(request, services_of(request).settings)
        return None
    actor = await authenticated(request, ahead)
    if endpoint.who == "session" and actor.session_id is None:
        raise Unauthenticated(presented=True)
    await spend(services_of(request).budgets, REST, spender(actor))
    if endpoint.capability is not None:
        actor.reach(endpoint.capability)
    return actor


@dataclass(slots=True)
class _Ahead:
    """Sends the endpoint's question together with the token's, before the caller is authorised. Only the handler
    reads the answer, and it is called only if the caller may."""

    endpoint: Endpoint
    request: Request
    asked: Asked | None = None

    async def __call__(self, connection: Connection, tenant_id: TenantId) -> None:
        assert self.endpoint.ahead is not None
        self.asked = await self.endpoint.ahead(connection, tenant_id, **self.request.path_params)


async def _given(endpoint: Endpoint, call: Call, arguments: Mapping[str, Any]) -> Any:
    """What the handler answers. What it read after a command that the read models do not have yet is of the moment
    before it, or not there at all: then the receipt is the answer."""
    try:
        given = await endpoint.handler(call, **arguments)
    except NotFound:
        if not call.behind:
            raise
        given = None
    else:
        if not call.behind or endpoint.status in (202, 204):
            return given
    done = call.behind[-1]
    headers = {**(given.headers if isinstance(given, Answer) else {}), "Retry-After": str(READ_AGAIN_SECONDS)}
    headers.pop("ETag", None)
    body = Recorded(position=done.position, lag=done.lag, said=done.answer)
    return Answer(body, status=202, headers=headers, replayed=done.replayed)


def _declined(declined: Declined) -> Response:
    faults = [Fault(detail=declined.detail, path=declined.path)] if declined.path else []
    response = problem(
        declined.status,
        detail=declined.detail,
        code=declined.code,
        faults=faults,
        headers=declined.headers,
        **msgspec.to_builtins(declined.more),
    )
    response.background = BackgroundTask(declined.later) if declined.later else None
    return response


def _answered(services: Services, endpoint: Endpoint, given: Any) -> Response:
    match given:
        case File():
            headers = {"content-type": given.media_type, **given.headers}
            if isinstance(given.content, bytes):
                return Response(given.content, given.status or endpoint.status, headers=headers)
            return StreamingResponse(_pieces(given.content), given.status or endpoint.status, headers=headers)
        case Answer():
            headers = {**given.headers, **({REPLAYED: "true"} if given.replayed else {})}
            response = _json(given.body, given.status or endpoint.status, headers)
            for cookie in given.cookies:
                _set_cookie(services, response, cookie)
            response.background = BackgroundTask(given.later) if given.later else None
            return response
        case _:
            return _json(given, endpoint.status, {})


def _set_cookie(services: Services, response: Response, cookie: Cookie) -> None:
    """Every cookie of ours: no script reads it, no other site's form sends it."""
    response.set_cookie(
        cookie.name,
        cookie.value,
        max_age=int(cookie.lasts.total_seconds()),
        path=cookie.path,
        httponly=True,
        samesite="lax",
        secure=services.settings.public_url.startswith("https://"),
    )


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Read in a thread, piece by piece: a slow reader costs a file descriptor and no memory."""
    with file:
        while piece := file.read(PIECE):
            yield piece


def _json(body: Any, status: int, headers: Mapping[str, str]) -> Response:
    if status in (204, 303, 304):
        return Response(status_code=status, headers=dict(headers))
    # Decimals as strings, integers as numbers: no client needs to read an amount as a float.
    return Response(_ENCODER.encode(body), status, headers={"content-type": JSON, **headers})


def _refused(endpoint: Endpoint, refusal: Refusal) -> Response:
    """A refusal points into the command, whose fields our bodies name in snake case, or as their `POINTERS` say.
    A step that is not in the body (an id in the path, a value we send in parts) is left out."""
    body = endpoint.takes.get("body")
    names: Mapping[str, str] = getattr(body, "POINTERS", {})
    steps = (snake(step) if isinstance(step, str) else step for step in refusal.path)
    path: Sequence[str | int] = [names.get(step, step) if isinstance(step, str) else step for step in steps]
    sent = {each.name for each in msgspec.structs.fields(body)} if body is not None else set()
    while path and path[0] not in sent:
        path = path[1:]
    return of_refusal(refusal, path)


def _negotiate(endpoint: Endpoint, accept: str) -> None:
    """Whether the client reads any of what the endpoint produces (RFC 9110, 12.5.1). Raises `Declined` with 406."""
    ranges = [_range(each) for each in accept[:MAX_ACCEPT].split(",") if each.strip()]
    if ranges and not any(_accepted(media_type, ranges) for media_type in endpoint.produces):
        raise Declined(406, "", f"this answers {' or '.join(endpoint.produces)}")


def _range(text: str) -> tuple[str, bool]:
    """A media range, and whether it is wanted at all (`q=0` refuses it)."""
    media_range, *parameters = (part.strip().lower() for part in text.split(";"))
    refused = any(part.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") for part in parameters)
    return media_range, not refused


def _accepted(media_type: str, ranges: Sequence[tuple[str, bool]]) -> bool:
    kind = media_type.partition("/")[0]
    # The most precise range decides.
    for name in (media_type, f"{kind}/*", "*/*"):
        for media_range, wanted in ranges:
            if media_range == name:
                return wanted
    return False
