"""The words for the state of an invoice. Their members are those of `rules.status`; a test compares the two."""

from enum import Enum

from backend.api.graphql.documented import words


@words
class InvoiceStatus(Enum):
    """The one word for an invoice. The first that fits: cancelled, paid, overdue, partially paid, viewed, sent,
    issued, draft."""

    CANCELLED = "cancelled"
    PAID = "paid"
    OVERDUE = "overdue"
    PARTIALLY_PAID = "partially_paid"
    VIEWED = "viewed"
    SENT = "sent"
    ISSUED = "issued"
    DRAFT = "draft"


@words
class DocumentState(Enum):
    """Where the document stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    CANCELLED = "cancelled"


@words
class PaymentState(Enum):
    """How much of it is settled."""

    UNPAID = "unpaid"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"


@words
class DeliveryState(Enum):
    """How far its newest dispatch has come. Unknown: it may or may not have arrived."""

    NONE = "none"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    VIEWED = "viewed"
    BOUNCED = "bounced"
    FAILED = "failed"
    UNKNOWN = "unknown"
