"""Due work: which kinds there are, how the tenants with some of it are found, and how often somebody looks.

A kind is declared beside the table its rows stand in. The sweep calls a worker for each tenant it finds, the doorbell
makes that sooner, and health reads the queues, all from here: a new kind is one declaration and one actor.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from prometheus_client import Gauge

# A question of the sweep role, with its parameters.
Question = tuple[str, Sequence[Any]]

SWEEP_SECONDS: Final = 3.0
# How often a kind that can overlook something looks through everything; the first time is the scheduler's start.
THOROUGH_SECONDS: Final = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One kind of due work. `name` is also that of the queue its calls wait in.

    `finds` answers tenants and how much they have due; it is a function where that depends on a setting. It is asked
    every `seconds` over all tenants, so it must read what is due (a table of nothing else, a partial index) and never
    what is not. `thorough` may read more, because it is asked rarely. `rings`: a commit of the tenant may have made
    some, so its worker is called at once. `metric` is set to how much all tenants have due together.
    """

    name: str
    finds: str | Callable[[], Question]
    seconds: float = SWEEP_SECONDS
    rings: bool = True
    thorough: Callable[[], Question] | None = None
    metric: Gauge | None = None


_DECLARED: Final[dict[str, Due]] = {}
# Every kind that was declared, by name: of those whose modules were imported (`backend.schema` imports all).
DUE: Final[Mapping[str, Due]] = MappingProxyType(_DECLARED)


def due(declared: Due) -> Due:
    """Register a kind of due work."""
    if declared.name in _DECLARED:
        raise TypeError(f"{declared.name} is declared twice")
    _DECLARED[declared.name] = declared
    return declared
