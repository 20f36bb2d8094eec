"""Strawberry's decorators with the docstring as the description, so that the schema says what the code says."""

import inspect
from collections.abc import Callable
from enum import EnumMeta
from typing import Any, TypeVar, dataclass_transform

import strawberry

T = TypeVar("T", bound=type)
E = TypeVar("E", bound=EnumMeta)


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def output(cls: T) -> T:
    """An object type."""
    made: T = strawberry.type(cls, description=_described(cls))
    return made


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def given(cls: T) -> T:
    """An input type."""
    made: T = strawberry.input(cls, description=_described(cls))
    return made


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def interface(cls: T) -> T:
    """An interface."""
    made: T = strawberry.interface(cls, description=_described(cls))
    return made


def words(cls: E) -> E:
    """An enum. Its values are the words our rules use, its names the same in capitals."""
    return strawberry.enum(cls, description=_described(cls))


def resolved(function: Callable[..., Any]) -> Any:
    """A field with a resolver: a query, or a derived field of an object."""
    return strawberry.field(resolver=function, description=_described(function))


def mutation(function: Callable[..., Any]) -> Any:
    """A mutation."""
    return strawberry.mutation(resolver=function, description=_described(function))


def subscription(function: Callable[..., Any]) -> Any:
    """A subscription."""
    return strawberry.subscription(resolver=function, description=_described(function))


def _described(what: Any) -> str:
    text = inspect.getdoc(what)
    assert text, f"{what.__name__} needs a docstring: it is what API users read"
    return " ".join(text.split())
