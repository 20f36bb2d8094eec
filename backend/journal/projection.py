"""What a projection is: tables computed from events, in batches, each generation by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Table

from backend.journal.codec import Recorded
from backend.runtime.database import Connection
from backend.values.identifiers import TenantId


@dataclass(frozen=True, slots=True)
class Target:
    """Where a projection writes: one generation of one tenant."""

    tenant_id: TenantId
    generation: int


class Projection(Protocol):
    """Folds batches of events into its tables with set-based statements.

    `apply` gets events in journal order, only of the classes in `handles`. It must depend on nothing but the events
    and its own tables, so that a rebuild gives the same rows.
    """

    # Read-only, because every projection is frozen.
    @property
    def name(self) -> str: ...
    @property
    def tables(self) -> tuple[Table, ...]: ...
    @property
    def handles(self) -> frozenset[type]: ...

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None: ...
