"""Decisions are pure. Only handlers, which are coroutines, see the database, the journal and the clock."""

import ast
from collections.abc import Iterator
from importlib import import_module
from inspect import iscoroutinefunction, ismodule
from pathlib import Path

import pytest

WRITE = Path(__file__).parents[2] / "backend" / "write"
# How commands are carried out, whatever they are: no decisions are made there.
MECHANISM = {"execute.py", "unit_of_work.py", "registry.py", "command.py"}
FILES = sorted(path for path in WRITE.rglob("*.py") if str(path.relative_to(WRITE)) not in MECHANISM)

IMPURE = ("backend.inline", "backend.journal", "backend.runtime", "psycopg", "psycopg_pool", "sqlalchemy")
# Rows of tenants are facts like others; what asks for them is a coroutine.
ROWS = "backend.tenants"
ACTING, ACTOR = "backend.write.unit_of_work", "UnitOfWork"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(WRITE)))
def test_decisions_use_nothing_that_does_something(path: Path) -> None:
    tree = ast.parse(path.read_text())
    acting = set(_acting(tree))
    for definition in tree.body:
        if isinstance(definition, ast.FunctionDef) and not _is_given_the_work(definition):
            used = _used(definition) & acting
            assert not used, f"{definition.name} is a decision, and uses {', '.join(sorted(used))}"
        elif isinstance(definition, ast.ClassDef | ast.Assign | ast.AnnAssign):
            used = _used(definition) & acting
            assert not used, f"line {definition.lineno} uses {', '.join(sorted(used))}"


@pytest.mark.parametrize("path", sorted((WRITE / "states").glob("*.py")), ids=lambda path: path.stem)
def test_a_state_imports_nothing_that_does_something(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert list(_acting(tree)) == []
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)]


def _acting(tree: ast.Module) -> Iterator[str]:
    """The imported names by which something could be done."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                if node.module.startswith((*IMPURE, ACTING)) or (
                    node.module.startswith(ROWS) and _asks(node.module, alias.name)
                ):
                    yield alias.asname or alias.name
        elif isinstance(node, ast.Import):
            yield from (alias.asname or alias.name for alias in node.names if alias.name.startswith(IMPURE))


def _asks(module: str, name: str) -> bool:
    found = getattr(import_module(module), name, None)
    return found is None or ismodule(found) or iscoroutinefunction(found)


def _is_given_the_work(function: ast.FunctionDef) -> bool:
    """A part of a handler that has nothing to wait for: it records."""
    return any(
        isinstance(each.annotation, ast.Name) and each.annotation.id == "UnitOfWork" for each in function.args.args
    )


def _used(definition: ast.AST) -> set[str]:
    """The names it uses and does not bind itself."""
    bound = {node.arg for node in ast.walk(definition) if isinstance(node, ast.arg)}
    names = [node for node in ast.walk(definition) if isinstance(node, ast.Name)]
    bound |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.id for node in names if isinstance(node.ctx, ast.Load)} - bound
