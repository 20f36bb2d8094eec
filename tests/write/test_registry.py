"""The table of contents: handlers declare themselves, and none is forgotten."""

import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, is_dataclass
from inspect import iscoroutinefunction, signature
from typing import Any

import pytest

from backend.tenants.capabilities import Capability
from backend.write.command import DECLARED, command
from backend.write.registry import COMMANDS
from backend.write.unit_of_work import UnitOfWork

Function = Callable[..., Awaitable[Any]]


def test_whatever_looks_like_a_handler_is_declared() -> None:
    assert set(_handlers()) == {handled.handler for handled in COMMANDS.values()}


def test_a_command_lives_beside_its_handler() -> None:
    for asked, handled in COMMANDS.items():
        assert asked.__module__ == handled.handler.__module__


def test_a_command_has_one_handler() -> None:
    @dataclass(frozen=True)
    class Twice:
        pass

    async def twice(command: Twice, work: UnitOfWork) -> None:
        """Never called."""

    command(Capability.SYSTEM)(twice)
    try:
        with pytest.raises(AssertionError, match="has a handler already"):
            command(Capability.SYSTEM)(twice)
    finally:
        del DECLARED[Twice]


def test_a_handler_names_its_command() -> None:
    async def of_nothing(command: int, work: UnitOfWork) -> None:
        """Never called."""

    with pytest.raises(AssertionError, match="is no command"):
        command(Capability.SYSTEM)(of_nothing)


def _handlers() -> Iterator[Function]:
    """Every public coroutine of `write` that takes a dataclass of its own module and a unit of work."""
    for name, module in list(sys.modules.items()):
        if name.startswith("backend.write."):
            for found in vars(module).values():
                if iscoroutinefunction(found) and found.__module__ == name and not found.__name__.startswith("_"):
                    first, *others = [each.annotation for each in signature(found).parameters.values()]
                    if is_dataclass(first) and others == [UnitOfWork]:
                        yield found
