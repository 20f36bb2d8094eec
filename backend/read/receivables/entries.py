"""What each money event does to the account of a debtor and to the open balance of an invoice. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId

# `settled_before` is what was paid of a historical invoice before it was taken over; `credit` is money of the debtor
# that no invoice took.
EntryKind = Literal["invoice", "historical_invoice", "settled_before", "payment", "credit", "credit_note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFacts:
    """What later events need to know of an invoice and do not say themselves."""

    invoice_id: InvoiceId
    number: str
    debtor_id: DebtorId
    issuer_id: IssuerId
    issuer_node: UUID | None
    debtor_node: UUID | None
    currency: str
    issued_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One signed entry of an invoice. See `tables.entries` for the two dates and amounts."""

    kind: EntryKind
    document: str
    booked_on: date
    effective_on: date
    amount_minor: int
    open_delta: int


def facts_of_issued(e: InvoiceIssued) -> InvoiceFacts:
    return InvoiceFacts(
        invoice_id=e.invoice_id,
        number=e.number,
        debtor_id=e.debtor_id,
        issuer_id=e.issuer.issuer_id,
        issuer_node=e.issuer.issuer_org_node_id,
        debtor_node=e.debtor_org_node_id,
        currency=e.currency,
        issued_on=e.issued_on,
        due_on=e.due_on,
    )


def facts_of_historical(e: HistoricalInvoiceImported, debtor_node: UUID | None) -> InvoiceFacts:
    return InvoiceFacts(
        invoice_id=e.invoice_id,
        number=e.number,
        debtor_id=e.debtor_id,
        issuer_id=e.issuer_id,
        issuer_node=None,
        debtor_node=debtor_node,
        currency=e.currency,
        issued_on=e.issued_on,
        due_on=e.due_on,
    )


def opened(kind: EntryKind, facts: InvoiceFacts, total_minor: int) -> Entry:
    """The invoice itself: all of it is owed from its date on."""
    return Entry(
        kind=kind,
        document=facts.number,
        booked_on=facts.issued_on,
        effective_on=facts.issued_on,
        amount_minor=total_minor,
        open_delta=total_minor,
    )


def settled(
    kind: EntryKind, facts: InvoiceFacts, *, document: str, on: date, amount_minor: int, open_minor: int
) -> Entry:
    """Something that reduces what is owed: `amount_minor` on the account, `open_minor` on the invoice. Positive."""
    return Entry(
        kind=kind,
        document=document,
        booked_on=on,
        effective_on=max(on, facts.issued_on),
        amount_minor=-amount_minor,
        open_delta=-open_minor,
    )


def credited(facts: InvoiceFacts, e: CreditNoteIssued) -> Entry:
    """A credit note: the whole of it on the account, what was applied on the invoice."""
    return settled(
        "credit_note", facts, document=e.number, on=e.issued_on, amount_minor=e.total_minor, open_minor=e.applied_minor
    )


def open_steps(deltas: Iterable[tuple[date, int]]) -> dict[date, int]:
    """The days on which an invoice becomes open (+1) or settled (-1), from the changes of its balance.

    Computed from all changes at once, because they need not be recorded in the order in which they take effect.
    """
    by_day = Counter[date]()
    for day, delta in deltas:
        by_day[day] += delta
    steps, balance, was_open = {}, 0, 0
    for day in sorted(by_day):
        balance += by_day[day]
        if (is_open := int(balance > 0)) != was_open:
            steps[day], was_open = is_open - was_open, is_open
    return steps
