"""What somebody may want of a delivery, and what a worker has to report of its attempts."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from backend.values.identifiers import DeliveryId, InvoiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverInvoice:
    """E-mail an issued invoice (again). `to_address` overrides the debtor's address for this dispatch."""

    ASSIGNED: ClassVar = ("delivery_id",)
    invoice_id: InvoiceId
    delivery_id: DeliveryId
    to_address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """What was rendered and stored for an invoice; all digests are SHA-256 in hexadecimal."""

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
    """What one attempt came to. `outcome` is sent, bounced, deferred (with its `kind`), unknown or failed.

    `next_at` is when to try again (deferred; unknown while a second copy may go out). `document` is given when this
    attempt rendered the page.
    """

    delivery_id: DeliveryId
    invoice_id: InvoiceId
    attempt: int
    outcome: str
    reply: str = ""
    code: int = 0
    kind: str = ""
    next_at: datetime | None = None
    document_digest: str = ""
    document: StoredDocument | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDispatches:
    """Record what a batch of attempts came to, at most 100. An outcome that was recorded before changes nothing."""

    dispatches: tuple[Dispatch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDocument:
    """Record that an invoice's page was rendered and stored, outside any delivery (a download)."""

    invoice_id: InvoiceId
    document: StoredDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnDeliverySwitch:
    """Stop all dispatching of the tenant, or let it go on. Nothing is lost while it is off."""

    enabled: bool
    reason: str
