"""A payment as clients see it."""

from datetime import date, datetime
from enum import Enum

import strawberry

from backend.api.graphql.documented import output, words
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.read.payments.queries import PaymentRow


@words
class PaymentMethod(Enum):
    """How the money came."""

    BANK_TRANSFER = "bank_transfer"
    BANKGIRO = "bankgiro"
    SWISH = "swish"
    CARD = "card"
    CASH = "cash"
    CHECK = "check"
    OTHER = "other"


@output
class Allocation:
    """How much of a payment settled one invoice."""

    invoice_id: strawberry.ID
    invoice_number: str
    amount: Money


@output
class Payment:
    """Money that arrived. `unallocated` is what no invoice took: it stays the debtor's credit. `allocations` are those
    you may see; `reference` and `notes` are gone once the person was erased."""

    id: strawberry.ID
    debtor_id: strawberry.ID
    method: PaymentMethod
    received_on: date
    amount: Money
    unallocated: Money
    reference: str
    notes: str
    registered_at: datetime
    registered_by: str
    allocations: list[Allocation]


def payment_of(row: PaymentRow) -> Payment:
    currency = row.currency
    return Payment(
        id=encoded("Payment", row.payment_id),
        debtor_id=encoded("Debtor", row.debtor_id),
        method=PaymentMethod(row.method),
        received_on=row.received_on,
        amount=money(row.amount_minor, currency),
        unallocated=money(row.unallocated_minor, currency),
        reference=row.reference,
        notes=row.notes,
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        allocations=[
            Allocation(
                invoice_id=encoded("Invoice", part.invoice_id),
                invoice_number=part.number,
                amount=money(part.amount_minor, currency),
            )
            for part in row.allocations
        ],
    )
