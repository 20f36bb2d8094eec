"""Every error over HTTP is a problem document (RFC 9457) with the published code; nothing of our inside is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

import psycopg
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from backend.api.access_refusals import note_refusal
from backend.api.authentication import Unauthenticated
from backend.api.budget import CODE, Throttled
from backend.api.csrf import CsrfRefused
from backend.read.paging import BadCursor, BadPage
from backend.runtime.storage import StorageUnavailable
from backend.tenants.actor import Forbidden
from backend.write.refusal import Refusal

MEDIA_TYPE: Final = "application/problem+json"
MAX_ERRORS: Final = 100
TYPE_PREFIX: Final = "urn:carreau:problem:"
UNAVAILABLE: Final = "the database does not answer right now: try again, with the same idempotency key"
STORAGE_AWAY: Final = "files cannot be stored or read right now: try again"

log = structlog.get_logger(__name__)

Path = Sequence[str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with what was sent, and where it stands."""

    detail: str
    path: tuple[str | int, ...] = ()


class Malformed(Exception):
    """What was sent cannot be read as what was asked for: the first kind of no (400)."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.detail for fault in faults))
        self.faults = faults[:MAX_ERRORS]


def problem(
    status: int,
    *,
    detail: str,
    code: str = "",
    faults: Sequence[Fault] = (),
    headers: dict[str, str] | None = None,
    **more: Any,
) -> Response:
    """A problem document. Without a `code` the status says it all (`about:blank`)."""
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + code if code else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **({"code": code} if code else {}),
        **({"errors": [{"detail": each.detail, "pointer": pointer(each.path)} for each in faults]} if faults else {}),
        **more,
    }
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)


def pointer(path: Path) -> str:
    """A path as a JSON pointer in a URI fragment (RFC 6901): `("lines", 0)` is `#/lines/0`."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def of_refusal(refusal: Refusal, path: Path | None = None) -> Response:
    """The second kind of no: the business refuses. `path` points into what was sent, where that is not the command."""
    place = refusal.path if path is None else path
    faults = [Fault(detail=refusal.message, path=tuple(place))] if place else []
    wrong: dict[str, Any] = {} if refusal.why is None else {"why": refusal.why.name, "params": dict(refusal.params)}
    return problem(refusal.status, detail=refusal.message, code=refusal.published_code, faults=faults, **wrong)


def of_bug(error: BaseException) -> Response:
    """The third: a fault of ours. The caller gets an id that stands in the log beside the truth."""
    return problem(500, detail=f"an unexpected error; tell us this id: {logged(error)}", code="INTERNAL_ERROR")


def note_unavailable(error: psycopg.OperationalError) -> None:
    """Neither a no nor a bug: no free connection, a lock that took too long, a server that restarts."""
    log.warning("database.unavailable", error=type(error).__name__, sqlstate=error.sqlstate)


def logged(error: BaseException) -> str:
    """Log a bug with a new id, which is all that a caller may know of it."""
    error_id = uuid4().hex
    log.error("bug", error_id=error_id, exc_info=error)
    return error_id


async def _unauthenticated(request: Request, error: Unauthenticated) -> Response:
    challenge = 'Bearer realm="carreau"' + (', error="invalid_token"' if error.presented else "")
    return problem(401, detail=str(error), code="UNAUTHENTICATED", headers={"WWW-Authenticate": challenge})


async def _csrf_refused(request: Request, error: CsrfRefused) -> Response:
    return problem(403, detail=str(error), code="CSRF_REFUSED")


async def _throttled(request: Request, error: Throttled) -> Response:
    return problem(429, detail=str(error), code=CODE, headers={"Retry-After": str(error.left.retry_seconds)})


async def _forbidden(request: Request, error: Forbidden) -> Response:
    await note_refusal(request.app.state.services, getattr(request.state, "actor", None), error)
    return problem(403, detail=str(error), code="FORBIDDEN", capability=error.capability.value)


async def _refused(request: Request, error: Refusal) -> Response:
    return of_refusal(error)


async def _malformed(request: Request, error: Malformed) -> Response:
    return problem(400, detail=str(error), code="MALFORMED", faults=error.faults)


async def _bad_page(request: Request, error: BadCursor | BadPage) -> Response:
    return problem(400, detail=str(error), code="MALFORMED")


async def _http(request: Request, error: HTTPException) -> Response:
    return problem(error.status_code, detail=error.detail, headers=dict(error.headers or {}))


async def _unavailable(request: Request, error: psycopg.OperationalError) -> Response:
    note_unavailable(error)
    return problem(503, detail=UNAVAILABLE, code="UNAVAILABLE", headers={"Retry-After": "5"})


async def _storage_away(request: Request, error: StorageUnavailable) -> Response:
    log.warning("storage.unavailable", reason=str(error))
    return problem(503, detail=STORAGE_AWAY, code="STORAGE_UNAVAILABLE", headers={"Retry-After": "30"})


# The one place where exceptions become answers. Whatever is not named here is a bug: see `request.py`.
HANDLERS: Final[dict[type[Exception], Any]] = {
    Unauthenticated: _unauthenticated,
    CsrfRefused: _csrf_refused,
    Throttled: _throttled,
    Forbidden: _forbidden,
    Refusal: _refused,
    Malformed: _malformed,
    BadCursor: _bad_page,
    BadPage: _bad_page,
    HTTPException: _http,
    psycopg.OperationalError: _unavailable,
    StorageUnavailable: _storage_away,
}
