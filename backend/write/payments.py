"""Money that arrives: what a payment settles, and what remains of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final, assert_never, get_args

from backend.events.parts import InvoiceFacts
from backend.events.payments import Allocation, PaymentRegistered
from backend.inline.open_receivables import balance_of
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId, OrgNodeId, PaymentId
from backend.values.money import MAX_DOCUMENT_MINOR, Money
from backend.values.payments import PaymentMethod
from backend.values.why import Why
from backend.write.command import command
from backend.write.debtors.erase import still_known
from backend.write.invoices.refusals import InvoiceIsCancelled, InvoiceNotIssued
from backend.write.ledger import entry_of
from backend.write.refusal import InvalidValue, Refusal, RefusalCode
from backend.write.states.debtor import DEBTOR
from backend.write.states.invoice import INVOICE, DiscardedState, DraftState, HistoricalState, Invoice, IssuedState
from backend.write.states.issuer import ISSUER
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import text


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


class PaymentExceedsBalance(Refusal):
    """More money than is owed on the invoice (S003-48)."""

    code = RefusalCode.PAYMENT_EXCEEDS_BALANCE


class CurrencyMismatch(Refusal):
    """The money is in another currency than the invoice."""

    code = RefusalCode.CURRENCY_MISMATCH


MAX_REFERENCE: Final = 140

# Prepayments exist; a year that was mistyped would make every report of the time in between wrong.
EARLIEST: Final = timedelta(days=366)
MAX_NOTES: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An invoice that may be paid, of our time or of the time before, and its open balance, read under the lock."""

    invoice: InvoiceFacts
    balance_minor: int


def payable(invoice: Invoice) -> InvoiceFacts:
    """The invoice, if money can settle it. Drafts owe nothing yet, cancelled ones nothing any more."""
    match invoice:
        case IssuedState(cancelled=True):
            raise InvoiceIsCancelled("the invoice is cancelled: nothing is owed on it", path=("invoiceId",))
        case IssuedState(event=event):
            return event.facts
        case HistoricalState(event=old):
            return old.facts
        case DraftState() | DiscardedState():
            raise InvoiceNotIssued("only an issued invoice can be paid: issue it first", path=("invoiceId",))
        case _:
            assert_never(invoice)


def register(
    command: RegisterPayment, owed: Owed, *, account_id: str, debtor_node: OrgNodeId | None, today: date
) -> PaymentRegistered:
    """Money for one invoice: as much of it as is owed is allocated, the rest is the debtor's credit or refused.

    `account_id` is the payment account of the issuer, `debtor_node` where the debtor belongs today.
    """
    if command.method not in get_args(PaymentMethod):
        raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(get_args(PaymentMethod)), path=("method",))
    if not 0 < command.amount_minor <= MAX_DOCUMENT_MINOR:
        raise InvalidValue(Why.AMOUNT_NOT_POSITIVE, path=("amountMinor",))
    if command.received_on > today:
        raise InvalidValue(
            Why.RECEIVED_IN_FUTURE, received_on=str(command.received_on), today=str(today), path=("receivedOn",)
        )
    if command.received_on < owed.invoice.issued_on - EARLIEST:
        raise InvalidValue(Why.RECEIVED_TOO_EARLY, path=("receivedOn",))
    if command.currency != owed.invoice.currency:
        raise CurrencyMismatch(
            f"the invoice is in {owed.invoice.currency}: register what arrived in that currency", path=("currency",)
        )
    allocations = allocated(command.amount_minor, (owed,))
    settled = sum(allocation.amount_minor for allocation in allocations)
    if settled < command.amount_minor and not command.allow_overpayment:
        raise PaymentExceedsBalance(
            "Payment amount exceeds the remaining balance on this invoice. "
            f"Remaining: {Money(owed.balance_minor, command.currency)}; register that, or allow an overpayment.",
            path=("amountMinor",),
        )
    return PaymentRegistered(
        payment_id=command.payment_id,
        issuer_id=owed.invoice.issuer_id,
        issuer_org_node_id=owed.invoice.issuer_org_node_id,
        account_id=account_id,
        debtor_id=owed.invoice.debtor_id,
        debtor_org_node_id=debtor_node,
        payer_id=owed.invoice.debtor_id,
        source="manual",
        external_id="",
        method=command.method,
        received_on=command.received_on,
        currency=command.currency,
        amount_minor=command.amount_minor,
        allocations=allocations,
        unallocated_minor=command.amount_minor - settled,
        reference=text(command.reference, MAX_REFERENCE, path=("reference",), required=False),
        notes=text(command.notes, MAX_NOTES, path=("notes",), required=False),
    )


def allocated(amount_minor: int, debts: Sequence[Owed]) -> tuple[Allocation, ...]:
    """`amount_minor` set against `debts` in their order, each up to its balance. What is left settles nothing."""
    allocations = []
    for debt in debts:
        part = min(amount_minor, debt.balance_minor)
        if part > 0:
            left = debt.balance_minor - part
            allocations.append(Allocation(invoice=debt.invoice, amount_minor=part, remaining_minor=left))
            amount_minor -= part
    return tuple(allocations)


@command(Capability.PAYMENTS_REGISTER, once=True)
async def register_payment(command: RegisterPayment, work: UnitOfWork) -> None:
    """Load the invoice and its open balance, and record the payment."""
    found = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    issuer = await work.get(ISSUER, found.issuer_id)
    work.authorise(issuer.node)
    invoice = payable(found)
    debtor = await work.get(DEBTOR, invoice.debtor_id)
    still_known(debtor)
    balance = await balance_of(*work.place, invoice.invoice_id)
    payment = register(
        command,
        Owed(invoice=invoice, balance_minor=balance),
        account_id=issuer.account.account_id if issuer.account else "",
        debtor_node=debtor.node,
        today=work.today(issuer.time_zone),
    )
    work.record(payment.payment_id, payment, entry=entry_of(payment))
    settled = payment.amount_minor - payment.unallocated_minor
    work.answer = {
        "payment_id": str(payment.payment_id),
        "invoice_id": str(invoice.invoice_id),
        "currency": payment.currency,
        "allocated_minor": settled,
        "unallocated_minor": payment.unallocated_minor,
        "balance_minor": balance - settled,
    }
