"""What is wanted of dispatches, and what our workers report of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from backend.values.identifiers import DeliveryId, InvoiceId

DispatchOutcome = Literal["sent", "deferred", "unknown", "bounced", "failed", "delivered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverInvoice:
    """E-mail an issued invoice, to the debtor's address or to another one. Also again, after an earlier dispatch."""

    ASSIGNED: ClassVar = ("delivery_id",)
    delivery_id: DeliveryId
    invoice_id: InvoiceId
    to_address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """The page of an invoice was rendered and stored. All digests are SHA-256 in hexadecimal."""

    digest: str
    size: int
    media_type: str
    language: str
    template: str
    template_digest: str
    fonts_digest: str
    renderer: str
    fallback: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """What became of one attempt.

    `sent`: the mail system took it. `deferred`: certainly not delivered, the next attempt is due at `next_at`.
    `unknown`: it may be there; `next_at` is when the one further copy may go. `bounced`: the address is refused for
    good, by `code`. `failed`: a person must act. `delivered`: the provider says that it reached the mailbox.
    `reply` is what the server said, or the reason; `kind` tells why it was deferred; `document` holds the facts of a
    page that was rendered for it.
    """

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    attempt: int
    outcome: DispatchOutcome
    reply: str
    code: int = 0
    kind: str = ""
    next_at: datetime | None = None
    confirmation: str = "none"
    document_digest: str = ""
    document: StoredDocument | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDispatches:
    """What a worker found out, many at a time. What is late, repeated or already known changes nothing."""

    dispatches: tuple[Dispatch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDocument:
    """The page of an invoice was rendered without being dispatched, because somebody asked for it."""

    invoice_id: InvoiceId
    document: StoredDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnDeliverySwitch:
    """The kill switch: while it is off, nothing is dispatched and nothing is lost. Turning it off needs a reason."""

    enabled: bool
    reason: str = ""
