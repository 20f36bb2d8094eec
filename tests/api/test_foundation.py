"""Around every request: who calls, what is told of errors, trace ids, limits and health."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import GraphQLError
from psycopg_pool import PoolTimeout
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from backend.api.app import MAX_BODY
from backend.api.frontend import frontend_routes
from backend.api.graphql.errors import told
from backend.api.problems import HANDLERS
from backend.api.request import trace_id_of
from tests.api.caller import Caller, a_caller
from tests.given.federation import Federation

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def stranger_to(app: Starlette) -> httpx.AsyncClient:
    """Somebody without a token."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://c.test")


async def test_without_a_token_nothing_is_answered(app: Starlette) -> None:
    """S000-12: an anonymous caller gets 401 as problem+json with a challenge, also for introspection."""
    async with stranger_to(app) as client:
        answer = await client.post("/graphql", json={"query": "{ __schema { types { name } } }"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == 'Bearer realm="carreau"'
    assert answer.json()["code"] == "UNAUTHENTICATED"


async def test_a_wrong_token_is_told_apart_in_the_challenge_only(app: Starlette) -> None:
    """S000-12: a token that opens nothing is invalid, whatever it looks like."""
    async with stranger_to(app) as client:
        for token in ("car_nonsense", "x", "car_" + "a" * 300):
            answer = await client.post("/graphql", json={}, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 401
            assert 'error="invalid_token"' in answer.headers["www-authenticate"]


async def test_every_answer_carries_security_headers_and_a_trace_id(app: Starlette) -> None:
    """S000-30: nosniff, no framing, no referrer; the trace id is the caller's where it sent one."""
    async with stranger_to(app) as client:
        for path in ("/", "/healthz", "/nowhere", "/graphql"):
            answer = await client.get(path, headers={"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"})
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["x-trace-id"] == TRACE


def test_a_broken_traceparent_is_ignored() -> None:
    """W3C trace context: an invalid header begins a new trace."""
    for header in ("", "00-zz-1-01", f"00-{'0' * 32}-00f067aa0ba902b7-01", f"00-{TRACE}-{'0' * 16}-01", TRACE):
        assert trace_id_of(header) != TRACE
        assert len(trace_id_of(header)) == 32


async def test_an_unknown_address_is_a_problem_document(app: Starlette) -> None:
    """E.2: RFC 9457 everywhere, `about:blank` where the status says it all."""
    async with stranger_to(app) as client:
        answer = await client.get("/nowhere")
    assert answer.json() == {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "Not Found"}


async def test_a_bug_is_hidden_behind_an_id(app: Starlette) -> None:
    """S000-29: an unexpected error tells an id, and nothing of what happened."""

    async def broken(request: Request) -> Response:
        raise RuntimeError("the password is hunter2")

    app.router.routes.insert(0, Route("/broken", broken))
    async with stranger_to(app) as client:
        answer = await client.get("/broken")
    assert answer.status_code == 500
    assert answer.json()["code"] == "INTERNAL_ERROR"
    assert "hunter2" not in answer.text
    assert "RuntimeError" not in answer.text


async def test_a_body_that_is_too_large_is_refused(admin: Caller) -> None:
    """E.2: 413 before anything is parsed."""
    async with admin.client() as client:
        answer = await client.post("/graphql", content=b" " * (MAX_BODY + 1))
        assert answer.status_code == 413
        answer = await client.post("/graphql", json={"query": " " * 3_000_000})
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"


async def test_ready_with_database_schema_and_lag(app: Starlette) -> None:
    """S002-64: /readyz names what it looked at; the lag is the worst tenant's, by projection."""
    async with stranger_to(app) as client:
        answer = await client.get("/readyz")
        alive = await client.get("/healthz")
    assert answer.status_code == 200, answer.text
    assert answer.json()["checks"]["database"] == "ok"
    assert answer.json()["checks"]["valkey"] == "ok"
    assert isinstance(answer.json()["checks"]["projection_lag"], dict)
    assert alive.text == "ok\n"


async def test_metrics_for_prometheus(app: Starlette) -> None:
    """S002-64: the metrics of the field, in Prometheus' text format."""
    async with stranger_to(app) as client:
        answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "carreau_issuance_seconds_bucket" in answer.text


async def test_the_start_page_needs_no_script(app: Starlette, tmp_path: Path) -> None:
    """S000-31: where the app is not built, plain HTML says how to get a token."""
    unbuilt = Starlette(routes=frontend_routes(tmp_path))
    unbuilt.state.services = app.state.services
    async with stranger_to(unbuilt) as client:
        page = await client.get("/")
    assert page.status_code == 200
    assert '<html lang="en">' in page.text
    assert "<h1>Carreau</h1>" in page.text
    assert "<script" not in page.text
    assert "carreau token" in page.text
    assert "script-src" not in page.headers["content-security-policy"]


async def test_a_database_that_does_not_answer_is_no_bug() -> None:
    """F14, F15: 503 with Retry-After, and no error id: nothing was half-done, and trying again helps."""

    async def crowded(request: Request) -> Response:
        raise PoolTimeout("couldn't get a connection after 15 s")

    async with stranger_to(Starlette(routes=[Route("/", crowded)], exception_handlers=HANDLERS)) as client:
        answer = await client.get("/")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "UNAVAILABLE", "5")
    error = told(GraphQLError("", original_error=PoolTimeout("couldn't get a connection after 15 s")))
    assert error.extensions == {"code": "UNAVAILABLE"}


@pytest.mark.parametrize("path", ["/graphql", "/api/v1/invoices"])
async def test_whoever_leaves_in_the_middle_is_no_bug(app: Starlette, federation: Federation, path: str) -> None:
    """S000-29: a client that is gone before its request is whole gets no answer, and the log no error."""
    caller, sent = await a_caller(app, federation), []
    headers = [
        (b"host", b"carreau.test"),
        (b"authorization", f"Bearer {caller.token}".encode()),
        (b"content-type", b"application/json"),
        (b"content-length", b"1000"),
    ]
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "scheme": "http",
        "client": ("127.0.0.1", 1),
        "server": ("c.test", 80),
        "root_path": "",
        "http_version": "1.1",
        "asgi": {"version": "3.0"},
    }
    messages = iter([{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(messages)

    async def send(message: Any) -> None:
        sent.append(message)

    with capture_logs() as logged:
        await app(scope, receive, send)
    assert not [line for line in logged if line["log_level"] in ("warning", "error")], logged
    assert not [message for message in sent if message.get("status") == 500]
