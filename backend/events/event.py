"""The `@event` decorator: gives an event class its stored name, its version and the fields that are personal data."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Final, TypeVar, cast, dataclass_transform

E = TypeVar("E", bound=type)

# An older body (as builtins) to the body of the next version.
Upcast = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class EventType:
    """What the codec must know about one event class.

    `personal` fields are sealed with the key of the person named by the field `subject`; after erasure they read
    `None`, so each is declared optional.
    """

    name: str
    version: int
    cls: type
    plain: tuple[str, ...]
    personal: tuple[str, ...]
    subject: str | None


BY_NAME: Final[dict[str, EventType]] = {}
BY_CLASS: Final[dict[type, EventType]] = {}
UPCASTS: Final[dict[tuple[str, int], Upcast]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(
    name: str, *, version: int = 1, subject: str | None = None, personal: tuple[str, ...] = ()
) -> Callable[[E], E]:
    """Register a frozen, slotted, keyword-only dataclass as the event stored under `name`."""

    def register(cls: E) -> E:
        made: type = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        names = tuple(field.name for field in fields(made))
        if bool(personal) != bool(subject) or not set(personal) <= set(names) or (subject and subject not in names):
            raise TypeError(f"{name}: personal fields and their subject go together and must exist")
        if name in BY_NAME:
            raise TypeError(f"{name} is registered twice")
        plain = tuple(field for field in names if field not in personal)
        kind = EventType(name=name, version=version, cls=made, plain=plain, personal=personal, subject=subject)
        BY_NAME[name] = BY_CLASS[made] = kind
        return cast(E, made)

    return register


def upcast(name: str, *, from_version: int) -> Callable[[Upcast], Upcast]:
    """Register how a stored body of `from_version` becomes one of the next version. Runs after verification."""

    def register(function: Upcast) -> Upcast:
        UPCASTS[name, from_version] = function
        return function

    return register
