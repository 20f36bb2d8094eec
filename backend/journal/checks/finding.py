"""What a check says when something is not as it must be."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from backend.journal.codec import Recorded
from backend.values.books import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One offending row: where it stands, what it had to be and what it is. Never personal data.

    `position` is one of `book`; None where the fault is not of one event (a missing tail, a read model).
    """

    check: str
    book: Book = "money"
    position: int | None
    subject: str
    expected: str
    found: str


class Check(Protocol):
    """Sees every event of one tenant, in order, and remembers little: a journal may be of any length."""

    @property
    def name(self) -> str: ...

    def see(self, recorded: Recorded) -> Iterable[Finding]: ...


def unequal(check: str, recorded: Recorded, subject: str, *pairs: tuple[str, object, object]) -> Iterable[Finding]:
    """A finding for each of `pairs` (what it is about, expected, found) that differs."""
    for about, expected, found in pairs:
        if expected != found:
            yield Finding(
                check=check,
                book=recorded.book,
                position=recorded.position,
                subject=subject,
                expected=f"{about} {expected}",
                found=str(found),
            )
