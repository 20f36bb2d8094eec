"""What becomes of a dispatch: the pure rules, written for reports that come late, twice or in the wrong order.

The promise (reliability.md 1.4): one Message-ID for ever, never zero mails, and one further copy at most, only when
the outcome of an earlier attempt was unknown.
"""

from typing import Final, assert_never

from backend.events.deliveries import (
    DeliveryBounced,
    DeliveryConfirmed,
    DeliveryDeferred,
    DeliveryFailed,
    DeliveryQueued,
    DeliverySent,
    DeliverySwitchTurned,
    DeliveryUnknown,
)
from backend.events.invoices import InvoiceDocumentStored
from backend.write.deliveries.commands import (
    Bounced,
    Confirmed,
    Deferred,
    DeliverInvoice,
    Failed,
    Outcome,
    RecordDispatches,
    Sent,
    StoredDocument,
    TurnDeliverySwitch,
    Unknown,
)
from backend.write.deliveries.delivery import Delivery, Page
from backend.write.deliveries.queueing import queue_delivery
from backend.write.deliveries.refusals import DeliveryHasNoAddress, DeliveryInProgress, DeliveryNotPossible
from backend.write.parties import email
from backend.write.refusal import InvalidValue
from backend.write.wording import required_reason, text

MAX_OUTCOMES: Final = 100
MAX_REPLY: Final = 500
MAX_SWITCH_REASON: Final = 500

DeliveryEvent = (
    DeliverySent | DeliveryConfirmed | DeliveryBounced | DeliveryDeferred | DeliveryUnknown | DeliveryFailed
)  # fmt: skip


def deliver(command: DeliverInvoice, page: Page, *, under_way: bool) -> DeliveryQueued:
    """A new dispatch of an invoice in force, unless one is still on its way."""
    if page.issued is None:
        raise DeliveryNotPossible("only an invoice issued here can be delivered", path=("invoiceId",))
    if page.cancelled:
        raise DeliveryNotPossible("the invoice is cancelled: nobody should be asked to pay it", path=("invoiceId",))
    if under_way:
        raise DeliveryInProgress("a dispatch of this invoice is on its way: wait for its outcome", path=("invoiceId",))
    to_address = email(command.to_address or "", path=("toAddress",))
    to_address = to_address or (page.issued.debtor.email if page.issued.debtor else "")
    if not to_address:
        raise DeliveryHasNoAddress("the debtor has no e-mail address: give one", path=("toAddress",))
    return queue_delivery(page.issued, command.delivery_id, to_address=to_address)


def within_limits(command: RecordDispatches) -> None:
    if len(command.outcomes) > MAX_OUTCOMES or len(command.documents) > MAX_OUTCOMES:
        raise InvalidValue(f"report at most {MAX_OUTCOMES} outcomes and documents at a time")


def outcome_of(delivery: Delivery, reported: Outcome) -> DeliveryEvent | None:
    """What a report means for the delivery; `None` when it tells nothing new."""
    match reported:
        case Sent():
            return _sent(delivery, reported)
        case Confirmed():
            known = delivery.state == "delivered" or delivery.state == "bounced"
            return None if known else DeliveryConfirmed(**_key(reported))
        case Bounced():
            return _bounced(delivery, reported)
        case Deferred() | Unknown() | Failed():
            return _unfinished(delivery, reported)
        case _:
            assert_never(reported)


def stored(page: Page, reported: StoredDocument) -> InvoiceDocumentStored | None:
    """The page is the document from now on; `None` when it is already."""
    if page.issued is None or page.document == reported.digest:
        return None
    return InvoiceDocumentStored(
        invoice_id=reported.invoice_id, digest=reported.digest, size=reported.size, media_type=reported.media_type,
        language=reported.language, template=reported.template, template_digest=reported.template_digest,
        fonts_digest=reported.fonts_digest, renderer=reported.renderer, fallback=reported.fallback,
    )  # fmt: skip


def turn(command: TurnDeliverySwitch, *, enabled: bool) -> DeliverySwitchTurned | None:
    """The switch as it is from now on; `None` when it stands so already."""
    if command.enabled == enabled:
        return None
    reason = (
        text(command.reason, MAX_SWITCH_REASON, path=("reason",), required=False)
        if command.enabled
        else required_reason(command.reason)
    )
    return DeliverySwitchTurned(enabled=command.enabled, reason=reason)


def _sent(delivery: Delivery, reported: Sent) -> DeliverySent | None:
    """An acceptance is the truth even when it comes late, after a lease ran out or a person was called."""
    if delivery.state in ("sent", "delivered", "bounced"):
        return None
    return DeliverySent(
        **_key(reported), attempt=reported.attempt, reply=reported.reply[:MAX_REPLY],
        confirmation=reported.confirmation, document=reported.document,
    )  # fmt: skip


def _bounced(delivery: Delivery, reported: Bounced) -> DeliveryBounced | None:
    """A bounce may come after the acceptance, and for an attempt of long ago; but it comes once."""
    if delivery.state in ("delivered", "bounced", "failed") or _known(delivery, reported.attempt):
        return None
    return DeliveryBounced(
        **_key(reported), attempt=reported.attempt, code=reported.code, reply=reported.reply[:MAX_REPLY]
    )


def _unfinished(
    delivery: Delivery, reported: Deferred | Unknown | Failed
) -> DeliveryDeferred | DeliveryUnknown | DeliveryFailed | None:
    if not delivery.open or _known(delivery, reported.attempt):
        return None
    said = {**_key(reported), "attempt": reported.attempt, "reason": reported.reason[:MAX_REPLY]}
    match reported:
        case Deferred(next_at=next_at) if next_at is not None:
            return DeliveryDeferred(**said, next_at=next_at)
        case Unknown(next_at=next_at):
            # A second copy of unknown fate is the last: from here on a person decides.
            return DeliveryUnknown(**said, next_at=None if delivery.unknowns else next_at)
        case Deferred() | Failed():
            # After an unknown attempt nobody can say that nothing arrived.
            return DeliveryUnknown(**said, next_at=None) if delivery.unknowns else DeliveryFailed(**said)
        case _:
            assert_never(reported)


def _known(delivery: Delivery, attempt: int) -> bool:
    """Whether this attempt, or a later one, has been reported and the delivery did not end in `sent` by it."""
    return delivery.state != "sent" and attempt <= delivery.attempt


def _key(reported: Outcome) -> dict[str, object]:
    return {"delivery_id": reported.delivery_id, "invoice_id": reported.invoice_id}
