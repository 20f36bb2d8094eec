"""Strawberry's decorators with the docstring as the description, so that the schema says what the code says.

Annotations are our own types; `schema_types` says what they are in the schema.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, dataclass_transform, overload

import strawberry

from backend.api.graphql.schema_types import camel, readers_of, schema_type
from backend.api.graphql.sizes import Price, Size, priced

T = TypeVar("T", bound=type)


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def output(cls: T) -> T:
    """An object type."""
    _translate(cls)
    made: T = strawberry.type(cls, description=described(cls))
    return made


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def given(cls: T) -> T:
    """An input type. Its ids are read when it is made; `WITHIN` is where it stands, for the pointer at one that is
    none."""
    readers = readers_of(cls.__annotations__)
    if readers:

        def read_ids(self: Any) -> None:
            for name, read in readers.items():
                setattr(self, name, read(getattr(self, name), *getattr(self, "WITHIN", ()), camel(name)))

        cls.__post_init__ = read_ids  # type: ignore[attr-defined]
    _translate(cls)
    made: T = strawberry.input(cls, description=described(cls))
    return made


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def interface(cls: T) -> T:
    """An interface."""
    made: T = strawberry.interface(cls, description=described(cls))
    return made


@overload
def resolved(function: Callable[..., Any]) -> Any: ...
@overload
def resolved(
    *, size: tuple[int, int] | None = None, statements: int = 0, work: int = 0, rehearsal: int = 0
) -> Callable[[Callable[..., Any]], Any]: ...
def resolved(
    function: Callable[..., Any] | None = None,
    *,
    size: tuple[int, int] | None = None,
    statements: int = 0,
    work: int = 0,
    rehearsal: int = 0,
) -> Any:
    """A field with a resolver: a query, or a derived field of an object.

    @resolved(size=(10, HISTORY_LIMIT), statements=1)
    async def history(self, info: Info) -> list[StatusChange]: ...

    What it costs stands with it: `size` of a list, typical and at most; `statements` of its own; see `Price`.
    """
    price = Price(size=Size(*size) if size else None, statements=statements, work=work, rehearsal=rehearsal)

    def declare(function: Callable[..., Any]) -> Any:
        text = described(function)
        return strawberry.field(resolver=_reading(function), description=text, metadata=priced(price))

    return declare if function is None else declare(function)


def subscription(function: Callable[..., Any]) -> Any:
    """A subscription."""
    return strawberry.subscription(resolver=_reading(function), description=described(function))


def described(what: Any) -> str:
    """Its docstring in one line."""
    text = inspect.getdoc(what)
    assert text, f"{what.__name__} needs a docstring: it is what API users read"
    return " ".join(text.split())


def _translate(annotated: Any) -> None:
    """Say in the schema's types what is annotated with ours."""
    annotated.__annotations__ = {name: schema_type(hint) for name, hint in annotated.__annotations__.items()}


def _reading(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, called with ids as they are and not as clients send them."""
    readers = readers_of({name: hint for name, hint in function.__annotations__.items() if name != "return"})
    _translate(function)
    if not readers:
        return function

    def read(named: dict[str, Any]) -> dict[str, Any]:
        ids = {name: read(named[name], camel(name)) for name, read in readers.items() if name in named}
        return named | ids

    if not inspect.iscoroutinefunction(function):
        return wraps(function)(lambda *said, **named: function(*said, **read(named)))

    @wraps(function)
    async def reading(*said: Any, **named: Any) -> Any:
        return await function(*said, **read(named))

    return reading
