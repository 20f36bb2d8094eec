"""What our own types are called in the schema: a Literal is an enum, the NewType of an id is an opaque ID.

So fields and arguments are annotated with what the rest of the code uses, and hold it.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin
from uuid import UUID

import strawberry

from backend.api.graphql.identifiers import the
from backend.api.words import ENUMS

Reader = Callable[..., Any]

_SUFFIX: Final = "Id"


def kind_of(hint: Any) -> str | None:
    """The type an id names: `DebtorId` is the id of a `Debtor`. None for what is no id."""
    named: str = getattr(hint, "__name__", "")
    return named.removesuffix(_SUFFIX) if getattr(hint, "__supertype__", None) is UUID else None


def schema_type(hint: Any) -> Any:
    """The annotation strawberry reads for one of ours."""
    origin, inner = get_origin(hint), get_args(hint)
    if kind_of(hint):
        return strawberry.ID
    if origin is Literal:
        assert hint in ENUMS, f"{hint} has no name in the schema: give it `words` in api/words.py"
        return ENUMS[hint]
    if origin in (Union, UnionType):
        return reduce(or_, (schema_type(each) for each in inner))
    if origin is list:
        return list[schema_type(inner[0])]  # type: ignore[misc]
    return hint


def reader_of(hint: Any) -> Reader | None:
    """What makes an id of what a client sent, pointing at `path` where it is none. None where nothing need be made."""
    inner = get_args(hint)
    kind = kind_of(hint)
    if kind is not None:
        return lambda sent, *path: the(kind, sent, *path)
    if get_origin(hint) in (Union, UnionType):
        one = next(filter(None, map(reader_of, inner)), None)
        return None if one is None else lambda sent, *path: None if sent is None else one(sent, *path)
    if get_origin(hint) is list:
        each = reader_of(inner[0])
        return None if each is None else lambda sent, *path: [each(it, *path, at) for at, it in enumerate(sent)]
    return None


def readers_of(annotations: Mapping[str, Any]) -> dict[str, Reader]:
    """The readers of those fields or arguments that hold ids."""
    return {name: read for name, hint in annotations.items() if (read := reader_of(hint)) is not None}


def camel(name: str) -> str:
    """`org_node_id` as GraphQL writes it: `orgNodeId`."""
    first, *rest = name.split("_")
    return first + "".join(each.capitalize() for each in rest)
