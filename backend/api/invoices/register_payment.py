"""What may be done when money has arrived."""

from datetime import date
from typing import Annotated

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, mutation, output
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.results import Once, Refused, Success, outcome
from backend.api.graphql.scalars import BigInt
from backend.api.invoices.answered import answered_invoice
from backend.api.invoices.types import Invoice
from backend.values.identifiers import InvoiceId, PaymentId
from backend.values.payments import PaymentMethod
from backend.write.execute import Receipt
from backend.write.payments import RegisterPayment


@given
class RegisterPaymentInput(Once):
    """Money for one invoice, whole or in part; `receivedOn` is a date where the issuer is. Without
    `allowOverpayment` more than the balance is refused."""

    invoice_id: InvoiceId
    amount_minor: BigInt
    currency: str
    method: PaymentMethod
    received_on: date
    reference: str = ""
    notes: str = ""
    allow_overpayment: bool = False


@output
class RegisterPaymentSuccess(Success):
    """The money is booked: `allocated` settles the invoice, `unallocated` stays the debtor's credit."""

    payment_id: strawberry.ID
    invoice: Invoice | None
    allocated: Money
    unallocated: Money
    balance: Money


RegisterPaymentResult = Annotated[RegisterPaymentSuccess | Refused, strawberry.union("RegisterPaymentResult")]


@output
class PaymentMutations:
    """What may be done when money has arrived."""

    @mutation
    async def register_payment(self, info: Info, input: RegisterPaymentInput) -> RegisterPaymentResult:
        """Register a payment by hand, allocated to one invoice."""
        command = RegisterPayment(
            payment_id=PaymentId(info.context.new_id()),
            invoice_id=input.invoice_id,
            amount_minor=input.amount_minor,
            currency=input.currency,
            method=input.method,
            received_on=input.received_on,
            reference=input.reference,
            notes=input.notes,
            allow_overpayment=input.allow_overpayment,
        )
        return await outcome(
            info,
            command,
            input,
            RegisterPaymentSuccess,
            payment_id=_payment_id,
            invoice=answered_invoice,
            allocated=_allocated,
            unallocated=_unallocated,
            balance=_balance,
        )


async def _payment_id(info: Info, receipt: Receipt) -> strawberry.ID:
    return encoded("Payment", receipt.answer["payment_id"])


async def _allocated(info: Info, receipt: Receipt) -> Money:
    return money(receipt.answer["allocated_minor"], receipt.answer["currency"])


async def _unallocated(info: Info, receipt: Receipt) -> Money:
    return money(receipt.answer["unallocated_minor"], receipt.answer["currency"])


async def _balance(info: Info, receipt: Receipt) -> Money:
    return money(receipt.answer["balance_minor"], receipt.answer["currency"])
