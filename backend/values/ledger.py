"""A double entry: what a money event does to the accounts. Debits are positive, credits negative, in minor units."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend.values.documents import DocumentRef
from backend.values.identifiers import DebtorId, IssuerId

# Why the account of a debtor changes. `settled_before` is what was paid of a historical invoice before it was taken
# over; `credit` is money of the debtor that no invoice took.
BalanceReason = Literal["invoice", "historical_invoice", "settled_before", "payment", "credit", "credit_note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One side of an entry. `account` is a code of the chart (`rules/accounts`).

    `tax_code` says which tax the amount is, or is the base of (SE-S-25). What a debtor owes or has in credit names the
    debtor, and the document it is about, if it is about one.
    """

    account: str
    amount_minor: int
    tax_code: str = ""
    debtor_id: DebtorId | None = None
    document: DocumentRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Postings of one event in the books of one issuer, in one currency, on one accounting date."""

    issuer_id: IssuerId
    on: date
    currency: str
    postings: tuple[Posting, ...]

    @property
    def balance_minor(self) -> int:
        """Debits less credits: zero for every entry the journal accepts."""
        return sum(posting.amount_minor for posting in self.postings)
