"""What every measurement gets: open services, and how thorough it is to be."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

from backend.services import Services

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One run of the bench. `quick` chooses the small sizes; `tell` shows a line of progress."""

    services: Services
    quick: bool
    tell: Callable[[str], None]

    def size(self, full: int, quick: int) -> int:
        """How many of something this run does."""
        return quick if self.quick else full


async def clocked(work: Awaitable[T]) -> tuple[float, T]:
    """How many seconds `work` took, and its result."""
    began = perf_counter()
    result = await work
    return perf_counter() - began, result
