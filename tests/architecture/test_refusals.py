"""Every way in which the business says no is raised somewhere, and seen to be raised by a test."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import backend.write.registry  # noqa: F401 - it imports every module that has refusals
from backend.write.refusal import Refusal, RefusalCode

TESTS = Path(__file__).parents[1]
# What the gate answers other systems that ask before they move a licence: a verdict, and no command that is refused.
OF_THE_GATE = {RefusalCode.TRANSFER_BLOCKED_BY_DEBT}


def _kinds(parent: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for kind in parent.__subclasses__():
        if kind.__module__.startswith("backend."):
            yield kind
            yield from _kinds(kind)


REFUSALS = sorted(set(_kinds()), key=lambda kind: (kind.__module__, kind.__name__))


def test_every_code_is_that_of_a_refusal() -> None:
    """What is published is translated by every client: a code that nobody raises is work for nothing."""
    assert set(RefusalCode) - OF_THE_GATE == {kind.code for kind in REFUSALS}


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_refusal_is_expected_by_a_test(kind: type[Refusal]) -> None:
    assert kind.__name__ in EXPECTED or kind.code.value in EXPECTED, "write the test in which the business says no"


def _expected() -> Iterator[str]:
    """What tests name: the classes that they expect, and the codes that they read in answers."""
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Name | ast.Attribute):
                yield node.id if isinstance(node, ast.Name) else node.attr
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


EXPECTED = set(_expected())
