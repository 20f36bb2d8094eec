"""Reading the feed: everything after a place in the journal, so that an integrator can miss nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from backend.read.notifications.catalogue import CATALOGUE
from backend.read.query import query
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId

MAX_NOTIFICATIONS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One thing that happened. `position` and `part` order the feed and identify it for ever."""

    position: int
    part: int
    name: str
    aliases: tuple[str, ...]
    at: datetime
    invoice_id: InvoiceId | None
    payload: dict[str, Any]


@query(Capability.INVOICES_READ)
async def notifications(
    connection: ReadConnection, reader: Reader, *, after_position: int = 0, limit: int = 100, name: str | None = None
) -> tuple[Notification, ...]:
    """At most `limit` (up to 500) notifications of events beyond `after_position`, in journal order.

    All parts of one event come together: the feed is asked on from the last position that was read.
    """
    where = Where(reader, "notifications").within_reach("issuer_org_node_id", "debtor_org_node_id")
    where.add("position > %b", max(after_position, 0)).equal("name", name)
    # Ordered by position alone, so that WITH TIES brings all parts of the last event.
    statement = (
        "SELECT position, part, name, at, invoice_id, payload FROM read_notifications"
        f" WHERE {where.sql} ORDER BY position FETCH FIRST %b ROWS WITH TIES"
    )
    found = await connection.execute(statement.encode(), [*where.parameters, min(max(limit, 0), MAX_NOTIFICATIONS)])
    rows = sorted(await found.fetchall(), key=lambda row: (row[0], row[1]))
    return tuple(
        Notification(
            position=row[0],
            part=row[1],
            name=row[2],
            aliases=CATALOGUE[row[2]].aliases,
            at=row[3],
            invoice_id=row[4],
            payload=row[5],
        )
        for row in rows
    )
