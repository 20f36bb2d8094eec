"""The app translates what the server says of a wrong value. A sentence that nobody says any more is found here."""

import ast
import re
from pathlib import Path

from backend.runtime.settings import REPOSITORY

_SENTENCE = re.compile(r"^  (\w+): /(.*)/,$", re.MULTILINE)
# What stands for a varying part: digits and a date are both found in `9`.
_VARYING = "9"


def test_every_sentence_the_app_translates_is_said_by_the_server() -> None:
    known = _SENTENCE.findall((REPOSITORY / "frontend/src/refusals/sentences.ts").read_text())
    assert len(known) > 30
    said = [text for path in sorted((REPOSITORY / "backend").rglob("*.py")) for text in _texts(path)]
    stale = [name for name, pattern in known if not any(re.search(pattern, text) for text in said)]
    assert not stale


def _texts(path: Path) -> list[str]:
    return [
        text
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant | ast.JoinedStr) and (text := _text(node))
    ]


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else _VARYING for part in node.values)
