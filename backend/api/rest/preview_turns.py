"""How many previews somebody may ask for: a form that asks at every letter must not keep others from their invoices."""

from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from backend.api.rest.endpoint import Declined

# One every half second for a minute: faster than anybody types and looks.
MAX_IN_A_MINUTE: Final = 120
# Waiting or being drawn, in this process. Who comes later had better come back.
MAX_AT_ONCE: Final = 8
# People whose last minute is remembered; who was forgotten begins anew.
_MAX_PEOPLE: Final = 10_000
_MINUTE: Final = timedelta(minutes=1)


class PreviewTurns:
    """The turns of one process, kept in memory: nothing about a preview is stored."""

    def __init__(self) -> None:
        self._at_once = 0
        self._lately: OrderedDict[str, deque[datetime]] = OrderedDict()

    @contextmanager
    def turn(self, principal: str, now: datetime) -> Iterator[None]:
        """One preview. Raises `Declined` with 429 or 503 and when to try again."""
        self._count(principal, now)
        if self._at_once >= MAX_AT_ONCE:
            raise Declined(
                503,
                "PREVIEW_BUSY",
                "many previews are being drawn: try again in a moment",
                headers={"Retry-After": "2"},
            )
        self._at_once += 1
        try:
            yield
        finally:
            self._at_once -= 1

    def _count(self, principal: str, now: datetime) -> None:
        lately = self._lately.setdefault(principal, deque())
        self._lately.move_to_end(principal)
        while lately and lately[0] <= now - _MINUTE:
            lately.popleft()
        if len(lately) >= MAX_IN_A_MINUTE:
            raise Declined(
                429,
                "TOO_MANY_PREVIEWS",
                f"at most {MAX_IN_A_MINUTE} previews a minute: wait a little",
                headers={"Retry-After": "10"},
            )
        lately.append(now)
        while len(self._lately) > _MAX_PEOPLE:
            self._lately.popitem(last=False)
