"""The decision records are complete, and the tests they name exist."""

import ast
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
RECORDS = sorted((REPOSITORY / "docs" / "decisions").glob("[0-9]*.md"))
HEADINGS = ("## Context", "## Decision", "## Consequences", "## Alternatives", "## Enforced by")
MAX_LINES = 60


def test_they_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_is_one_page_and_names_tests_that_exist(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= MAX_LINES, "one page"
    assert [heading for heading in HEADINGS if heading not in text] == []
    named = re.findall(r"`(tests/[\w/.]+)`", text.split("## Enforced by")[1])
    assert named, "a decision without a test is a wish"
    assert [name for name in named if not (REPOSITORY / name).exists()] == []


def test_there_is_no_orm() -> None:
    """ADR 0006: SQLAlchemy declares tables and compiles no query; rows become values in one visible line."""
    queries = {"select", "insert", "update", "delete"}
    for path in (REPOSITORY / "backend").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [module or ""]
            assert not [name for name in names if name.startswith(("sqlalchemy.orm", "sqlalchemy.ext.asyncio"))], path
            if module == "sqlalchemy" and isinstance(node, ast.ImportFrom):
                assert queries.isdisjoint(alias.name for alias in node.names), path
