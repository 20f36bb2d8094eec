"""What happens when money arrives."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend.events.event import event
from backend.values.identifiers import DebtorId, InvoiceId, PaymentId

PaymentMethod = Literal["bank_transfer", "bankgiro", "swish", "card", "cash", "check", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """How much of a payment settles one invoice."""

    invoice_id: InvoiceId
    amount_minor: int


@event("payment-registered", subject="debtor_id", personal=("reference", "notes"))
class PaymentRegistered:
    """Money of a debtor arrived. `unallocated_minor` is what no invoice took; it stays the debtor's credit."""

    payment_id: PaymentId
    debtor_id: DebtorId
    method: PaymentMethod
    received_on: date
    currency: str
    amount_minor: int
    allocations: tuple[Allocation, ...]
    unallocated_minor: int
    reference: str | None
    notes: str | None
