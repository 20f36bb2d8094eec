"""What happened: the activity of people and machines, and the feed of published events for integrators."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.api.activity import Activity
from backend.api.mirror import Mirror
from backend.api.rest.endpoint import Answer, Call, needs
from backend.api.rest.reading import Query
from backend.api.rest.shapes import Page, PageQuery, paged
from backend.api.shown import Shown
from backend.read.activity.queries import SIGN_INS, ActivityFilter
from backend.read.activity.queries import activity as query_activity
from backend.read.notifications.queries import MAX_NOTIFICATIONS, Notification, notifications


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


class PublishedEvent(Mirror[Notification], shown="NotificationShown"):
    """One published event, by its dotted name; `aliases` are its names in other systems (INVOICE_DELIVERED)."""


@needs(query_activity)
async def list_activity(call: Call, query: ActivityQuery) -> Answer[Page[Shown[Activity]]]:
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
    return paged(call, await call.ask(query_activity, filter=wanted, page=query.page), Activity.shown)


@needs(notifications)
async def list_notifications(call: Call, query: NotificationsQuery) -> tuple[Shown[PublishedEvent], ...]:
    """The feed of published events in journal order, so that an integrator can miss nothing."""
    found = await call.ask(notifications, after_position=query.after_position, limit=query.limit, name=query.name)
    return tuple(PublishedEvent.shown(each) for each in found)


def _words(listed: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in listed.split(",") if word.strip())
