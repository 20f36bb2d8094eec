"""How a tenant's read models and dispatches stand, for who runs the service: positions, times and counts, no content.

There is no table behind it: the journal's head, the checkpoints and the requests for a rebuild are the facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from backend.inline.outbound_work import waiting
from backend.journal.rebuilds import asked_rebuilds, is_read_model
from backend.journal.signing import signed_checkpoints
from backend.read.query import query
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionStanding:
    """One read model, or a policy that follows the journal like one. `behind` counts the events of its books that it
    has not seen, and `waiting_since` is when the first of them was recorded; `position` is one of the money book,
    unless it folds the access book alone. `halted` says why it stands still; `rebuilt_to` is where a new generation
    stands that is being computed beside the live one."""

    name: str
    is_read_model: bool
    position: int
    behind: int
    waiting_since: datetime | None
    halted: str
    rebuilt_to: int | None
    rebuild_asked_at: datetime | None
    rebuild_failed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantStanding:
    """Where the money book ends and is signed, when its last event was recorded, and how far everything behind both
    books has come."""

    head: int
    last_at: datetime | None
    projections: tuple[ProjectionStanding, ...]
    dispatches_due: int
    signed_position: int
    signed_on: date | None


_HEAD: Final = (
    b"SELECT h.position, (SELECT e.recorded_at FROM journal_events e WHERE e.tenant_id = h.tenant_id"
    b" AND e.book = h.book AND e.position = h.position) FROM journal_heads h"
    b" WHERE h.tenant_id = %b AND h.book = 'money'"
)
_CHECKPOINTS: Final = (
    b"SELECT c.projection, c.position, h.position - c.position, coalesce(c.halted, ''), (SELECT e.recorded_at"
    b" FROM journal_events e WHERE e.tenant_id = c.tenant_id AND e.book = c.book AND e.position = c.position + 1),"
    b" (SELECT max(n.position) FROM checkpoints n WHERE n.tenant_id = c.tenant_id AND n.projection = c.projection"
    b" AND n.book = c.book AND n.generation > c.generation)"
    b" FROM checkpoints c JOIN journal_heads h USING (tenant_id, book) WHERE c.tenant_id = %b AND c.live"
    # The money book first: it is the one that speaks for a read model of both.
    b" ORDER BY c.projection, c.book DESC"
)


@query(Capability.PLATFORM_OPERATE)
async def tenant_standing(connection: ReadConnection, reader: Reader) -> TenantStanding:
    """How the tenant stands; only for an unlimited reach, because it is about the tenant as a whole."""
    if reader.reach.nodes is not None:
        return TenantStanding(head=0, last_at=None, projections=(), dispatches_due=0, signed_position=0, signed_on=None)
    key = (reader.tenant_id,)
    asked = [await connection.execute(each, key) for each in (_HEAD, _CHECKPOINTS)]
    requests = {each.projection: each for each in await asked_rebuilds(connection, reader.tenant_id)}
    head, checkpoints = [await each.fetchall() for each in asked]
    signed = await signed_checkpoints(connection, reader.tenant_id, "money", limit=1)
    return TenantStanding(
        head=head[0][0] if head else 0,
        last_at=head[0][1] if head else None,
        projections=_projections(checkpoints, requests),
        dispatches_due=await waiting(connection, reader.tenant_id),
        signed_position=signed[0].position if signed else 0,
        signed_on=signed[0].signed_on if signed else None,
    )


def _projections(rows: Sequence[tuple[Any, ...]], requests: dict[str, Any]) -> tuple[ProjectionStanding, ...]:
    found = []
    for name, books in groupby(rows, key=itemgetter(0)):
        request, strands = requests.get(name), list(books)
        _, position, _, _, _, rebuilt_to = strands[0]
        found.append(
            ProjectionStanding(
                name=name,
                is_read_model=is_read_model(name),
                position=position,
                behind=sum(max(0, each[2]) for each in strands),
                waiting_since=min((each[4] for each in strands if each[4] is not None), default=None),
                halted=next((each[3] for each in strands if each[3]), ""),
                rebuilt_to=rebuilt_to,
                rebuild_asked_at=request.asked_at if request else None,
                rebuild_failed=request.failed if request else "",
            )
        )
    return tuple(found)
