"""Whether a request with a session's cookie was meant by the person who has the session, or by a page they visited."""

from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from backend.runtime.settings import Settings
from backend.tenants.identity.secrets import csrf_matches, handle_of

HEADER: Final = "x-carreau-csrf"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# What browsers say of a request that no other site caused.
_OURS: Final = frozenset({"same-origin", "none"})


class CsrfRefused(Exception):
    """The request came from elsewhere, or does not know the session's token."""

    def __init__(self) -> None:
        super().__init__("this request must come from the app itself, with the token of the session")


def check_csrf(connection: HTTPConnection, settings: Settings, session: str) -> None:
    """Refuse a request by cookie that may change something, unless it comes from our origin and knows the session.
    Raises `CsrfRefused`."""
    if connection.scope.get("method", "GET") in SAFE:
        return
    check_origin(connection, settings)
    if not knows_session(session, connection.headers.get(HEADER, "")):
        raise CsrfRefused


def knows_session(session: str, token: str) -> bool:
    """Whether the token is that of the session."""
    handle = handle_of(session)
    return handle is not None and csrf_matches(handle, token)


def check_origin(connection: HTTPConnection, settings: Settings) -> None:
    """Refuse a request from another origin. Browsers say where it comes from, and pages cannot change that; programs
    say nothing, and have no cookie that a page could borrow. Raises `CsrfRefused`."""
    if connection.headers.get("sec-fetch-site", "none") not in _OURS:
        raise CsrfRefused
    origin = connection.headers.get("origin")
    if origin is None or origin == origin_of(settings.public_url):
        return
    # On a developer's machine the same server has several names: localhost, 127.0.0.1, whatever was typed.
    if settings.environment != "embedded" or urlsplit(origin).netloc != connection.headers.get("host"):
        raise CsrfRefused


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
