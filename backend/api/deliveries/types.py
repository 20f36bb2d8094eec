"""A delivery as clients see it."""

from datetime import datetime
from enum import Enum
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved, words
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.node import Node, found_by
from backend.read.deliveries import queries
from backend.values.identifiers import DeliveryId


@words
class DispatchState(Enum):
    """How far a dispatch has come. Unknown: the machine stopped in between, and it may or may not have arrived."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    UNKNOWN = "unknown"
    FAILED = "failed"


@output
class DeliveryAttempt:
    """One thing that happened to a dispatch: sent, deferred, bounced, unknown, failed, delivered."""

    attempt: int
    state: str
    code: int
    reply: str
    at: datetime
    next_at: datetime | None


@output
class Delivery(Node):
    """One dispatch of one invoice. `code` and `reply` are the last answer; `nextAt` when the next attempt is due."""

    invoice_id: strawberry.ID
    number: str
    debtor_id: strawberry.ID
    channel: str
    language: str
    to_address: str
    message_id: str
    state: DispatchState
    attempt_count: int
    code: int
    reply: str
    queued_at: datetime
    sent_at: datetime | None
    changed_at: datetime
    next_at: datetime | None
    row: strawberry.Private[queries.DeliveryRow]
    detail: strawberry.Private[queries.DeliveryDetail | None]

    @resolved
    async def attempts(self, info: Info) -> list[DeliveryAttempt]:
        """What happened to it, the oldest first (at most 100)."""
        if self.detail is None:
            self.detail = await info.context.ask(queries.delivery, delivery_id=self.row.delivery_id)
        return [_attempt(each) for each in self.detail.attempts] if self.detail else []


@found_by("Delivery")
async def find_delivery(info: Info, delivery_id: UUID) -> Delivery | None:
    found = await info.context.ask(queries.delivery, delivery_id=DeliveryId(delivery_id))
    return delivery_of(found.row, found) if found else None


def delivery_of(row: queries.DeliveryRow, detail: queries.DeliveryDetail | None = None) -> Delivery:
    return Delivery(
        id=encoded("Delivery", row.delivery_id),
        invoice_id=encoded("Invoice", row.invoice_id),
        number=row.number,
        debtor_id=encoded("Debtor", row.debtor_id),
        channel=row.channel,
        language=row.language,
        to_address=row.to_address,
        message_id=row.message_id,
        state=DispatchState(row.state),
        attempt_count=row.attempts,
        code=row.code,
        reply=row.reply,
        queued_at=row.queued_at,
        sent_at=row.sent_at,
        changed_at=row.changed_at,
        next_at=row.next_at,
        row=row,
        detail=detail,
    )


def _attempt(found: queries.Attempt) -> DeliveryAttempt:
    return DeliveryAttempt(
        attempt=found.attempt, state=found.state, code=found.code, reply=found.reply, at=found.at, next_at=found.next_at
    )
