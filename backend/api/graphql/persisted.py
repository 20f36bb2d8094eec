"""Persisted operations: the app names what it asks by a digest, and where the app was built with a list of them, a
browser's session may ask nothing else in production. Programs with a token say what they like, within the limits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from backend.api.graphql.document_limits import MAX_QUERY_LENGTH
from backend.runtime.logs import logger

MAX_OPERATIONS: Final = 2_000
MAX_MANIFEST_BYTES: Final = 4 * 1024 * 1024

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
# Stands for an operation until its digest has been looked up: a document that cannot be parsed.
_NAMED: Final = "#"
log = logger(__name__)


@dataclass(frozen=True, slots=True)
class PersistedOperations:
    """The operations of the app by the SHA-256 it names them by. `only` refuses sessions whatever is not among them."""

    by_digest: Mapping[str, str] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    only: bool = False

    def knows(self, document: str) -> bool:
        """Whether the app asks this, however it is laid out."""
        return _plain(document) in self.documents


NONE: Final = PersistedOperations()


def persisted_operations(manifest: Path, *, production: bool) -> PersistedOperations:
    """What the build of the app left: a JSON object from digest to document. Without one nothing is restricted."""
    if not manifest.is_file():
        return NONE
    if manifest.stat().st_size > MAX_MANIFEST_BYTES:
        raise ValueError(f"{manifest} has more than {MAX_MANIFEST_BYTES} bytes")
    found = msgspec.json.decode(manifest.read_bytes(), type=dict[str, str])
    fits = all(_DIGEST.fullmatch(digest) and len(text) <= MAX_QUERY_LENGTH for digest, text in found.items())
    if len(found) > MAX_OPERATIONS or not fits:
        raise ValueError(f"{manifest} is no list of persisted operations")
    log.info("graphql.persisted_operations", count=len(found), only=production)
    return PersistedOperations(found, frozenset(map(_plain, found.values())), only=production)


class Persisted(SchemaExtension):
    """Before anything is parsed: a digest becomes its document, and a session asks what the app asks."""

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        if not context.query and _digest_in(context.operation_extensions):
            context.query = _NAMED
        yield

    def on_parse(self) -> Iterator[None]:
        context, operations = self.execution_context, self.execution_context.context.operations
        if context.query == _NAMED:
            known = operations.by_digest.get(_digest_in(context.operation_extensions))
            if known is None:
                raise GraphQLError("PersistedQueryNotFound", extensions={"code": "PERSISTED_QUERY_NOT_FOUND"})
            context.query = known
        elif operations.only and context.context.actor.session_id is not None and not operations.knows(context.query):
            raise GraphQLError(
                "a session asks what the app asks: use a token for operations of your own",
                extensions={"code": "PERSISTED_QUERY_REQUIRED"},
            )
        yield


def named(operations: PersistedOperations, query: str | None, extensions: Any) -> str:
    """The document of a message that may bring a digest instead; one nobody knows is refused when it is parsed."""
    digest = "" if query else _digest_in(extensions)
    return operations.by_digest.get(digest, _NAMED) if digest else query or ""


def _digest_in(extensions: Any) -> str:
    """The digest of `{"persistedQuery": {"sha256Hash": …}}`; empty where there is none."""
    said = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    digest = said.get("sha256Hash") if isinstance(said, dict) else None
    return digest if isinstance(digest, str) and _DIGEST.fullmatch(digest) else ""


def _plain(document: str) -> str:
    return " ".join(document.split())
