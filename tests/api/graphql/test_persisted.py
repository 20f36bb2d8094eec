"""Persisted operations: asked by digest, and in production the only thing a browser's session may ask."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from backend.api.app import build_app
from backend.api.graphql.context import Context
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.persisted import PersistedOperations, persisted_operations
from backend.api.graphql.schema import schema
from backend.services import Services
from backend.tenants.actor import system_actor
from tests.api.caller import Caller, a_caller
from tests.api.graphql.live import a_connection
from tests.given.federation import Federation

ASKED = "query Who { viewer { name } }"
DIGEST = sha256(ASKED.encode()).hexdigest()


@pytest.fixture
def operations(tmp_path: Path) -> PersistedOperations:
    """The list of an app that asks one thing, in production."""
    manifest = tmp_path / "persisted.json"
    manifest.write_text(json.dumps({DIGEST: ASKED}))
    return persisted_operations(manifest, production=True)


async def answer(
    services: Services,
    federation: Federation,
    operations: PersistedOperations,
    query: str | None,
    *,
    digest: str = "",
    session: bool = True,
) -> Any:
    actor = replace(system_actor(federation.tenant_id, "test"), session_id=uuid4() if session else None)
    context = Context(services=services, ip=None, known=actor, operations=operations)
    named = {"persistedQuery": {"version": 1, "sha256Hash": digest}} if digest else None
    return await schema.execute(query, context_value=context, operation_extensions=named)


async def test_the_app_asks_by_digest(
    services: Services, federation: Federation, operations: PersistedOperations
) -> None:
    """Issue 3 item 1: the document need not travel; a digest nobody knows says so."""
    found = await answer(services, federation, operations, None, digest=DIGEST)
    assert found.errors is None
    assert found.data == {"viewer": {"name": "system:test"}}
    unknown = await answer(services, federation, operations, None, digest="0" * 64)
    assert [error.extensions for error in unknown.errors] == [{"code": "PERSISTED_QUERY_NOT_FOUND"}]


async def test_a_session_asks_nothing_else(
    services: Services, federation: Federation, operations: PersistedOperations
) -> None:
    """Issue 3 item 1: in production only what the app asks, however it is laid out; programs with a token are free."""
    other = "{ viewer { name email } }"
    refused = await answer(services, federation, operations, other)
    assert (refused.data, refused.errors[0].extensions) == (None, {"code": "PERSISTED_QUERY_REQUIRED"})
    assert (await answer(services, federation, operations, ASKED.replace(" ", "\n "))).errors is None
    assert (await answer(services, federation, operations, other, session=False)).errors is None
    embedded = replace(operations, only=False)
    assert (await answer(services, federation, embedded, other)).errors is None


async def test_over_http(admin: Caller) -> None:
    """A request with a digest alone is a request; one with neither is none."""
    async with admin.client() as client:
        said = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}}
        found = (await client.post("/graphql", json=said)).json()
        assert found["errors"][0]["extensions"] == {"code": "PERSISTED_QUERY_NOT_FOUND"}
        for nothing in ({}, {"extensions": {"persistedQuery": {"sha256Hash": "x"}}}, {"extensions": {}}):
            assert (await client.post("/graphql", json=nothing)).status_code == 400


def test_a_list_that_is_none_stops_the_process(tmp_path: Path) -> None:
    """What the build left is checked when the process starts; without a list nothing is restricted."""
    manifest = tmp_path / "persisted.json"
    assert persisted_operations(manifest, production=True) == PersistedOperations()
    for text in ('{"x": "{ viewer { name } }"}', json.dumps({"0" * 64: "x" * 20_001})):
        manifest.write_text(text)
        with pytest.raises(ValueError, match="no list of persisted operations"):
            persisted_operations(manifest, production=True)


async def test_a_subscription_is_named_by_its_digest_too(
    services: Services, federation: Federation, tmp_path: Path
) -> None:
    """Issue 3 item 1: over the WebSocket a digest stands for its document, and one nobody knows is an error."""
    followed = "subscription P($id: ID!) { runProgress(runId: $id) { id __typename } }"
    digest = sha256(followed.encode()).hexdigest()
    (tmp_path / "persisted.json").write_text(json.dumps({digest: followed}))
    app = build_app(services, pages=tmp_path)
    known = persisted_operations(tmp_path / "persisted.json", production=False)
    for route in app.routes:
        if getattr(route, "path", "") == "/graphql":
            route.app.operations = known  # type: ignore[attr-defined]
    admin = await a_caller(app, federation)
    async with a_connection(app) as live:
        assert (await live.introduce(admin.token))["type"] == "connection_ack"
        variables = {"id": encoded("Run", uuid4())}
        for named, kind in ((digest, "next"), ("0" * 64, "error")):
            extensions = {"persistedQuery": {"version": 1, "sha256Hash": named}}
            payload = {"query": "", "variables": variables, "extensions": extensions}
            await live.say("subscribe", id=named[:8], payload=payload)
            heard = await live.heard()
            assert heard["type"] == kind, heard
            if kind == "next":
                assert heard["payload"]["data"] == {"runProgress": None}
                assert (await live.heard())["type"] == "complete"
            else:
                assert heard["payload"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
