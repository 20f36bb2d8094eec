"""The state of an invoice: three independent axes, the one word people read, and what may be done next (X1).

Nothing here is stored by the write side: the word depends on the day, so it is derived whenever it is asked for.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

DocumentState = Literal["draft", "issued", "cancelled"]
PaymentState = Literal["unpaid", "partially_paid", "paid"]
# `unknown`: the machine stopped between sending and recording; it may or may not have arrived.
DeliveryState = Literal["none", "queued", "sent", "delivered", "viewed", "bounced", "failed", "unknown"]

Status = Literal["cancelled", "paid", "overdue", "partially_paid", "viewed", "sent", "issued", "draft"]

# Words of older systems that are accepted as input (S003-26, S004-17). Output always uses the words of `Status`.
STATUS_ALIASES: Final[dict[str, Status]] = {"posted": "issued", "partial": "partially_paid", "cancel": "cancelled"}

ActionName = Literal["issue", "revise", "discard", "deliver", "share", "cancel", "register_payment", "download_pdf"]
ActionReason = Literal[
    "",
    "INVOICE_ALREADY_POSTED",
    "INVOICE_NOT_ISSUED",
    "INVOICE_CANCELLED",
    "INVOICE_ALREADY_PAID",
    "DELIVERY_IN_PROGRESS",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Whether `action` is possible now. `reason_code` says why not, and is empty when it is allowed."""

    action: ActionName
    allowed: bool
    reason_code: ActionReason


def derived_status(
    *,
    document: DocumentState,
    total_minor: int,
    open_minor: int,
    delivery: DeliveryState,
    overdue_from: datetime | None,
    now: datetime,
) -> Status:
    """The one word for an invoice; amounts are in minor units. `overdue_from` is when its due day is over by the wall
    clock of its issuer (C44).

    First match wins: cancelled, paid, overdue, partially_paid, viewed, sent, issued. A draft owes nothing
    yet, whatever its total, so it is a draft before amounts are looked at.
    """
    if document == "cancelled":
        return "cancelled"
    if document == "draft":
        return "draft"
    if open_minor <= 0:
        return "paid"
    if is_overdue(document=document, open_minor=open_minor, overdue_from=overdue_from, now=now):
        return "overdue"
    if open_minor < total_minor:
        return "partially_paid"
    if delivery == "viewed":
        return "viewed"
    # A bounced, failed or unknown delivery is not called sent: nobody can rely on it.
    return "sent" if delivery in ("sent", "delivered") else "issued"


def is_overdue(*, document: DocumentState, open_minor: int, overdue_from: datetime | None, now: datetime) -> bool:
    """Whether money is owed past the due date: from the day *after* it, in the issuer's calendar (X17)."""
    owed = document == "issued" and open_minor > 0
    return owed and overdue_from is not None and now >= overdue_from


def payment_state(total_minor: int, open_minor: int) -> PaymentState:
    """How much of the total is settled, by amounts alone. Money beyond it is the debtor's credit, not the invoice's."""
    if open_minor <= 0:
        return "paid"
    return "partially_paid" if open_minor < total_minor else "unpaid"


def available_actions(*, document: DocumentState, payment: PaymentState, delivery: DeliveryState) -> tuple[Action, ...]:
    """What may be done with the document as such; the rights of the user are asked elsewhere.

    A proposal for the interface. The command decides again, on the state of that moment.
    """
    posted: ActionReason = "" if document == "draft" else "INVOICE_ALREADY_POSTED"
    reasons: dict[ActionName, ActionReason] = {
        "issue": posted,
        "revise": posted,
        "discard": posted,
        "deliver": _why_not_deliver(document, delivery),
        # A link to a cancelled invoice says that it is cancelled, which is what its debtor should hear.
        "share": "INVOICE_NOT_ISSUED" if document == "draft" else "",
        # Cancelling credits the whole amount; what was paid already becomes the debtor's credit (X10).
        "cancel": _not_in_force(document),
        "register_payment": _why_not_register_payment(document, payment),
        # The stored page of an issued document stays downloadable whatever happens to it (X2).
        "download_pdf": "INVOICE_NOT_ISSUED" if document == "draft" else "",
    }
    return tuple(Action(action=name, allowed=not reason, reason_code=reason) for name, reason in reasons.items())


def _why_not_deliver(document: DocumentState, delivery: DeliveryState) -> ActionReason:
    if reason := _not_in_force(document):
        return reason
    # Two deliveries at once would send the same mail twice; a finished one may be repeated.
    return "DELIVERY_IN_PROGRESS" if delivery == "queued" else ""


def _why_not_register_payment(document: DocumentState, payment: PaymentState) -> ActionReason:
    return _not_in_force(document) or ("INVOICE_ALREADY_PAID" if payment == "paid" else "")


def _not_in_force(document: DocumentState) -> ActionReason:
    by_state: dict[DocumentState, ActionReason] = {
        "draft": "INVOICE_NOT_ISSUED",
        "issued": "",
        "cancelled": "INVOICE_CANCELLED",
    }
    return by_state[document]
