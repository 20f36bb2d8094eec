"""Around every request: a trace id, words for the log, security headers, and a calm answer to our own faults."""

import re
from collections.abc import Mapping
from time import perf_counter
from typing import Final
from uuid import UUID

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api.problems import of_bug, problem
from backend.runtime.logs import bound, new_trace_id

# https://www.w3.org/TR/trace-context/: version, trace id, parent id, flags.
_TRACEPARENT: Final = re.compile(r"[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_QUIET: Final = frozenset({"/healthz", "/readyz", "/metrics"})

# Nothing we answer is a page, unless it says so itself (the start page has its own policy).
SECURITY_HEADERS: Final = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
HSTS: Final = "max-age=63072000; includeSubDomains"

log = structlog.get_logger(__name__)


class RequestScope:
    """The outermost middleware. `limits` are the largest bodies by path; every other path has `limit`."""

    def __init__(self, app: ASGIApp, *, https: bool, limit: int, limits: Mapping[str, int]) -> None:
        self._app = app
        self._limit, self._limits = limit, limits
        self._headers = SECURITY_HEADERS | ({"strict-transport-security": HSTS} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        trace_id = trace_id_of(Headers(scope=scope).get("traceparent", ""))
        with bound(trace_id=trace_id):
            await self._watched(scope, receive, send, trace_id)

    async def _watched(self, scope: Scope, receive: Receive, send: Send, trace_id: str) -> None:
        began, status = perf_counter(), 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-trace-id"] = trace_id
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._limited(scope, receive, send_on)
        except ClientDisconnect:
            # Nobody is there to be answered, and nothing of ours is broken.
            with bound(tenant=_tenant_of(scope)):
                log.info("client.left", path=scope["path"])
        except Exception as error:
            with bound(tenant=_tenant_of(scope)):
                answer = of_bug(error)
            if status:
                # Half an answer is out: the server must break the connection, or the client takes it for a whole one.
                raise
            if scope["type"] == "http":
                await answer(scope, receive, send_on)
        if scope["type"] == "http" and scope["path"] not in _QUIET:
            milliseconds = int((perf_counter() - began) * 1_000)
            with bound(tenant=_tenant_of(scope)):
                # The path may hold ids and nothing else; query strings may hold names and are not logged.
                log.info("request", method=scope["method"], path=scope["path"], status=status, ms=milliseconds)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a body up to its limit: what is announced too large is not read, what turns out so is broken off."""
        limit, received = self._limits.get(scope["path"], self._limit), 0
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            await _too_large(limit)(scope, receive, send)
            return

        async def receive_on() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, f"a body has at most {limit} bytes here")
            return message

        await self._app(scope, receive_on if scope["type"] == "http" else receive, send)


def _tenant_of(scope: Scope) -> UUID | None:
    """The caller's tenant, once `authenticated` knows it."""
    actor = scope.get("state", {}).get("actor")
    return actor.tenant_id if actor else None


def _too_large(limit: int) -> Response:
    return problem(413, detail=f"a body has at most {limit} bytes here")


def trace_id_of(traceparent: str) -> str:
    """The caller's trace id when it sent a valid W3C `traceparent`, else a new one."""
    said = _TRACEPARENT.fullmatch(traceparent)
    return said[1] if said else new_trace_id()
