"""The OpenAPI 3.1 document of the table. `./carreau generate` writes the copy in the repository."""

import inspect
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from backend.api.identity.routes import IDENTITY_ENDPOINTS
from backend.api.problems import MEDIA_TYPE
from backend.api.rest.endpoint import JSON, Endpoint, File, Recorded
from backend.api.rest.serving import REPLAYED
from backend.api.rest.table import ENDPOINTS
from backend.values.why import Why

# Signing in and what belongs to it stands beside `/api/v1`, at the root.
EVERY: Final = (*ENDPOINTS, *IDENTITY_ENDPOINTS)
_NEEDS: Final = {"actor": "Needs any token.", "session": "Needs a session.", "anyone": ""}
_REFERENCE: Final = "#/components/schemas/{name}"
_DESCRIPTION: Final = """Invoicing for sports federations. GraphQL at `/graphql` says the same; this is for files,
integrators and cron.

Amounts are objects of integer minor units, ISO 4217 currency and the same as a decimal string; never floating point.
Names follow the field: `invoice_number`, `invoice_date`, `invoice_date_due`, `subtotal`, `tax_total`, `total`,
`amount_residual`. A `debtor` is what other systems call partner, customer or client.

Errors are problem documents (RFC 9457) with a stable `code`; `errors[].pointer` points into the body, or names the
query parameter. Something of another tenant, or beyond your reach, is 404 like something that does not exist.

Operations that take an `Idempotency-Key` answer a repetition as the first time, with `Idempotency-Replayed: true`; the
same key with another request is 422. Keys belong to your token's user and are kept as long as the journal.

What you change you can read at once. While the workers are busy with a large run it may answer 202 with a `Recorded`
instead: it is done, `said` holds its ids, numbers and amounts, and `lag` events are still to be folded before you
can read it.

Lists are pages: follow the `Link` header with `rel="next"`."""


class ProblemError(msgspec.Struct):
    """One thing that is wrong with what was sent."""

    detail: str
    pointer: Annotated[str, Meta(description="JSON pointer into the body, or `#/` and the name of a parameter")]


class Problem(msgspec.Struct):
    """RFC 9457. `code` is stable and published; `detail` is English for people. Where a value is wrong, `why` names
    what is wrong with it and `params` hold what varies in the sentence."""

    type: str
    title: str
    status: int
    detail: str
    code: str | None = None
    errors: list[ProblemError] | None = None
    why: Annotated[str, Meta(extra_json_schema={"enum": [each.name for each in Why]})] | None = None
    params: dict[str, int | str] | None = None


@cache
def described() -> bytes:
    """The document as JSON, the same bytes every time."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=2) + b"\n"


def document() -> dict[str, Any]:
    """The document as plain values."""
    types = list(_types())
    schemas, components = msgspec.json.schema_components(types, ref_template=_REFERENCE)
    for component in components.values():
        component["description"] = " ".join(inspect.cleandoc(component["description"]).split())
    schema_of = {_key(each): schema for each, schema in zip(types, schemas, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in EVERY:
        operation = _operation(endpoint, schema_of)
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operation
        for number, alias in enumerate(endpoint.aliases, start=1):
            paths.setdefault(alias, {})[endpoint.method.lower()] = operation | {
                "operationId": f"{endpoint.name}_alias_{number}",
                "deprecated": True,
                "description": f"Another name of `{endpoint.method} {endpoint.path}`.",
            }
    for endpoint in IDENTITY_ENDPOINTS:
        paths[endpoint.path]["servers"] = [{"url": "/"}]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Carreau", "version": "1", "description": _DESCRIPTION},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "`carreau token` makes one."},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-carreau_session",
                    "description": "Set by signing in; `carreau_session` where the site is not served over https.",
                },
            },
            "responses": {
                "Problem": {"description": "Why not", "content": {MEDIA_TYPE: {"schema": schema_of[_key(Problem)]}}}
            },
        },
    }


def _types() -> Iterator[Any]:
    """Every type that needs a schema, once."""
    seen: set[str] = set()
    for each in (Problem, Recorded, *(hint for endpoint in EVERY for hint in _types_of(endpoint))):
        if _key(each) not in seen:
            seen.add(_key(each))
            yield each


def _types_of(endpoint: Endpoint) -> Iterator[Any]:
    yield from endpoint.path_parameters.values()
    if "query" in endpoint.takes:
        yield from (each.type for each in msgspec.structs.fields(endpoint.takes["query"]))
    if "body" in endpoint.takes:
        yield endpoint.takes["body"]
    if endpoint.gives not in (File, type(None)):
        yield endpoint.gives


def _key(hint: Any) -> str:
    # Two annotations that say the same are the same here; unions have no stable identity of their own.
    return repr(hint)


def _operation(endpoint: Endpoint, schema_of: Mapping[str, Any]) -> dict[str, Any]:
    summary, description = endpoint.documentation
    needs = f"Needs the capability `{endpoint.capability.value}`." if endpoint.capability else _NEEDS[endpoint.who]
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "tags": [endpoint.tag],
        "summary": summary,
        "description": " ".join(part for part in (description, needs) if part),
        "parameters": list(_parameters(endpoint, schema_of)),
        "responses": _responses(endpoint, schema_of),
    }
    if "body" in endpoint.takes:
        operation["requestBody"] = {
            "required": not endpoint.body_may_be_left_out,
            "content": {"application/json": {"schema": schema_of[_key(endpoint.takes["body"])]}},
        }
    if "upload" in endpoint.takes:
        operation["requestBody"] = {"required": True, "content": {each: {} for each in endpoint.accepts}}
    if endpoint.who != "actor":
        operation["security"] = [{"session": []}] if endpoint.who == "session" else []
    return operation


def _parameters(endpoint: Endpoint, schema_of: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", endpoint.path):
        schema = schema_of[_key(endpoint.path_parameters[name])]
        yield {"name": name, "in": "path", "required": True, "schema": schema}
    if "query" in endpoint.takes:
        for each in msgspec.structs.fields(endpoint.takes["query"]):
            schema = _never_null(schema_of[_key(each.type)])
            if each.default not in (None, msgspec.NODEFAULT):
                schema = schema | {"default": msgspec.to_builtins(each.default)}
            yield {"name": each.name, "in": "query", "required": each.required, "schema": schema}
    if endpoint.key != "none":
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "required": endpoint.key == "required",
            "schema": {"type": "string", "minLength": 1, "maxLength": 257},
            "description": "A quoted string, best a UUID: one per intention, the same on every repetition.",
        }
    for name in endpoint.reads:
        yield {"name": name, "in": "header", "required": False, "schema": {"type": "string"}}


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is said or left out; nobody can say null in an address."""
    others = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    return others[0] if len(others) == 1 else schema


def _responses(endpoint: Endpoint, schema_of: Mapping[str, Any]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Done" if endpoint.method != "GET" else "The answer"}
    if endpoint.gives is File:
        success["content"] = {each: {} for each in endpoint.produces}
    elif endpoint.gives is not type(None):
        shape = {JSON: {"schema": schema_of[_key(endpoint.gives)]}}
        success["content"] = {each: shape.get(each, {}) for each in endpoint.produces}
    if endpoint.key != "none":
        success["headers"] = {REPLAYED: {"description": "`true` on a repetition", "schema": {"type": "string"}}}
    recorded = {"description": "Done, and not to be read yet", "content": {JSON: {"schema": schema_of[_key(Recorded)]}}}
    may_lag = endpoint.method != "GET" and endpoint.status not in (202, 204)
    late = {"202": recorded} if may_lag else {}
    return {str(endpoint.status): success, **late, "default": {"$ref": "#/components/responses/Problem"}}
