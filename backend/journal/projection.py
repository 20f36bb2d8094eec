"""What a projection is: tables computed from events, in batches, each generation by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Table

from backend.events.event import BY_CLASS
from backend.journal.codec import Recorded
from backend.runtime.database import Connection
from backend.values.books import BOOKS, Book
from backend.values.identifiers import TenantId


@dataclass(frozen=True, slots=True)
class Target:
    """Where a projection writes: one generation of one tenant."""

    tenant_id: TenantId
    generation: int


class Projection(Protocol):
    """Folds batches of events into its tables with set-based statements.

    `apply` gets events of one book, in its order, only of the classes in `handles`. It must depend on nothing but the
    events and its own tables, so that a rebuild gives the same rows; one that folds both books gives the same rows in
    whatever order their batches come.
    """

    # Read-only, because every projection is frozen.
    @property
    def name(self) -> str: ...
    @property
    def tables(self) -> tuple[Table, ...]: ...
    @property
    def handles(self) -> frozenset[type]: ...

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None: ...


def books_of(projection: Projection) -> tuple[Book, ...]:
    """The books a projection folds: those of the events it handles. It has a checkpoint in each."""
    handled = {BY_CLASS[each].book for each in projection.handles}
    return tuple(book for book in BOOKS if book in handled)
