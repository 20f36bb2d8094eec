"""What was sent becomes values: bodies, query parameters, path parameters, headers. Whatever does not fit is
`Malformed`, with a pointer to the place."""

import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar
from urllib.parse import quote

import msgspec
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request

from backend.api.problems import Fault, Malformed
from backend.api.rest.endpoint import JSON, Declined, Endpoint
from backend.write.execute import MAX_KEY_LENGTH

T = TypeVar("T")

# Longer than the longest cursor, which is the longest parameter there is.
MAX_PARAMETER: Final = 2_048

# A string as RFC 8941 writes it, or the bare key that most clients send.
_KEY: Final = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"|([\x21\x23-\x7e]+)')
_AT: Final = re.compile(r"(?P<what>.*?)(?: - at `(?:key in )?\$(?P<path>.*)`)?", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a client sends. A field we do not know is refused: a misspelt `deliver` must not silently mean its default.

    That is why bodies and queries are Structs: msgspec can refuse unknown fields of these only.
    """


class Query(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The parameters after the question mark."""


async def arguments_of(endpoint: Endpoint, request: Request) -> dict[str, Any]:
    """The arguments of the endpoint's handler. Raises `Malformed` and `Declined`."""
    arguments: dict[str, Any] = {}
    for name, wanted in endpoint.takes.items():
        match name:
            case "query":
                arguments[name] = query_of(request.query_params, wanted)
            case "body":
                arguments[name] = body_of(await _content(endpoint, request), wanted)
            case "upload":
                arguments[name] = await _content(endpoint, request)
            case _:
                arguments[name] = _path_parameter(request.path_params[name], wanted)
    if "query" not in endpoint.takes and request.query_params:
        raise Malformed(*(Fault(detail="there is no such parameter", path=(name,)) for name in request.query_params))
    return arguments


def body_of(content: bytes, wanted: type[T]) -> T:
    """A JSON body as `wanted`. An empty one says nothing, where nothing need be said. Raises `Malformed`."""
    content = content or b"{}"
    try:
        body = msgspec.json.decode(content, type=wanted)
    except msgspec.ValidationError as error:
        raise Malformed(fault_of(error)) from None
    except (msgspec.DecodeError, RecursionError, ValueError):
        raise Malformed(Fault(detail="the body is not JSON in UTF-8")) from None
    if b"\\u0000" in content:
        _refuse_nul(msgspec.json.decode(content), ())
    return body


def query_of(said: QueryParams, wanted: type[T]) -> T:
    """The query parameters as `wanted`; the pointer of a fault is the parameter's name. Raises `Malformed`."""
    values: dict[str, str] = {}
    for name, value in said.multi_items():
        if name in values:
            raise Malformed(Fault(detail="say this once", path=(name,)))
        if len(value) > MAX_PARAMETER or "\0" in value:
            raise Malformed(Fault(detail=f"at most {MAX_PARAMETER} characters, and no NUL", path=(name,)))
        values[name] = value
    try:
        return msgspec.convert(values, wanted, strict=False)
    except msgspec.ValidationError as error:
        raise Malformed(fault_of(error)) from None


def key_of(endpoint: Endpoint, request: Request) -> str | None:
    """The idempotency key. Raises `Declined` where it must be there and is not."""
    said = request.headers.get("idempotency-key")
    if said is None or endpoint.key == "none":
        if endpoint.key == "required":
            raise Declined(
                400,
                "IDEMPOTENCY_KEY_MISSING",
                "send an Idempotency-Key with this operation: repeating it after a lost answer then does nothing twice",
            )
        return None
    found = _KEY.fullmatch(said.strip())
    key = (re.sub(r"\\(.)", r"\1", found[1]) if found[1] is not None else found[2]) if found else ""
    if not 0 < len(key) <= MAX_KEY_LENGTH:
        raise Declined(
            400,
            "IDEMPOTENCY_KEY_MALFORMED",
            f'an Idempotency-Key is a quoted string of 1 to {MAX_KEY_LENGTH} characters, such as "a UUID"',
        )
    return key


def fault_of(error: msgspec.ValidationError) -> Fault:
    """What msgspec says, with its path as ours: `$.lines[0].quantity` is `("lines", 0, "quantity")`."""
    found = _AT.fullmatch(str(error))
    assert found is not None, "the pattern matches any text"
    what, path = found["what"], tuple(_steps(found["path"] or ""))
    # An unknown field is named in the text only; it is the client's own word, so it is shown back as a pointer.
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL)
    if unknown is not None:
        return Fault(detail="there is no such field", path=(*path, unknown[1]))
    return Fault(detail=what, path=path)


def snake(name: str) -> str:
    """`feeComponents` as REST writes it: `fee_components`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: "_" + found[1].lower(), name)


def content_disposition(kind: str, name: str) -> str:
    """The header for a file name that may hold any character (RFC 6266)."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "-_. ") else "_" for char in name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _steps(path: str) -> list[str | int]:
    return [name or (int(index) if index.isdigit() else index) for name, index in _STEP.findall(path)]


async def _content(endpoint: Endpoint, request: Request) -> bytes:
    """The body, of a type the endpoint accepts and of at most its size. Raises `Declined`."""
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said) > endpoint.max_body:
        raise _too_large(endpoint)
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > endpoint.max_body:
                raise _too_large(endpoint)
    except ClientDisconnect:
        # Nobody reads this; it only keeps a lost connection from being logged as a fault of ours.
        raise Declined(400, "", "the body was cut off") from None
    if content or not endpoint.body_may_be_left_out:
        _check_type(endpoint, request.headers)
    return bytes(content)


def _check_type(endpoint: Endpoint, headers: Mapping[str, str]) -> None:
    media_type, _, parameters = headers.get("content-type", "").partition(";")
    charset = re.search(r"charset=\"?([\w-]+)", parameters, re.IGNORECASE)
    right = media_type.strip().lower() in endpoint.accepts
    if not right or (JSON in endpoint.accepts and charset and charset[1].lower() not in ("utf-8", "utf8")):
        raise Declined(
            415,
            "",
            f"send this as {' or '.join(endpoint.accepts)}",
            headers={"Accept-Post" if endpoint.method == "POST" else "Accept": ", ".join(endpoint.accepts)},
        )


def _too_large(endpoint: Endpoint) -> Declined:
    # The rest of the body is not read, so the connection cannot be used again.
    return Declined(413, "", f"at most {endpoint.max_body} bytes are read here", headers={"Connection": "close"})


def _path_parameter(said: str, wanted: Any) -> Any:
    if len(said) > MAX_PARAMETER or "\0" in said:
        raise Declined(404, "NOT_FOUND", "there is no such thing")
    try:
        return msgspec.convert(said, wanted, strict=False)
    except msgspec.ValidationError:
        # What is no id names nothing.
        raise Declined(404, "NOT_FOUND", "there is no such thing") from None


def _refuse_nul(value: Any, path: tuple[str | int, ...]) -> None:
    """PostgreSQL has no NUL in text, so none of our texts has one."""
    match value:
        case str() if "\0" in value:
            raise Malformed(Fault(detail="a text holds no NUL", path=path))
        case list():
            for index, each in enumerate(value):
                _refuse_nul(each, (*path, index))
        case dict():
            for name, each in value.items():
                _refuse_nul(name, path)
                _refuse_nul(each, (*path, name))
