"""The question about activity: who did what, when and why, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from backend.read.activity.projector import NAME
from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.query import query
from backend.read.where import Where, storable
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.tenants.principals import Principal, named
from backend.values.books import Book
from backend.values.identifiers import DebtorId


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """One event. `position` is its place in its `book`; `type` its stored name, which the interface words.

    `detail` of a switch is `on` or `off`.
    """

    book: Book
    position: int
    at: datetime
    actor: Principal
    type: str
    subject_kind: str
    subject_id: UUID
    # Of a person or a program: what they are called.
    subject_name: str
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
    "book",
    "position",
    "at",
    "actor",
    "type",
    "subject_kind",
    "subject_id",
    "debtor_id",
    "detail",
    "amount_minor",
    "currency",
    "reason",
)
# Work on a draft is the issuer's own affair, also when the draft became an invoice.
_ABOUT_DRAFTS: Final = "type IN ('invoice-drafted', 'draft-revised', 'draft-discarded')"
_NEWEST_FIRST: Final = Order(
    "activity", (("at", "timestamptz"), ("book", "text"), ("position", "bigint")), descending=True
)
# What people do every day before they do anything.
SIGN_INS: Final = ("signed-in", "signed-in-afresh", "signed-out")
ANY_ACTIVITY: Final = ActivityFilter()


@query(Capability.ACTIVITY_READ)
async def activity(
    connection: ReadConnection, reader: Reader, *, filter: ActivityFilter = ANY_ACTIVITY, page: PageRequest = FIRST_PAGE
) -> Page[ActivityRow]:
    """What happened within reach, of both books in one order, newest first. Raises `BadCursor` and `BadPage`."""
    where = Where(reader, NAME).seen_from_both_sides("issuer_org_node_id", "debtor_org_node_id", private=_ABOUT_DRAFTS)
    where.equal("subject_id", filter.subject_id).equal("actor", filter.actor).among("type", filter.types)
    if filter.without_types:
        where.add("type <> ALL(%b)", [each for each in filter.without_types if storable(each)])
    if filter.at_from is not None:
        where.add("at >= %b", filter.at_from)
    if filter.at_before is not None:
        where.add("at < %b", filter.at_before)
    found = await page_of(
        connection,
        ", ".join(_COLUMNS),
        "read_activity",
        where,
        _NEWEST_FIRST,
        page,
        row=lambda values: dict(zip(_COLUMNS, values, strict=True)),
    )
    # Actors and subjects of the whole page together.
    said = {row["actor"] for row in found.items} | {_subject(row) for row in found.items}
    principals = await named(connection, reader.tenant_id, said)
    return found.of(tuple(_row_of(row, principals) for row in found.items))


def _subject(row: dict[str, Any]) -> str:
    """The subject as it would be named if it acted; what cannot act is nobody."""
    return f"{row['subject_kind']}:{row['subject_id']}"


def _row_of(row: dict[str, Any], principals: dict[str, Principal]) -> ActivityRow:
    named = row | {"actor": principals[row["actor"]]}
    return ActivityRow(**named, subject_name=principals[_subject(row)].name or "")
