"""Every event that says so carries a balanced entry of its own issuer, amount and currency, which says the same of the
debtors as its effects do; no other event carries one (I02)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from backend.events.event import BY_CLASS
from backend.events.money import effects
from backend.journal.checks.finding import Finding, unequal
from backend.journal.codec import Recorded
from backend.rules.accounts import DEBTOR_CREDIT, RECEIVABLES
from backend.values.ledger import Entry

NAME: Final = "entries"


@dataclass(frozen=True, slots=True)
class EntriesCheck:
    """Remembers nothing: every entry stands for itself."""

    name: str = NAME

    def see(self, recorded: Recorded) -> Iterable[Finding]:
        """The findings about one event, given those before it."""
        amount = BY_CLASS[type(recorded.event)].entry
        if amount is not None:
            yield from _booked(recorded, getattr(recorded.event, amount))
        elif recorded.entry is not None:
            yield _wrong(recorded, recorded.type, "no entry", "one")


def _booked(recorded: Recorded, amount_minor: int) -> Iterator[Finding]:
    entry, event = recorded.entry, recorded.event
    subject = f"{recorded.type} {event.booked_as}"
    if entry is None:
        if amount_minor:
            yield _wrong(recorded, subject, f"an entry of {amount_minor} {event.currency}", "none")
        return
    debits = sum(posting.amount_minor for posting in entry.postings if posting.amount_minor > 0)
    yield from unequal(
        NAME,
        recorded,
        subject,
        ("debits less credits", 0, entry.balance_minor),
        ("debits", amount_minor, debits),
        ("currency", event.currency, entry.currency),
        ("issuer", event.issuer_id, entry.issuer_id),
        ("accounts of debtors", _by_effects(event), _by_postings(entry)),
    )


def _by_effects(event: object) -> list[tuple[str, str, int]]:
    sums = Counter[tuple[str, str]]()
    for change in effects(event):
        sums[str(change.debtor_id), RECEIVABLES] += change.open_minor
        sums[str(change.debtor_id), DEBTOR_CREDIT] -= change.credit_minor
    return _sorted(sums)


def _by_postings(entry: Entry) -> list[tuple[str, str, int]]:
    sums = Counter[tuple[str, str]]()
    for posting in entry.postings:
        if posting.account in (RECEIVABLES, DEBTOR_CREDIT):
            sums[str(posting.debtor_id), posting.account] += posting.amount_minor
    return _sorted(sums)


def _sorted(sums: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    return [(*key, minor) for key, minor in sorted(sums.items()) if minor]


def _wrong(recorded: Recorded, subject: str, expected: str, found: str) -> Finding:
    return Finding(
        check=NAME, book=recorded.book, position=recorded.position, subject=subject, expected=expected, found=found
    )
