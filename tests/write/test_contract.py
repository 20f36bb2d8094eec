"""What the rest of the house may know of the write side: commands, refusals and the front door."""

import ast
from collections.abc import Hashable, Iterator
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

from backend.write.refusal import Refusal
from backend.write.registry import COMMANDS

BACKEND = Path(__file__).parents[2] / "backend"
OUTSIDE = [path for path in sorted(BACKEND.rglob("*.py")) if path.relative_to(BACKEND).parts[0] != "write"]

FRONT_DOOR = {"execute", "preview", "Receipt", "WriteSide"}
# The table of contents, from which documentation is made.
CONTENTS = "backend.write.registry"
# Everything that is said when the business says no: the codes are published.
REFUSALS = "backend.write.refusal"
# Who reads a stream folds it as decisions do.
READS_STATES = {"outbound", "policies"}
EXCEPTIONS = {
    # A template that is not saved is shown as it would be saved. Asking for a preview of the command would take the
    # tenant's lock at every keystroke.
    "unsaved_template"
}


def test_outside_only_commands_refusals_and_the_front_door_are_known() -> None:
    for path in OUTSIDE:
        package = path.relative_to(BACKEND).parts[0]
        for module, name in _imported(path):
            known = (
                name in FRONT_DOOR | EXCEPTIONS
                or module in (REFUSALS, CONTENTS)
                or (package in READS_STATES and module.startswith("backend.write.states."))
                or _is_spoken(getattr(import_module(module), name, None))
            )
            assert known, f"{path}: {name} of {module} is the write side's own"


def test_each_exception_is_needed() -> None:
    assert {name for path in OUTSIDE for _, name in _imported(path)} >= EXCEPTIONS


def _imported(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("backend.write"):
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "*") for alias in node.names if alias.name.startswith("backend.write"))


def _is_spoken(found: Any) -> bool:
    """A command or a part of one, a refusal, or a limit of either."""
    if isinstance(found, type) and issubclass(found, Refusal):
        return True
    return isinstance(found, int) or (isinstance(found, Hashable) and found in _PARTS)


def _parts_of(hint: Any) -> Iterator[Any]:
    """Everything that a field of this type is made of."""
    yield hint
    if is_dataclass(hint) and isinstance(hint, type):
        for inner in get_type_hints(hint).values():
            yield from _parts_of(inner)
    for inner in get_args(hint):
        if not isinstance(inner, str):
            yield from _parts_of(inner)


_PARTS = {part for command in COMMANDS for part in _parts_of(command)}
