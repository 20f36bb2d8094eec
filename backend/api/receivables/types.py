"""Aging, debts and statements, as clients see them."""

from datetime import date
from enum import Enum

import strawberry

from backend.api.graphql.documented import output, words
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.read.receivables import answers
from backend.rules.aging import COLUMNS, Bucket, due_between
from backend.values.ledger import BalanceReason


@words
class AgingBucket(Enum):
    """Days past the due date. What is not due yet is a column of its own."""

    NOT_DUE = "not_due"
    DAYS_0_30 = "0-30"
    DAYS_31_60 = "31-60"
    DAYS_61_90 = "61-90"
    DAYS_OVER_90 = "90+"


@output
class AgingColumn:
    """One bucket: the open amount in it, and of how many invoices. They are due from `dueFrom` to `dueTo`, both
    included; null leaves that side open."""

    bucket: AgingBucket
    open: Money
    invoices: int
    due_from: date | None
    due_to: date | None


@output
class AgingRow:
    """Open amounts in one currency. The columns add up to `open`."""

    currency: str
    columns: list[AgingColumn]
    open: Money
    overdue: Money
    invoices: int


@output
class AgingReport:
    """What was open at the end of `asOf`, one row for each currency; none where everything is settled."""

    as_of: date
    rows: list[AgingRow]


@output
class DebtorAging:
    """The same for one debtor. The name is empty once the person was erased."""

    debtor_id: strawberry.ID
    reference: str
    name: str
    rows: list[AgingRow]


@output
class Debt:
    """What one debtor owes in one currency."""

    debtor_id: strawberry.ID
    reference: str
    name: str
    open: Money
    overdue: Money
    invoices: int
    oldest_due_on: date


@output
class StatementLine:
    """One entry of a debtor's account. A positive amount is owed by the debtor; the balance is the one after it."""

    on: date
    kind: BalanceReason
    document: str
    invoice_id: strawberry.ID | None
    invoice_number: str
    due_on: date | None
    amount: Money
    balance: Money


@output
class StatementAccount:
    """The account in one currency."""

    currency: str
    opening: Money
    lines: list[StatementLine]
    closing: Money
    credit: Money = strawberry.field(description="What of the closing balance no invoice took: the debtor's credit.")


@output
class DebtorStatement:
    """A debtor's account from `firstDay` to `lastDay`, both included."""

    debtor_id: strawberry.ID
    reference: str
    name: str
    first_day: date
    last_day: date
    accounts: list[StatementAccount]


def aging_report_of(report: answers.AgingReport) -> AgingReport:
    return AgingReport(as_of=report.as_of, rows=[_row(row, report.as_of) for row in report.rows])


def debtor_aging_of(found: answers.DebtorAging, as_of: date) -> DebtorAging:
    return DebtorAging(
        debtor_id=encoded("Debtor", found.debtor_id),
        reference=found.reference,
        name=found.name,
        rows=[_row(row, as_of) for row in found.rows],
    )


def debt_of(debt: answers.Debt) -> Debt:
    return Debt(
        debtor_id=encoded("Debtor", debt.debtor_id),
        reference=debt.reference,
        name=debt.name,
        open=money(debt.open_minor, debt.currency),
        overdue=money(debt.overdue_minor, debt.currency),
        invoices=debt.open_invoices,
        oldest_due_on=debt.oldest_due_on,
    )


def statement_of(found: answers.Statement) -> DebtorStatement:
    return DebtorStatement(
        debtor_id=encoded("Debtor", found.debtor_id),
        reference=found.reference,
        name=found.name,
        first_day=found.first_day,
        last_day=found.last_day,
        accounts=[_account(each) for each in found.accounts],
    )


def _row(row: answers.AgingRow, as_of: date) -> AgingRow:
    return AgingRow(
        currency=row.currency,
        open=money(row.open_minor, row.currency),
        overdue=money(row.overdue_minor, row.currency),
        invoices=row.open_invoices,
        columns=[
            _column(bucket, money(minor, row.currency), count, as_of)
            for bucket, minor, count in zip(COLUMNS, row.minor, row.invoices, strict=True)
        ],
    )


def _column(bucket: Bucket, open: Money, invoices: int, as_of: date) -> AgingColumn:
    due_from, due_to = due_between(bucket, as_of)
    return AgingColumn(bucket=AgingBucket(bucket), open=open, invoices=invoices, due_from=due_from, due_to=due_to)


def _account(account: answers.AccountStatement) -> StatementAccount:
    currency = account.currency
    return StatementAccount(
        currency=currency,
        opening=money(account.opening_minor, currency),
        closing=money(account.closing_minor, currency),
        credit=money(account.credit_minor, currency),
        lines=[_line(line, currency) for line in account.lines],
    )


def _line(line: answers.StatementLine, currency: str) -> StatementLine:
    return StatementLine(
        on=line.on,
        kind=line.kind,
        document=line.document,
        invoice_id=encoded("Invoice", line.invoice_id) if line.invoice_id else None,
        invoice_number=line.invoice_number,
        due_on=line.due_on,
        amount=money(line.amount_minor, currency),
        balance=money(line.balance_minor, currency),
    )
