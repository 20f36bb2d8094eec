"""The edges translate: they hold no SQL, and the command line goes through the same door as a request."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

BACKEND = Path(__file__).parents[2] / "backend"
EDGES = sorted(path for folder in ("api", "cli") for path in (BACKEND / folder).rglob("*.py"))
COMMAND_LINE = sorted((BACKEND / "cli").rglob("*.py"))
# How a statement begins, in capitals as the house writes SQL. A sentence may begin with one of these words, too, but
# not go on like this.
_STATEMENT = re.compile(
    r"\s*(SELECT\b|WITH\s+\w+\s+AS\b|INSERT\s+INTO\b|UPDATE\s+\w+\s+(\w+\s+)?SET\b|DELETE\s+FROM\b|LOCK\s+TABLE\b"
    r"|(CREATE|ALTER|DROP|TRUNCATE)\s+(TABLE|INDEX|ROLE|DATABASE)\b)"
)


def _statements(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value.decode() if isinstance(node.value, bytes) else node.value
            if _STATEMENT.match(text):
                yield node.lineno


@pytest.mark.parametrize("path", EDGES, ids=lambda path: str(path.relative_to(BACKEND)))
def test_no_statement_stands_at_an_edge(path: Path) -> None:
    """A table is asked by its owner; whoever needs an answer calls a function that is named after the question."""
    assert list(_statements(path)) == []


@pytest.mark.parametrize("path", COMMAND_LINE, ids=lambda path: path.stem)
def test_the_command_line_sends_commands_like_anybody_else(path: Path) -> None:
    """By `api.dispatch`, which counts, notes refusals and folds, and never by `write.execute` itself."""
    imported = [node.module for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
    assert "backend.write.execute" not in imported


def test_a_statement_is_recognised(tmp_path: Path) -> None:
    """The net itself holds."""
    module = tmp_path / "edge.py"
    module.write_text(
        'asked = b"SELECT 1"\nmoved = f"UPDATE org_nodes SET name = %b WHERE {1}"\nsaid = "SELECTED rows"\n'
    )
    assert list(_statements(module)) == [1, 2]
