"""What money events mean in the books: every document carries a balanced entry (ADR 5). Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from backend.values.ledger import Entry, Posting

BANK: Final = "1930"
RECEIVABLES: Final = "1510"
DEBTOR_CREDIT: Final = "2420"
OUTPUT_VAT: Final = "2610"
FEES_REVENUE: Final = "3010"
COLLECTED_FOR_OTHERS: Final = "2890"
OPENING_BALANCES: Final = "2099"

# Whoever issues keeps its own share as revenue; what it collects for somebody else is owed to them.
_OWN: Final = frozenset({"issuer", ""})


def account_of(recipient: str, issuer_level: str) -> str:
    """The account a fee component is credited to. `issuer_level` is the issuer's own word for itself among the
    recipients (`federation`, `district`, `club` or `platform`)."""
    return FEES_REVENUE if recipient in _OWN or recipient == issuer_level else COLLECTED_FOR_OTHERS


def issue_entry(
    *, on: date, currency: str, credits: Iterable[tuple[str, int]], tax_minor: int, total_minor: int
) -> Entry:
    """An invoice: the debtor owes the total; revenue (or what is collected for others) and output VAT are credited.
    `credits` are (account, net in minor units) by line."""
    by_account = Counter[str]()
    for account, minor in credits:
        by_account[account] += minor
    postings = [Posting(account=RECEIVABLES, amount_minor=total_minor)]
    postings += [Posting(account=account, amount_minor=-minor) for account, minor in by_account.items() if minor]
    if tax_minor:
        postings.append(Posting(account=OUTPUT_VAT, amount_minor=-tax_minor))
    return Entry(on=on, currency=currency, postings=tuple(postings))


def credit_entry(
    *, on: date, currency: str, debits: Iterable[tuple[str, int]], tax_minor: int, applied_minor: int, total_minor: int
) -> Entry:
    """A credit note: the mirror image of `issue_entry`. What exceeds the open balance is owed to the debtor."""
    reversed_issue = issue_entry(on=on, currency=currency, credits=debits, tax_minor=tax_minor, total_minor=total_minor)
    postings = [Posting(account=p.account, amount_minor=-p.amount_minor) for p in reversed_issue.postings[1:]]
    if applied_minor:
        postings.append(Posting(account=RECEIVABLES, amount_minor=-applied_minor))
    if total_minor - applied_minor:
        postings.append(Posting(account=DEBTOR_CREDIT, amount_minor=applied_minor - total_minor))
    return Entry(on=on, currency=currency, postings=tuple(postings))


def payment_entry(*, on: date, currency: str, amount_minor: int, allocated_minor: int) -> Entry:
    """Money arrived: the bank holds it, the allocated part settles receivables, the rest is the debtor's credit."""
    postings = [Posting(account=BANK, amount_minor=amount_minor)]
    if allocated_minor:
        postings.append(Posting(account=RECEIVABLES, amount_minor=-allocated_minor))
    if amount_minor - allocated_minor:
        postings.append(Posting(account=DEBTOR_CREDIT, amount_minor=allocated_minor - amount_minor))
    return Entry(on=on, currency=currency, postings=tuple(postings))


def opening_entry(*, on: date, currency: str, open_minor: int) -> Entry:
    """A historical invoice taken over with an open balance, against the opening balances of the books."""
    return Entry(
        on=on,
        currency=currency,
        postings=(
            Posting(account=RECEIVABLES, amount_minor=open_minor),
            Posting(account=OPENING_BALANCES, amount_minor=-open_minor),
        ),
    )
