"""What somebody may want when money has arrived."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from backend.events.payments import PaymentMethod
from backend.values.identifiers import InvoiceId, PaymentId


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPayment:
    """Money arrived for one invoice, whole or in part. `received_on` is a date where the issuer is.

    `allow_overpayment` keeps what exceeds the balance as the debtor's credit; without it, more is refused (X12).
    """

    ASSIGNED: ClassVar = ("payment_id",)
    payment_id: PaymentId
    invoice_id: InvoiceId
    amount_minor: int
    currency: str
    method: PaymentMethod
    received_on: date
    reference: str = ""
    notes: str = ""
    allow_overpayment: bool = False
