"""What the queries of this read model answer."""

from dataclasses import dataclass
from datetime import date

from backend.rules.aging import COLUMNS, Bucket
from backend.values.identifiers import DebtorId, InvoiceId
from backend.values.ledger import BalanceReason


@dataclass(frozen=True, slots=True, kw_only=True)
class AgingRow:
    """Open amounts in one currency, by the columns of `rules.aging` in their order."""

    currency: str
    minor: tuple[int, ...]
    invoices: tuple[int, ...]
    overdue_minor: int

    @property
    def open_minor(self) -> int:
        return sum(self.minor)

    @property
    def open_invoices(self) -> int:
        return sum(self.invoices)

    def in_bucket(self, bucket: Bucket) -> int:
        """The open amount of one column, in minor units."""
        return self.minor[COLUMNS.index(bucket)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgingReport:
    """What was open at the end of `as_of`, one row per currency in order of its code; none where all is settled."""

    as_of: date
    rows: tuple[AgingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorAging:
    """The same for one debtor. `name` is empty once the person was erased."""

    debtor_id: DebtorId
    reference: str
    name: str
    rows: tuple[AgingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What one debtor owes in one currency. `oldest_due_on` is the earliest due date of an open invoice."""

    debtor_id: DebtorId
    reference: str
    name: str
    currency: str
    open_minor: int
    overdue_minor: int
    open_invoices: int
    oldest_due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedDebt:
    """One debtor and currency of the whole report. `oldest_due_on` is the earliest due date of an open invoice."""

    debtor_id: DebtorId
    reference: str
    name: str
    oldest_due_on: date
    row: AgingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One entry of a debtor's account; positive is owed by the debtor. `balance_minor` is the balance after it."""

    on: date
    kind: BalanceReason
    document: str
    invoice_id: InvoiceId | None
    invoice_number: str
    due_on: date | None
    amount_minor: int
    balance_minor: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatement:
    """The account in one currency: `opening_minor` before the first line, `closing_minor` after the last.

    `credit_minor` is the part of the closing balance that no invoice took: what the debtor has in credit, and may use.
    """

    currency: str
    opening_minor: int
    lines: tuple[StatementLine, ...]
    closing_minor: int
    credit_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A debtor's statement from `first_day` to `last_day`, one account per currency in order of its code."""

    debtor_id: DebtorId
    reference: str
    name: str
    first_day: date
    last_day: date
    accounts: tuple[AccountStatement, ...]
