"""The tables of contents in docs, from what declares itself: commands, queries, projections, events."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from backend.tenants.capabilities import Capability

# Refusals that any command may meet.
EVERYWHERE: Final = frozenset({"NOT_FOUND", "INVALID_VALUE", "FRESH_SIGN_IN_REQUIRED", "IDEMPOTENCY_KEY_REUSED"})
WRITTEN_BY: Final = "Written by `./carreau generate` from the code; the sentences are those of the docstrings."


def commands() -> str:
    """docs/commands.md: everything that anybody can want."""
    from backend.write.registry import COMMANDS

    rows = (
        (
            _room(command, "backend.write."),
            f"**{command.__name__}**{_marks(handled)}<br>{_sentence(command)}",
            _who(handled.capability),
            ", ".join(f"`{code}`" for code in _refusals(handled.handler)),
        )
        for command, handled in COMMANDS.items()
    )
    about = (
        "Everything that anybody can want, by the room of `backend/write` that carries it out, and how the business may"
        " say no. Any command may also be refused as `NOT_FOUND`, `INVALID_VALUE`, `FRESH_SIGN_IN_REQUIRED` or"
        " `IDEMPOTENCY_KEY_REUSED`."
    )
    return "".join(_page("Commands", about, ("command", "who may", "refused as"), rows))


def queries() -> str:
    """docs/queries.md: everything that can be asked, and the read models that answer."""
    from backend.read.registry import projections
    from backend.read.registry import queries as registered

    asked = (
        (_room(query.function, "backend.read."), f"**{name}**<br>{_sentence(query.function)}", _who(query.capability))
        for name, query in registered().items()
    )
    about = "Everything that can be asked, by the room of `backend/read` that answers."
    folded = (
        ("", f"**{each.name}**", ", ".join(f"`{table.name}`" for table in each.tables), _names(each.handles))
        for each in projections()
    )
    return "".join(
        (
            *_page("Queries", about, ("query", "who may"), asked),
            "\n## What is kept for them\n\nThe projections, in the order in which they are folded.\n\n",
            *_table(("projection", "tables", "events it folds"), [row[1:] for row in folded]),
        )
    )


def events() -> str:
    """docs/events.md: everything that can happen, and what is stored of it for ever."""
    import backend.write.registry  # noqa: F401 - commands import every event
    from backend.events.event import BY_NAME

    rows = (
        (
            _room(kind.cls, "backend.events."),
            f"**{kind.name}**{f' v{kind.version}' if kind.version > 1 else ''}<br>{_sentence(kind.cls)}",
            ", ".join(f"*{field}*" if field in kind.personal else field for field in kind.cls.__annotations__),
        )
        for kind in BY_NAME.values()
    )
    about = (
        "Everything that can happen, by the file of `backend/events`, with the fields that are stored for ever. What is"
        " *slanted* is personal: sealed with a key per person, and gone when that is destroyed."
    )
    return "".join(_page("Events", about, ("event", "fields"), rows))


def _page(title: str, about: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A heading for each room, the first cell of a row, and below it a table of the others."""
    yield f"# {title}\n\n{about} {WRITTEN_BY}\n"
    rooms: dict[str, list[tuple[str, ...]]] = {}
    for room, *cells in sorted(rows):
        rooms.setdefault(room, []).append(tuple(cells))
    for room, cells_of in rooms.items():
        yield f"\n## {room}\n\n"
        yield from _table(columns, cells_of)


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n"
    for cells in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _room(declared: Any, package: str) -> str:
    """The first room below the package, as a title: the noun that is the same everywhere."""
    return str(declared.__module__).removeprefix(package).partition(".")[0].replace("_", " ").capitalize()


def _sentence(declared: Any) -> str:
    """The first sentence of a docstring. A dataclass without one would show Python's own, its signature."""
    said = inspect.cleandoc(declared.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    assert said.partition("(")[0] not in ("", declared.__name__), f"{declared.__name__} does not say what it is"
    head, dot, _ = said.partition(". ")
    return head + dot.rstrip()


def _who(capability: Capability) -> str:
    """A capability and the roles that include it."""
    from backend.tenants.capabilities import ROLES

    roles = ", ".join(role.value.replace("_", " ") for role in ROLES if capability in ROLES[role])
    return f"`{capability.value}`: {roles or 'our own workers'}"


def _marks(handled: Any) -> str:
    """What its sender must bring besides the capability."""
    marks = ["signed in freshly"] * handled.dangerous + ["with an idempotency key"] * handled.once
    return f" ({', '.join(marks)})" if marks else ""


def _refusals(handler: Any) -> list[str]:
    """The codes of the refusals that the handler's file knows: its own, and those of the decisions it calls."""
    from backend.write.refusal import Refusal

    known = vars(sys.modules[handler.__module__]).values()
    own = {each for each in known if isinstance(each, type) and issubclass(each, Refusal) and each is not Refusal}
    return sorted({each.code.value for each in own} - EVERYWHERE)


def _names(classes: Iterable[type]) -> str:
    """The events of a projection by name."""
    from backend.events.event import BY_CLASS

    found = set(classes)
    return "every event" if found == set(BY_CLASS) else ", ".join(sorted(each.__name__ for each in found))
