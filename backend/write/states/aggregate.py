"""How the state behind a decision is folded from its stream of events."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

S = TypeVar("S")


# Without slots: Python 3.11 cannot call a subscripted generic class that has them.
@dataclass(frozen=True)
class Aggregate(Generic[S]):
    """How the state behind a decision is folded from its stream. `evolve` is pure."""

    name: str
    evolve: Callable[[S | None, Any], S | None]

    def fold(self, events: Iterable[Any]) -> S | None:
        """The state after these events, the first of the stream first; `None` of a stream without events."""
        state: S | None = None
        for event in events:
            state = self.evolve(state, event)
        return state
