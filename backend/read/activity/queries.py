"""The question about activity: who did what, when and why, newest first."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from backend.read.activity.projector import NAME
from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.query import query
from backend.read.where import Where, storable
from backend.runtime.database import Connection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """One event. `position` is its place in the journal; `type` its stored name, which the interface words."""

    position: int
    at: datetime
    actor: str
    type: str
    subject_kind: str
    subject_id: UUID
    debtor_id: DebtorId | None
    detail: str
    amount_minor: int | None
    currency: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFilter:
    """Which events are wanted; None and the empty tuple ask for nothing. Instants: from inclusive, to exclusive."""

    subject_id: UUID | None = None
    actor: str | None = None
    types: tuple[str, ...] = ()
    # None of these: what would flood the list, as sign-ins do.
    without_types: tuple[str, ...] = ()
    at_from: datetime | None = None
    at_before: datetime | None = None


_COLUMNS: Final = (
    "position", "at", "actor", "type", "subject_kind", "subject_id", "debtor_id", "detail", "amount_minor", "currency",
    "reason",
)  # fmt: skip
# Work on a draft is the issuer's own affair, also when the draft became an invoice.
_ABOUT_DRAFTS: Final = "type IN ('invoice-drafted', 'draft-revised', 'draft-discarded')"
_NEWEST_FIRST: Final = Order("activity", (("position", "bigint"),), descending=True)
ANY_ACTIVITY: Final = ActivityFilter()


@query(Capability.ACTIVITY_READ)
async def activity(
    connection: Connection, reader: Reader, *, filter: ActivityFilter = ANY_ACTIVITY, page: PageRequest = FIRST_PAGE
) -> Page[ActivityRow]:
    """What happened within reach, newest first. Raises `BadCursor` and `BadPage`."""
    where = Where(reader, NAME).seen_from_both_sides(
        "issuer_org_node_id", "debtor_org_node_id", private=_ABOUT_DRAFTS
    )
    where.equal("subject_id", filter.subject_id).equal("actor", filter.actor).among("type", filter.types)
    if filter.without_types:
        where.add("type <> ALL(%b)", [each for each in filter.without_types if storable(each)])
    if filter.at_from is not None:
        where.add("at >= %b", filter.at_from)
    if filter.at_before is not None:
        where.add("at < %b", filter.at_before)
    return await page_of(connection, ", ".join(_COLUMNS), "read_activity", where, _NEWEST_FIRST, page, row=_row_of)


def _row_of(values: tuple[Any, ...]) -> ActivityRow:
    row = ActivityRow(**dict(zip(_COLUMNS, values, strict=True)))
    # Some events count in the currency of what they are about (a run, a received document) and do not say it: a number
    # without a currency is no amount.
    return row if row.currency else replace(row, amount_minor=None)
