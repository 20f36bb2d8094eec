"""What is wanted of dispatches, and what our workers report of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from backend.values.identifiers import DeliveryId, InvoiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverInvoice:
    """E-mail an issued invoice, to the debtor's address or to another one. Also again, after an earlier dispatch."""

    ASSIGNED: ClassVar = ("delivery_id",)
    delivery_id: DeliveryId
    invoice_id: InvoiceId
    to_address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The mail system took the message. `confirmation` is `none` where nothing further will be reported."""

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    attempt: int
    reply: str
    document: str
    confirmation: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """The attempt certainly did not deliver. `next_at` is when to try again; `None` when no attempt is left."""

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    attempt: int
    reason: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The message may already be there. `next_at` is when the one further copy may go, if none went before."""

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    attempt: int
    reason: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced:
    """The mail system refused the address for good, at once or later."""

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    attempt: int
    code: int
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """It cannot be done without a person: the document could not be made, the message not be composed."""

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    attempt: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """The provider says that the message reached the mailbox."""

    delivery_id: DeliveryId
    invoice_id: InvoiceId


Outcome = Sent | Deferred | Unknown | Bounced | Failed | Confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """The page of an invoice was rendered and stored. All digests are SHA-256 in hexadecimal."""

    invoice_id: InvoiceId
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
class RecordDispatches:
    """What a worker found out, many at a time. What is late, repeated or already known changes nothing."""

    outcomes: tuple[Outcome, ...] = ()
    documents: tuple[StoredDocument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnDeliverySwitch:
    """The kill switch: while it is off, nothing is dispatched and nothing is lost. Turning it off needs a reason."""

    enabled: bool
    reason: str = ""
