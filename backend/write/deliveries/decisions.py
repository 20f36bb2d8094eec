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
from backend.events.invoices import InvoiceDocumentStored, InvoiceIssued
from backend.values.identifiers import InvoiceId
from backend.write.deliveries.commands import (
    DeliverInvoice,
    Dispatch,
    RecordDispatches,
    StoredDocument,
    TurnDeliverySwitch,
)
from backend.write.deliveries.delivery import Delivery, Page
from backend.write.deliveries.queueing import queue_delivery
from backend.write.deliveries.refusals import DeliveryHasNoAddress, DeliveryInProgress, DeliveryNotPossible
from backend.write.parties import email
from backend.write.refusal import InvalidValue
from backend.write.wording import required_reason, text

MAX_DISPATCHES: Final = 100
MAX_REPLY: Final = 500
MAX_SWITCH_REASON: Final = 500

DeliveryEvent = DeliverySent | DeliveryConfirmed | DeliveryBounced | DeliveryDeferred | DeliveryUnknown | DeliveryFailed


def in_force(page: Page) -> InvoiceIssued:
    """What was issued, if it may still be sent to anybody."""
    if page.issued is None:
        raise DeliveryNotPossible("only an invoice issued here can be delivered", path=("invoiceId",))
    if page.cancelled:
        raise DeliveryNotPossible("the invoice is cancelled: nobody should be asked to pay it", path=("invoiceId",))
    return page.issued


def deliver(command: DeliverInvoice, issued: InvoiceIssued, *, under_way: bool) -> DeliveryQueued:
    """A new dispatch of an invoice in force, unless one is still on its way."""
    if under_way:
        raise DeliveryInProgress("a dispatch of this invoice is on its way: wait for its outcome", path=("invoiceId",))
    to_address = email(command.to_address or "", path=("toAddress",))
    to_address = to_address or (issued.debtor.email if issued.debtor else "")
    if not to_address:
        raise DeliveryHasNoAddress("the debtor has no e-mail address: give one", path=("toAddress",))
    return queue_delivery(issued, command.delivery_id, to_address=to_address)


def within_limits(command: RecordDispatches) -> None:
    if len(command.dispatches) > MAX_DISPATCHES:
        raise InvalidValue(f"report at most {MAX_DISPATCHES} dispatches at a time", path=("dispatches",))


def outcome_of(delivery: Delivery, said: Dispatch) -> DeliveryEvent | None:
    """What a report means for the delivery; `None` when it tells nothing new."""
    match said.outcome:
        case "sent":
            return _sent(delivery, said)
        case "delivered":
            return _confirmed(delivery, said)
        case "bounced":
            return _bounced(delivery, said)
        case "deferred" | "unknown" | "failed":
            return _unfinished(delivery, said)
        case _:
            assert_never(said.outcome)


def stored(page: Page, invoice_id: InvoiceId, document: StoredDocument | None) -> InvoiceDocumentStored | None:
    """The page is the document from now on; `None` when it is already."""
    if document is None or page.issued is None or page.document == document.digest:
        return None
    return InvoiceDocumentStored(
        invoice_id=invoice_id,
        digest=document.digest,
        size=document.size,
        media_type=document.media_type,
        language=document.language,
        template=document.template,
        template_digest=document.template_digest,
        fonts_digest=document.fonts_digest,
        renderer=document.renderer,
        fallback=document.fallback,
    )


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


def _sent(delivery: Delivery, said: Dispatch) -> DeliverySent | None:
    """An acceptance is the truth even when it comes late, after a lease ran out or a person was called."""
    if delivery.state in ("sent", "delivered", "bounced"):
        return None
    return DeliverySent(
        delivery_id=said.delivery_id,
        invoice_id=said.invoice_id,
        attempt=said.attempt,
        reply=said.reply[:MAX_REPLY],
        confirmation=said.confirmation,
        document=said.document_digest,
    )


def _confirmed(delivery: Delivery, said: Dispatch) -> DeliveryConfirmed | None:
    """The provider knows that it arrived, whatever we knew of the attempt."""
    if delivery.state in ("delivered", "bounced"):
        return None
    return DeliveryConfirmed(delivery_id=said.delivery_id, invoice_id=said.invoice_id)


def _bounced(delivery: Delivery, said: Dispatch) -> DeliveryBounced | None:
    """A bounce may come at once, after the acceptance, or clear up an unknown outcome; but it comes once."""
    repeated = delivery.state == "queued" and said.attempt <= delivery.attempt
    if delivery.state in ("delivered", "bounced", "failed") or repeated:
        return None
    return DeliveryBounced(
        delivery_id=said.delivery_id,
        invoice_id=said.invoice_id,
        attempt=said.attempt,
        code=said.code,
        reply=said.reply[:MAX_REPLY],
    )


def _unfinished(delivery: Delivery, said: Dispatch) -> DeliveryDeferred | DeliveryUnknown | DeliveryFailed | None:
    """Not sent, as far as anybody knows. Only a new attempt of a delivery that is still open says so."""
    if not delivery.open or said.attempt <= delivery.attempt:
        return None
    reason = said.reply[:MAX_REPLY]
    if said.outcome == "deferred" and said.next_at is not None:
        return DeliveryDeferred(
            delivery_id=said.delivery_id,
            invoice_id=said.invoice_id,
            attempt=said.attempt,
            kind=said.kind,
            reason=reason,
            next_at=said.next_at,
        )
    # A second copy of unknown fate is the last one; and after the first, nobody can say that nothing arrived.
    if said.outcome == "unknown" or delivery.unknowns:
        return DeliveryUnknown(
            delivery_id=said.delivery_id,
            invoice_id=said.invoice_id,
            attempt=said.attempt,
            reason=reason,
            next_at=None if delivery.unknowns else said.next_at,
        )
    return DeliveryFailed(delivery_id=said.delivery_id, invoice_id=said.invoice_id, attempt=said.attempt, reason=reason)
