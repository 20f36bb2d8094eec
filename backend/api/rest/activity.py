"""What happened: the activity of people and machines, and the feed of published events for integrators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from backend.api.rest.actors import ActorShown, actor_shown
from backend.api.rest.endpoint import Answer, Call
from backend.api.rest.reading import Query
from backend.api.rest.shapes import Money, Page, PageQuery, money, paged
from backend.read.activity.queries import SIGN_INS, ActivityFilter, ActivityRow
from backend.read.activity.queries import activity as query_activity
from backend.read.notifications.queries import MAX_NOTIFICATIONS, notifications
from backend.values.books import Book
from backend.values.identifiers import DebtorId, InvoiceId


class ActivityQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of what, by whom (an actor's `principal`), and when: from `at_from` to before `at_before`. `type` may name
    several, with commas; so may `without_types`. Where none of them and no `subject_id` is said, sign-ins are left
    out."""

    subject_id: UUID | None = None
    actor: Annotated[str, Meta(max_length=100)] | None = None
    type: Annotated[str, Meta(max_length=500)] = ""
    without_types: Annotated[str, Meta(max_length=500)] | None = None
    at_from: Annotated[datetime, Meta(tz=True)] | None = None
    at_before: Annotated[datetime, Meta(tz=True)] | None = None


class NotificationsQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The feed after a place: begin with 0, go on with the last `position` you were given."""

    after_position: Annotated[int, Meta(ge=0, le=1 << 62)] = 0
    limit: Annotated[int, Meta(ge=1, le=MAX_NOTIFICATIONS)] = 100
    name: Annotated[str, Meta(max_length=60)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityShown:
    """One event, at this position of its book: who did what, when and why. `subject_name` is that of a person with
    access, or of a program."""

    book: Book
    position: int
    at: datetime
    actor: ActorShown
    type: str
    subject_kind: str
    subject_id: UUID
    subject_name: str
    debtor_id: DebtorId | None
    detail: str
    amount: Money | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationShown:
    """One published event, by its dotted name; `aliases` are its names in other systems (INVOICE_DELIVERED)."""

    position: int
    part: int
    name: str
    aliases: tuple[str, ...]
    at: datetime
    invoice_id: InvoiceId | None
    payload: dict[str, Any]


async def list_activity(call: Call, query: ActivityQuery) -> Answer[Page[ActivityShown]]:
    """Who did what, when and why, the newest first."""
    types, unsaid = _words(query.type), query.without_types is None
    everyday = SIGN_INS if unsaid and not types and query.subject_id is None else ()
    wanted = ActivityFilter(
        subject_id=query.subject_id,
        actor=query.actor,
        at_from=query.at_from,
        at_before=query.at_before,
        types=types,
        without_types=_words(query.without_types or "") or everyday,
    )
    return paged(call, await call.ask(query_activity, filter=wanted, page=query.page), _activity)


async def list_notifications(call: Call, query: NotificationsQuery) -> tuple[NotificationShown, ...]:
    """The feed of published events in journal order, so that an integrator can miss nothing."""
    found = await call.ask(notifications, after_position=query.after_position, limit=query.limit, name=query.name)
    return tuple(
        NotificationShown(
            position=each.position,
            part=each.part,
            name=each.name,
            aliases=each.aliases,
            at=each.at,
            invoice_id=each.invoice_id,
            payload=each.payload,
        )
        for each in found
    )


def _words(listed: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in listed.split(",") if word.strip())


def _activity(row: ActivityRow) -> ActivityShown:
    return ActivityShown(
        book=row.book,
        position=row.position,
        at=row.at,
        actor=actor_shown(row.actor),
        type=row.type,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        subject_name=row.subject_name,
        debtor_id=row.debtor_id,
        detail=row.detail,
        reason=row.reason,
        amount=None if row.amount_minor is None else money(row.amount_minor, row.currency),
    )
