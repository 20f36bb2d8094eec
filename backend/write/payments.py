"""Money that arrives: what a payment settles, and what remains of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final, assert_never, get_args

from backend.events.payments import Allocation, PaymentMethod, PaymentRegistered
from backend.inline.open_receivables import balance_of
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, PaymentId
from backend.values.ledger import Entry
from backend.values.money import MAX_DOCUMENT_MINOR, Money
from backend.values.why import Why
from backend.write.command import command
from backend.write.debtors.erase import still_known
from backend.write.invoices.refusals import InvoiceIsCancelled, InvoiceNotIssued
from backend.write.ledger import payment_entry
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
class Payable:
    """An invoice that may be paid, of our time or of the time before."""

    invoice_id: InvoiceId
    issuer_id: IssuerId
    debtor_id: DebtorId
    issued_on: date
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A payable invoice and its open balance, read under the lock."""

    payable: Payable
    balance_minor: int


def payable(invoice: Invoice) -> Payable:
    """The invoice, if money can settle it. Drafts owe nothing yet, cancelled ones nothing any more."""
    match invoice:
        case IssuedState(cancelled=True):
            raise InvoiceIsCancelled("the invoice is cancelled: nothing is owed on it", path=("invoiceId",))
        case IssuedState(event=event):
            return Payable(
                invoice_id=event.invoice_id,
                issuer_id=event.issuer.issuer_id,
                debtor_id=event.debtor_id,
                issued_on=event.issued_on,
                currency=event.currency,
            )
        case HistoricalState(event=old):
            return Payable(
                invoice_id=old.invoice_id,
                issuer_id=old.issuer_id,
                debtor_id=old.debtor_id,
                issued_on=old.issued_on,
                currency=old.currency,
            )
        case DraftState() | DiscardedState():
            raise InvoiceNotIssued("only an issued invoice can be paid: issue it first", path=("invoiceId",))
        case _:
            assert_never(invoice)


def register(command: RegisterPayment, owed: Owed, *, today: date) -> PaymentRegistered:
    """Money for one invoice: as much of it as is owed is allocated, the rest is the debtor's credit or refused."""
    if command.method not in get_args(PaymentMethod):
        raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(get_args(PaymentMethod)), path=("method",))
    if not 0 < command.amount_minor <= MAX_DOCUMENT_MINOR:
        raise InvalidValue(Why.AMOUNT_NOT_POSITIVE, path=("amountMinor",))
    if command.received_on > today:
        raise InvalidValue(
            Why.RECEIVED_IN_FUTURE, received_on=str(command.received_on), today=str(today), path=("receivedOn",)
        )
    if command.received_on < owed.payable.issued_on - EARLIEST:
        raise InvalidValue(Why.RECEIVED_TOO_EARLY, path=("receivedOn",))
    if command.currency != owed.payable.currency:
        raise CurrencyMismatch(
            f"the invoice is in {owed.payable.currency}: register what arrived in that currency", path=("currency",)
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
        debtor_id=owed.payable.debtor_id,
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
            allocations.append(Allocation(invoice_id=debt.payable.invoice_id, amount_minor=part))
            amount_minor -= part
    return tuple(allocations)


def entry_of(payment: PaymentRegistered) -> Entry:
    """The double entry a payment carries."""
    return payment_entry(
        on=payment.received_on,
        currency=payment.currency,
        amount_minor=payment.amount_minor,
        allocated_minor=payment.amount_minor - payment.unallocated_minor,
    )


@command(Capability.PAYMENTS_REGISTER)
async def register_payment(command: RegisterPayment, work: UnitOfWork) -> None:
    found = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    issuer = await work.get(ISSUER, found.issuer_id)
    work.authorise(issuer.node)
    invoice = payable(found)
    still_known(await work.get(DEBTOR, invoice.debtor_id))
    balance = await balance_of(*work.place, invoice.invoice_id)
    payment = register(command, Owed(payable=invoice, balance_minor=balance), today=work.today(issuer.time_zone))
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
