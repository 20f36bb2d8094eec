"""What happens when money arrives."""

from dataclasses import dataclass
from datetime import date

from backend.events.event import event
from backend.events.parts import InvoiceFacts, PaymentSource
from backend.values.identifiers import DebtorId, IssuerId, OrgNodeId, PaymentId
from backend.values.payments import PaymentMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """How much of a payment settles one invoice, and what remains open on it."""

    invoice: InvoiceFacts
    amount_minor: int
    remaining_minor: int


@event(
    "payment-registered",
    about="payment_id",
    shows=("amount_minor", "currency"),
    entry="amount_minor",
    subject="debtor_id",
    personal=("reference", "notes"),
)
class PaymentRegistered:
    """Money of a debtor arrived on an account of the issuer. `unallocated_minor` is what no invoice took; it stays the
    debtor's credit with this issuer.

    `payer_id` is whose money it is, nearly always the debtor. `external_id` is what the source calls this payment:
    empty for one that a person registered. `account_id` names the issuer's payment account, empty if it had none.
    """

    payment_id: PaymentId
    issuer_id: IssuerId
    issuer_org_node_id: OrgNodeId | None
    account_id: str
    debtor_id: DebtorId
    debtor_org_node_id: OrgNodeId | None
    payer_id: DebtorId
    source: PaymentSource
    external_id: str
    method: PaymentMethod
    received_on: date
    currency: str
    amount_minor: int
    allocations: tuple[Allocation, ...]
    unallocated_minor: int
    reference: str | None
    notes: str | None

    @property
    def booked_as(self) -> str:
        """What the books call it."""
        return self.method
