"""Cancelling: a full credit note that mirrors the invoice to the öre."""

from collections import Counter as Sums
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import InvoiceIssued
from backend.events.parts import IssuedLine
from backend.rules.numbering import Counter
from backend.values.identifiers import CreditNoteId
from backend.write.credit_notes import CancelInvoice, cancel, cancellable, series_of
from backend.write.invoices.refusals import InvoiceIsCancelled, InvoiceNotIssued
from backend.write.ledger import entry_of
from backend.write.refusal import ReasonRequired
from backend.write.states.invoice import DiscardedState, HistoricalState, IssuedState
from tests.given.money_events import a_historical_invoice, an_invoice, an_issuer
from tests.given.parties import a_registration

TODAY = date(2026, 11, 20)


def an_issued_one(*lines: tuple[str, int, int]) -> InvoiceIssued:
    """An invoice with (account, net, tax) by line."""
    parts = lines or (("3010", 10_000, 2_500),)
    net, tax = sum(line[1] for line in parts), sum(line[2] for line in parts)
    invoice = an_invoice(a_registration(), an_issuer(), issued_on=TODAY, net_minor=net, tax_minor=tax)
    (one,) = invoice.lines
    made = tuple(
        replace(one, account=account, net_minor=n, tax_minor=t, unit_price=Decimal(n) / 100) for account, n, t in parts
    )
    return replace(invoice, lines=made)


def cancelled(issued: InvoiceIssued, *, balance: int | None = None, last: Counter | None = None, **said: Any) -> Any:
    command = CancelInvoice(
        credit_note_id=CreditNoteId(uuid4()), invoice_id=issued.invoice_id, reason=said.pop("reason", "wrong club")
    )
    return cancel(
        command,
        issued,
        today=said.pop("today", TODAY),
        last=last,
        balance_minor=issued.total_minor if balance is None else balance,
    )


def test_everything_is_taken_back_line_by_line() -> None:
    """S003-42, X9, C9: the stored allocation, never computed again."""
    issued = an_issued_one(("3010", 10_001, 2_500), ("2890", 333, 84), ("3010", -50, -12))
    note, event = cancelled(issued)
    assert [(line.line, line.net_minor, line.tax_minor) for line in note.lines] == [
        (1, 10_001, 2_500),
        (2, 333, 84),
        (3, -50, -12),
    ]
    assert (note.net_minor, note.tax_minor) == (issued.net_minor, issued.tax_minor)
    assert (note.total_minor, note.tax_groups) == (issued.total_minor, issued.tax_groups)
    assert (event.invoice_id, event.credit_note_id, event.reason) == (
        issued.invoice_id,
        note.credit_note_id,
        "wrong club",
    )


def test_the_entries_cancel_out() -> None:
    """S003-30: invoice and credit note together leave nothing on any account."""
    issued = an_issued_one(("3010", 10_001, 2_500), ("2890", 333, 84))
    note, _ = cancelled(issued)
    left = Sums[str]()
    for posting in (*entry_of(issued).postings, *entry_of(note).postings):
        left[posting.account] += posting.amount_minor
    assert entry_of(note).balance_minor == 0
    assert not any(left.values())


@pytest.mark.parametrize("paid", [0, 1, 6_000, 12_500])
def test_what_was_paid_is_owed_to_the_debtor(paid: int) -> None:
    """X10, C28: the open balance is settled, the rest becomes the debtor's credit."""
    issued = an_issued_one()
    note, _ = cancelled(issued, balance=issued.total_minor - paid)
    by_account = {posting.account: posting.amount_minor for posting in entry_of(note).postings}
    assert note.applied_minor == issued.total_minor - paid
    assert by_account.get("1510", 0) == paid - issued.total_minor
    assert by_account.get("2420", 0) == -paid


@pytest.mark.parametrize(
    ("today", "last", "number", "issued_on"),
    [
        (TODAY, None, "CN-2026-000001", TODAY),
        (TODAY, Counter(41, TODAY), "CN-2026-000042", TODAY),
        (date(2027, 1, 1), None, "CN-2027-000001", date(2027, 1, 1)),
        # Another issuer of the tenant, further east, credited on what is tomorrow here.
        (TODAY, Counter(1, date(2026, 11, 21)), "CN-2026-000002", TODAY),
    ],
)
def test_credit_notes_are_numbered_by_tenant_and_year(
    today: date, last: Counter | None, number: str, issued_on: date
) -> None:
    """S002-33, X5, C4: CN-YYYY-NNNNNN without a gap, each dated by the day of its issuer."""
    note: CreditNoteIssued
    note, _ = cancelled(an_issued_one(), today=today, last=last)
    assert (note.number, note.issued_on, note.series) == (number, issued_on, series_of(issued_on))


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_required(reason: str) -> None:
    """S003-60: every cancellation says why."""
    with pytest.raises(ReasonRequired):
        cancelled(an_issued_one(), reason=reason)


def test_only_an_invoice_in_force_is_cancelled() -> None:
    """S003-26, S003-29, S003-65: drafts are discarded, cancelled ones stay so, older ones are not ours."""
    issued = an_issued_one()
    assert cancellable(IssuedState(event=issued)) == issued
    with pytest.raises(InvoiceIsCancelled):
        cancellable(IssuedState(event=issued, cancelled_by=CreditNoteId(uuid4())))
    with pytest.raises(InvoiceNotIssued, match="discard"):
        cancellable(DiscardedState(invoice_id=issued.invoice_id, issuer_id=issued.issuer.issuer_id))
    old = a_historical_invoice(
        a_registration(), an_issuer(), issued_on=TODAY, due_on=TODAY, total_minor=1, open_minor=1
    )
    with pytest.raises(InvoiceNotIssued, match="before"):
        cancellable(HistoricalState(old))


# What an invoice says that a credit note of it does not: how to pay it, its own number and period, its attachments.
NOT_OF_A_CREDIT_NOTE = {
    "attachments",
    "buyer",
    "debtor_org_node_id",
    "delivered_from",
    "delivered_to",
    "due_on",
    "invoice_id",
    "issued_on",
    "notes",
    "number",
    "occurrence",
    "ocr_reference",
    "override_reason",
    "reference_counter",
    "reference_sequence",
    "rf_reference",
    "run_id",
    "season",
    "sequence",
    "series",
    "terms_days",
    "type",
}


def test_a_credit_note_is_printable_from_its_event_alone() -> None:
    """S003-42, design "documents": parties, branding, language, texts, lines, taxes and rate as on the invoice."""
    issued = an_issued_one(("3010", 10_001, 2_500), ("2890", 333, 84))
    note, _ = cancelled(issued)
    stored = msgspec.json.decode(msgspec.json.encode(note), type=CreditNoteIssued)
    assert stored == note
    for field in fields(InvoiceIssued):
        if field.name not in NOT_OF_A_CREDIT_NOTE | {"lines"}:
            assert getattr(stored, field.name) == getattr(issued, field.name), field.name
    for field in fields(IssuedLine):
        for printed, line in zip(stored.lines, issued.lines, strict=True):
            assert getattr(printed, field.name) == getattr(line, field.name), field.name
    assert stored.invoice == issued.facts
