"""Rules are tested as they are written: given what happened, when somebody decides, then this. Without a database."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITE = ROOT / "backend" / "write"
# How commands are carried out, whatever they are; and the folds, on which every test of a decision stands.
MECHANISM = {"execute", "unit_of_work", "registry", "command", "refusal", "states"}


def _decisions(path: Path) -> set[str]:
    """The public plain functions of a module, but not a handler's helpers, which are given the unit of work."""
    return {
        node.name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name[0] != "_" and "UnitOfWork" not in ast.unparse(node.args)
    }


MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): names
    for path in sorted(WRITE.rglob("*.py"))
    if not MECHANISM & {path.stem, path.parent.name} and (names := _decisions(path))
}


def _tried_without_a_database() -> set[tuple[str, str]]:
    """Module and name of what is imported by test files and used, there, in a test that awaits nothing: every fixture
    that leads to a database is a coroutine's."""
    found: set[tuple[str, str]] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        tree = ast.parse(path.read_text())
        used = {
            name.id
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
            for name in ast.walk(node)
            if isinstance(name, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in MODULES:
                found |= {(node.module, each.name) for each in node.names if (each.asname or each.name) in used}
    return found


TRIED = _tried_without_a_database()


@pytest.mark.parametrize("module", MODULES)
def test_a_decision_has_a_pure_test(module: str) -> None:
    assert {name for where, name in TRIED if where == module} & MODULES[module], "test one of its decisions, purely"
