"""The `@query` decorator: every question the read side answers is registered with the capability it needs.

The edge calls `function(connection, actor.reader(capability), …)`; tests walk `QUERIES` and try each from outside.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from backend.tenants.capabilities import Capability

F = TypeVar("F", bound=Callable[..., Awaitable[Any]])


@dataclass(frozen=True, slots=True)
class Query:
    """One public question: its name, the capability it needs, and the function `(connection, reader, *, …)`."""

    name: str
    capability: Capability
    function: Callable[..., Awaitable[Any]]


QUERIES: Final[dict[str, Query]] = {}


def query(capability: Capability) -> Callable[[F], F]:
    """Register a function as a public query under its own name."""

    def register(function: F) -> F:
        name = function.__name__
        if name in QUERIES and QUERIES[name].function.__module__ != function.__module__:
            raise TypeError(f"the query {name} exists twice")
        QUERIES[name] = Query(name, capability, function)
        return function

    return register
