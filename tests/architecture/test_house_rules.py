"""The house rules, read from the source: sizes, names, docstrings, no float, no clock outside the clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.cli.test import CHECKS

BACKEND = Path(__file__).parents[2] / "backend"
FILES = sorted(BACKEND.rglob("*.py"))
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
FORBIDDEN_NAMES = {"utils", "common", "helpers", "misc", "base"}
# Durations and metrics are not money: the places that may say `float`, each with its reason in the file.
FLOAT_ALLOWED = {"runtime", "worker", "bench", "cli", "outbound", "documents", "seed", "api"}
FLOAT_NEVER = {"values", "rules", "events", "write", "inline", "inbound", "journal", "read", "tenants", "policies"}
CLOCKS = {"now", "today", "utcnow"}


def test_the_rules_about_float_name_every_package() -> None:
    packages = {path.name for path in BACKEND.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert packages <= FLOAT_ALLOWED | FLOAT_NEVER


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BACKEND)))
def test_a_file_is_short_named_well_and_says_what_it_is(path: Path) -> None:
    source = path.read_text()
    assert source.count("\n") <= MAX_FILE_LINES, "ask what this file is about, and split it"
    assert path.stem not in FORBIDDEN_NAMES
    docstring = ast.get_docstring(ast.parse(source))
    assert docstring, "every module says in one to five lines what it is"


def test_the_files_of_the_app_are_short() -> None:
    app = BACKEND.parent / "frontend" / "src"
    ours = [path for path in app.rglob("*") if path.suffix in (".ts", ".tsx", ".css") and "generated" not in path.parts]
    assert len(ours) > 100
    assert [path.name for path in ours if path.read_text().count("\n") > MAX_FILE_LINES] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BACKEND)))
def test_functions_are_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 <= MAX_FUNCTION_LINES, node.name


def test_the_formatter_decides_layout() -> None:
    """ADR 0022: the checks run it, and nobody tells it to leave lines alone."""
    assert ("ruff", "format", "--check", "--quiet", ".") in [check.command for check in CHECKS]
    directives = tuple(f"fmt: {word}" for word in ("skip", "off"))
    for path in (*FILES, *sorted((BACKEND.parent / "tests").rglob("*.py"))):
        assert not [directive for directive in directives if f"# {directive}" in path.read_text()], path


def test_money_code_knows_no_float() -> None:
    """S000-29: amounts are integers; rates and quantities are decimals."""
    for path in FILES:
        if path.relative_to(BACKEND).parts[0] in FLOAT_NEVER:
            for node in ast.walk(ast.parse(path.read_text())):
                assert not (isinstance(node, ast.Name) and node.id == "float"), path
                assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path


def test_only_the_clock_asks_what_time_it_is() -> None:
    """Decisions are given a date or an instant; `runtime/clock.py` alone looks at the machine."""
    for path in FILES:
        if path == BACKEND / "runtime" / "clock.py":
            continue
        for call in _calls(path):
            function = call.func
            if isinstance(function, ast.Attribute) and function.attr in CLOCKS:
                owner = function.value
                assert not (isinstance(owner, ast.Name) and owner.id in ("datetime", "date")), f"{path}:{call.lineno}"


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
