"""The OpenAPI document: what it says is well formed, complete, and the same as the copy in the repository."""

import re
from typing import Any

import httpx
import msgspec
from starlette.applications import Starlette

from backend.api.identity.routes import IDENTITY_ENDPOINTS
from backend.api.rest.openapi import described, document
from backend.api.rest.routes import ROUTES, routes_of
from backend.api.rest.table import ENDPOINTS
from tests.api.rest.conftest import API


class Operation(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """An Operation Object of OpenAPI 3.1, as far as we use it."""

    operation_id: str
    tags: list[str]
    summary: str
    description: str
    parameters: list["Parameter"]
    responses: dict[str, dict[str, Any]]
    request_body: "RequestBody | None" = None
    deprecated: bool = False
    security: list[dict[str, list[str]]] | None = None


class Parameter(msgspec.Struct, forbid_unknown_fields=True):
    """A Parameter Object."""

    name: str
    required: bool
    schema: dict[str, Any]
    location: str = msgspec.field(name="in")
    description: str = ""


class RequestBody(msgspec.Struct, forbid_unknown_fields=True):
    """A Request Body Object."""

    required: bool
    content: dict[str, dict[str, Any]]


def operations() -> dict[tuple[str, str], Operation]:
    return {
        (method, path): msgspec.convert(said, Operation)
        for path, methods in document()["paths"].items()
        for method, said in methods.items()
        if method != "servers"
    }


def test_every_endpoint_says_what_it_needs() -> None:
    """E.2: nothing is open because a line was forgotten; only what belongs to signing in names who may ask instead."""
    silent = [each.name for each in ENDPOINTS if each.who == "actor" and each.capability is None]
    assert silent == []


def test_what_must_happen_once_needs_a_key() -> None:
    """S001-3: the command says so, and no endpoint repeats it."""
    once = {each.name for each in ENDPOINTS if each.key == "required"}
    assert once == {
        "issue_invoice",
        "cancel_invoice",
        "register_payment",
        "generate_licence_renewals",
        "generate_affiliations",
    }


async def test_it_is_served_to_anybody(app: Starlette) -> None:
    """E.2: who may call what is no secret."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=API) as client:
        answer = await client.get("/openapi.json")
    assert answer.status_code == 200
    assert answer.content == described()
    assert answer.json()["openapi"] == "3.1.0"


def test_every_route_is_described_and_every_description_routed() -> None:
    """S002-2: nothing is served in secret, nothing is promised in vain."""
    told = {path for _, path in operations()}
    routed = {route.path_format for route in (*ROUTES, *routes_of(IDENTITY_ENDPOINTS))}  # type: ignore[attr-defined]
    assert told | {"/openapi.json"} == routed
    assert len(operations()) == sum(1 + len(endpoint.aliases) for endpoint in (*ENDPOINTS, *IDENTITY_ENDPOINTS))


def test_signing_in_is_described_where_it_stands_and_asks_for_no_token() -> None:
    """E.2: what the app may say at the door is published like the rest, with who may ask."""
    assert document()["paths"]["/auth/sign-in"]["servers"] == [{"url": "/"}]
    found = operations()
    assert found["post", "/auth/sign-in"].security == []
    assert found["get", "/auth/sessions"].security == [{"session": []}]
    assert found["get", "/auth/users"].security is None


def test_the_aliases_of_other_systems_are_there() -> None:
    """X23: `send` and `post` are documented as other names."""
    for path in ("/invoices/{invoice_id}/send", "/invoices/{invoice_id}/post"):
        assert operations()["post", path].deprecated


def test_every_operation_is_well_formed() -> None:
    """OpenAPI 3.1: unique ids; path parameters as in the path; no body with GET; a success and a problem."""
    found = operations()
    assert len({each.operation_id for each in found.values()}) == len(found)
    for (method, path), each in found.items():
        named = {parameter.name for parameter in each.parameters if parameter.location == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))
        assert all(parameter.required for parameter in each.parameters if parameter.location == "path")
        assert method not in ("get", "delete") or each.request_body is None
        assert [status for status in each.responses if status.startswith(("2", "303"))]
        assert each.responses["default"] == {"$ref": "#/components/responses/Problem"}
        assert each.summary
        assert len(each.summary) <= 150, each.summary


def test_every_reference_leads_somewhere() -> None:
    """OpenAPI 3.1: no dangling `$ref`, no component that nothing uses."""
    said = document()
    schemas = said["components"]["schemas"]
    used = set(re.findall(r"#/components/schemas/([\w.-]+)", msgspec.json.encode(said).decode()))
    assert used == set(schemas)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in schemas)


def test_money_is_never_floating_point() -> None:
    """S000-29: no schema says number; amounts are integers, rates and quantities decimal strings."""
    assert b'"number"' not in msgspec.json.encode(document())


def test_every_text_and_list_of_a_request_has_a_limit() -> None:
    """S000-29: what a client sends is bounded, field by field."""
    said = document()
    schemas = said["components"]["schemas"]
    bodies = [
        each.request_body.content["application/json"]["schema"]
        for each in operations().values()
        if each.request_body and "application/json" in each.request_body.content
    ]
    for body in bodies:
        assert list(_unlimited(body, schemas, "")) == []


def _unlimited(schema: dict[str, Any], schemas: dict[str, Any], path: str) -> list[str]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _unlimited(schemas[name], schemas, f"{path}/{name}")
    found = []
    if schema.get("type") == "string" and not {"maxLength", "pattern", "format"} & set(schema):
        found.append(path)
    if schema.get("type") == "array":
        found += [] if "maxItems" in schema else [path]
        found += _unlimited(schema["items"], schemas, path)
    for name, inner in schema.get("properties", {}).items():
        found += _unlimited(inner, schemas, f"{path}.{name}")
    for inner in schema.get("anyOf", ()):
        found += _unlimited(inner, schemas, path)
    return found
