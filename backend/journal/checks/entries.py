"""Every money event carries a balanced entry of its own amount and currency; no other event carries one (I02)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.payments import PaymentRegistered
from backend.journal.checks.finding import Finding, unequal
from backend.journal.codec import Recorded

NAME: Final = "entries"


@dataclass(frozen=True, slots=True)
class EntriesCheck:
    """Remembers nothing: every entry stands for itself."""

    name: str = NAME

    def see(self, recorded: Recorded) -> Iterable[Finding]:
        match recorded.event:
            case InvoiceIssued() as e:
                yield from _booked(recorded, e.number, e.total_minor, e.currency)
            case CreditNoteIssued() as e:
                yield from _booked(recorded, e.number, e.total_minor, e.currency)
            case PaymentRegistered() as e:
                yield from _booked(recorded, f"payment {e.payment_id}", e.amount_minor, e.currency)
            case HistoricalInvoiceImported() as e:
                yield from _booked(recorded, e.number, e.open_minor, e.currency)
            case _ if recorded.entry is not None:
                yield _wrong(recorded, recorded.type, "no entry", "one")


def _booked(recorded: Recorded, subject: str, amount_minor: int, currency: str) -> Iterator[Finding]:
    entry = recorded.entry
    if entry is None:
        if amount_minor:
            yield _wrong(recorded, subject, f"an entry of {amount_minor} {currency}", "none")
        return
    debits = sum(posting.amount_minor for posting in entry.postings if posting.amount_minor > 0)
    yield from unequal(
        NAME,
        recorded,
        subject,
        ("debits less credits", 0, entry.balance_minor),
        ("debits", amount_minor, debits),
        ("currency", currency, entry.currency),
    )


def _wrong(recorded: Recorded, subject: str, expected: str, found: str) -> Finding:
    return Finding(check=NAME, position=recorded.position, subject=subject, expected=expected, found=found)
