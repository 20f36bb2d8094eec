"""What clients are told when something fails: what they did wrong in full, what we did wrong as an id.

At most five errors are returned, without suggestions of other names.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import psycopg
from graphql import GraphQLError
from strawberry.exceptions import MissingQueryError
from strawberry.extensions import SchemaExtension
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from backend.api.authentication import Unauthenticated
from backend.api.problems import STORAGE_AWAY, UNAVAILABLE, Fault, Malformed, logged, note_unavailable
from backend.read.paging import BadCursor, BadPage
from backend.runtime.storage import StorageUnavailable
from backend.tenants.actor import Forbidden
from backend.write.refusal import Refusal

MAX_ERRORS: Final = 5
MAX_MESSAGE: Final = 500

_SUGGESTION: Final = re.compile(r"\s*Did you mean [^?]*\?")


class CalmErrors(SchemaExtension):
    """Runs last, so that nothing leaves without having passed here."""

    def on_operation(self) -> Iterator[None]:
        try:
            yield
        except (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError):
            # No GraphQL at all: answered with 400.
            raise
        except GraphQLError as refused:
            raise told(refused) from None
        except Exception as fault:
            # Of another extension: strawberry would show its text to the client.
            raise told(GraphQLError("", original_error=fault)) from fault
        self._calm(self.execution_context.result)

    def on_stream_result(self, result: Any) -> Iterator[None]:
        self._calm(result)
        yield

    def _calm(self, result: Any) -> None:
        errors = getattr(result, "errors", None)
        if errors:
            result.errors = [told(error) for error in errors[:MAX_ERRORS]]


def told(error: GraphQLError) -> GraphQLError:
    """The error as the client sees it."""
    cause = _cause(error)
    match cause:
        case None:
            return _said(error, _SUGGESTION.sub("", error.message)[:MAX_MESSAGE], dict(error.extensions or {}))
        case Forbidden():
            return _said(error, str(cause), {"code": "FORBIDDEN", "capability": cause.capability.value})
        case Unauthenticated():
            return _said(error, str(cause), {"code": "UNAUTHENTICATED"})
        case Malformed():
            return _said(error, str(cause)[:MAX_MESSAGE], {"code": "BAD_INPUT", "faults": _faults(cause.faults)})
        case BadCursor() | BadPage():
            return _said(error, str(cause), {"code": "BAD_INPUT"})
        case Refusal():
            return _said(error, cause.message, {"code": cause.code.value, "publishedCode": cause.published_code})
        case psycopg.OperationalError():
            note_unavailable(cause)
            return _said(error, UNAVAILABLE, {"code": "UNAVAILABLE"})
        case StorageUnavailable():
            return _said(error, STORAGE_AWAY, {"code": "UNAVAILABLE"})
        case _:
            error_id = logged(cause)
            return _said(error, "An unexpected error; tell us its id.", {"code": "INTERNAL_ERROR", "id": error_id})


def _cause(error: BaseException) -> BaseException | None:
    """What was really raised; None when GraphQL itself refused the document or its variables."""
    while isinstance(error, GraphQLError):
        if error.original_error is None:
            return None
        error = error.original_error
    return error


def _faults(faults: tuple[Fault, ...]) -> list[dict[str, Any]]:
    return [{"message": fault.detail, "path": list(fault.path)} for fault in faults]


def _said(error: GraphQLError, message: str, extensions: dict[str, Any]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions or None,
    )
