"""What makes one schema of another, as statements; whatever a person must decide is said in a comment above."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from backend.runtime.catalogue import Column, Described

# How a line begins that a person must read before the revision may be committed.
LOOK: Final = "-- LOOK: "


def alterations(
    have: Mapping[str, Described], want: Mapping[str, Described], *, created: Callable[[str], Iterable[str]]
) -> Iterator[str]:
    """The statements that lead from `have` to `want`; `created` gives those of a whole new table, in the order of
    `want`."""
    for name in want:
        if name not in have:
            yield from created(name)
    for name in sorted(have.keys() & want.keys()):
        yield from _altered(name, have[name], want[name])
    for name in sorted(have.keys() - want.keys()):
        yield f"{LOOK}{name} is no longer declared; if it was renamed, write ALTER TABLE … RENAME\nDROP TABLE {name}"


def _altered(table: str, have: Described, want: Described) -> Iterator[str]:
    """One table: what goes is dropped before what comes is made, because a new index may have an old one's name."""
    yield from _dropped(table, have, want)
    for name in want.columns:
        if name not in have.columns:
            yield _added(table, name, want.columns[name])
        elif have.columns[name] != want.columns[name]:
            yield from _changed(table, name, have.columns[name], want.columns[name])
    for name in have.columns.keys() - want.columns.keys():
        look = f"{LOOK}{table}.{name} is no longer declared; if it was renamed, write RENAME COLUMN"
        yield f"{look}\nALTER TABLE {table} DROP COLUMN {name}"
    for name, definition in _others(want.constraints, have.constraints):
        yield f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"
    for _, definition in _others(want.indexes, have.indexes):
        yield definition.replace(" ON public.", " ON ")
    if have.walls != want.walls:
        yield f"ALTER TABLE {table} {'ENABLE' if want.walls[0] else 'DISABLE'} ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} {'FORCE' if want.walls[1] else 'NO FORCE'} ROW LEVEL SECURITY"
    for name, definition in _others(want.policies, have.policies):
        yield f"CREATE POLICY {name} ON {table} {definition}"
    for grant in sorted(want.grants - have.grants, key=str):
        yield grant.on(table, verb="GRANT", direction="TO")


def _dropped(table: str, have: Described, want: Described) -> Iterator[str]:
    for grant in sorted(have.grants - want.grants, key=str):
        yield grant.on(table, verb="REVOKE", direction="FROM")
    for name, _ in _others(have.policies, want.policies):
        yield f"DROP POLICY {name} ON {table}"
    for name, _ in _others(have.indexes, want.indexes):
        yield f"DROP INDEX {name}"
    for name, _ in _others(have.constraints, want.constraints):
        yield f"ALTER TABLE {table} DROP CONSTRAINT {name}"


def _added(table: str, name: str, column: Column) -> str:
    statement = f"ALTER TABLE {table} ADD COLUMN {name} {column}"
    if column.required and column.default is None:
        return f"{LOOK}{table}.{name} needs a value in the rows that exist: fill them, or empty the table\n{statement}"
    return statement


def _changed(table: str, name: str, have: Column, want: Column) -> Iterator[str]:
    alter = f"ALTER TABLE {table} ALTER COLUMN {name}"
    if have.type != want.type:
        look = f"{LOOK}{table}.{name} was {have.type}; not every value of it may be a {want.type}"
        yield f"{look}\n{alter} TYPE {want.type} USING {name}::{want.type}"
    if have.default != want.default:
        yield f"{alter} DROP DEFAULT" if want.default is None else f"{alter} SET DEFAULT {want.default}"
    if have.required != want.required:
        yield f"{alter} {'SET' if want.required else 'DROP'} NOT NULL"


def _others(one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What stands in `one` and not, or otherwise, in `other`, by name."""
    return ((name, one[name]) for name in sorted(one) if other.get(name) != one[name])
