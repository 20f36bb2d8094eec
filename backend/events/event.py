"""The `@event` decorator: the stored name of an event class, its version, which fields are personal and which shown."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Final, TypeVar, cast, dataclass_transform

from backend.values.books import Book

E = TypeVar("E", bound=type)

# An older body (as builtins) to the body of the next version.
Upcast = Callable[[dict[str, Any]], dict[str, Any]]

# What the books must know of every event that carries an entry: whose they are, where, in which currency, and its name.
_OF_ENTRIES: Final = ("issuer_id", "issuer_org_node_id", "currency", "booked_as")


@dataclass(frozen=True, slots=True)
class EventType:
    """What the codec must know about one event class.

    `personal` fields are sealed with the key of the person named by the field `subject`; after erasure they read
    `None`, so each is declared optional. `entry` names the field with the amount of the double entry the event carries;
    without it the event never carries one. `forgets` names the field with the person whose key is destroyed with it.

    `about` names the field with what the event is about, for the activity list; without it, that is the whole tenant.
    `shows` are the fields that the list may publish, and no other: every auditor reads them.
    """

    name: str
    version: int
    cls: type
    plain: tuple[str, ...]
    personal: tuple[str, ...]
    subject: str | None
    entry: str | None = None
    # Which of the tenant's books it is recorded in.
    book: Book = "money"
    forgets: str | None = None
    about: str | None = None
    shows: tuple[str, ...] = ()


BY_NAME: Final[dict[str, EventType]] = {}
BY_CLASS: Final[dict[type, EventType]] = {}
UPCASTS: Final[dict[tuple[str, int], Upcast]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(
    name: str,
    *,
    version: int = 1,
    book: Book = "money",
    subject: str | None = None,
    personal: tuple[str, ...] = (),
    entry: str | None = None,
    forgets: str | None = None,
    about: str | None = None,
    shows: tuple[str, ...] = (),
) -> Callable[[E], E]:
    """Register a frozen, slotted, keyword-only dataclass as the event stored under `name`."""

    def register(cls: E) -> E:
        made: type = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        names = tuple(field.name for field in fields(made))
        if bool(personal) != bool(subject) or not set(personal) <= set(names) or (subject and subject not in names):
            raise TypeError(f"{name}: personal fields and their subject go together and must exist")
        if forgets and forgets not in names:
            raise TypeError(f"{name}: there is no {forgets} to forget")
        if entry and not all(hasattr(made, wanted) for wanted in (entry, *_OF_ENTRIES)):
            raise TypeError(f"{name}: an event with an entry has {entry} and {', '.join(_OF_ENTRIES)}")
        if name in BY_NAME:
            raise TypeError(f"{name} is registered twice")
        plain = tuple(field for field in names if field not in personal)
        if not {*shows, *([about] if about else [])} <= set(plain):
            raise TypeError(f"{name}: what is shown, and what it is about, are fields of its own that are not personal")
        kind = EventType(
            name=name,
            version=version,
            cls=made,
            plain=plain,
            personal=personal,
            subject=subject,
            entry=entry,
            book=book,
            forgets=forgets,
            about=about,
            shows=shows,
        )
        BY_NAME[name] = BY_CLASS[made] = kind
        return cast(E, made)

    return register


def upcast(name: str, *, from_version: int) -> Callable[[Upcast], Upcast]:
    """Register how a stored body of `from_version` becomes one of the next version. Runs after verification."""

    def register(function: Upcast) -> Upcast:
        UPCASTS[name, from_version] = function
        return function

    return register
