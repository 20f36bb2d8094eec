"""A double entry: what a money event does to the accounts. Debits are positive, credits negative, in minor units."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One side of an entry. `account` is a code of the chart in `write/ledger`."""

    account: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Postings of one event, in one currency, on one accounting date."""

    on: date
    currency: str
    postings: tuple[Posting, ...]

    @property
    def balance_minor(self) -> int:
        """Debits less credits: zero for every entry the journal accepts."""
        return sum(posting.amount_minor for posting in self.postings)
