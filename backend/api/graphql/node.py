"""Objects that can be asked for again by their id alone (relay.dev/graphql/objectidentification.htm)."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import interface, output, resolved
from backend.api.graphql.identifiers import decoded
from backend.api.problems import Fault, Malformed

MAX_NODES: Final = 100

Finder = Callable[[Info, UUID], Awaitable[Any]]
F = TypeVar("F", bound=Finder)
FINDERS: Final[dict[str, Finder]] = {}


@interface
class Node:
    """Anything with an id of its own."""

    id: strawberry.ID


def found_by(type_name: str) -> Callable[[F], F]:
    """Register how an object of this type is found. A finder asks a query, so it is authorised like any other."""

    def register(finder: F) -> F:
        FINDERS[type_name] = finder
        return finder

    return register


@output
class NodeQueries:
    """Objects by their id."""

    @resolved
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        """The object of this id; null for one there is not, or that you may not see."""
        found: Node | None = await _find(info, id)
        return found

    @resolved(size=(MAX_NODES, MAX_NODES))
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        """The objects of these ids (at most 100), in their order."""
        if len(ids) > MAX_NODES:
            raise Malformed(Fault(detail=f"ask for at most {MAX_NODES} at once", path=("ids",)))
        return [await _find(info, each) for each in ids]


async def _find(info: Info, opaque: str) -> Any:
    type_name, identifier = decoded(opaque)
    if type_name not in FINDERS:
        raise Malformed(Fault(detail="nothing with this kind of id can be asked for", path=("id",)))
    return await FINDERS[type_name](info, identifier)
