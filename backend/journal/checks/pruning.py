"""A book that does not begin at its first event says so itself: where, and with which hash, as it was signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backend.events.access import AccessBookPruned
from backend.journal.checks.finding import Finding
from backend.journal.codec import Recorded
from backend.journal.retention import Beginning

NAME: Final = "pruning"


@dataclass(slots=True)
class PruningCheck:
    """Remembers the last event that says where its book begins; `end` holds it against where the rows do begin."""

    beginning: Beginning
    said: AccessBookPruned | None = None
    name: str = NAME

    def see(self, recorded: Recorded) -> Iterator[Finding]:
        """Nothing is wrong with one event by itself: an earlier pruning is outdated by the next."""
        if isinstance(recorded.event, AccessBookPruned):
            self.said = recorded.event
        yield from ()

    def end(self) -> Iterator[Finding]:
        """The faults of the beginning, once every event was seen."""
        signed = self.beginning.checkpoint
        found = (self.beginning.position, signed.hash if signed else "")
        said = (self.said.until, self.said.hash) if self.said else (0, "")
        if found != said:
            yield Finding(
                check=NAME,
                book="access",
                position=None,
                subject="beginning",
                expected=f"{said[0]} {said[1]}".strip(),
                found=f"{found[0]} {found[1]}".strip(),
            )
