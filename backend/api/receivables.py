"""Receivables: who owes how much, and for how long."""

from datetime import date

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.sizes import CURRENCIES, listed
from backend.api.mirror import Mirror
from backend.api.problems import Fault, Malformed
from backend.read.receivables import answers, queries, statements
from backend.rules.aging import COLUMNS, Bucket, due_between
from backend.values.identifiers import DebtorId, IssuerId


@output
class AgingColumn:
    """One bucket: the open amount in it, and of how many invoices. They are due from `dueFrom` to `dueTo`, both
    included; null leaves that side open."""

    bucket: Bucket
    open: Money
    invoices: int
    due_from: date | None
    due_to: date | None


@output
class AgingRow:
    """Open amounts in one currency. The columns add up to `open`."""

    currency: str
    columns: list[AgingColumn] = listed(5, 5)
    open: Money
    overdue: Money
    invoices: int


@output
class AgingReport:
    """What was open at the end of `asOf`, one row for each currency; none where everything is settled."""

    as_of: date
    rows: list[AgingRow] = listed(2, CURRENCIES)


@output
class DebtorAging:
    """The same for one debtor. The name is empty once the person was erased."""

    debtor_id: strawberry.ID
    reference: str
    name: str
    rows: list[AgingRow] = listed(2, CURRENCIES)


class Debt(
    Mirror[answers.Debt],
    names={"open_invoices": "invoices"},
    rest={"reference": "debtor_reference", "name": "debtor_name", "oldest_due_on": "oldest_invoice_date_due"},
):
    """What one debtor owes in one currency."""


class StatementLine(
    Mirror[answers.StatementLine], shown="StatementEntry", only_rest=("position",), rest={"due_on": "invoice_date_due"}
):
    """One entry of a debtor's account. A positive amount is owed by the debtor; the balance is the one after it."""


class StatementAccount(
    Mirror[answers.AccountStatement], shown="Account", sizes={"lines": (50, statements.MAX_STATEMENT_LINES)}
):
    """The account in one currency: `opening` before the first line, `closing` after the last. `credit` is the part of
    `closing` that no invoice took: what the debtor has in credit."""

    currency: str


class DebtorStatement(
    Mirror[answers.Statement],
    shown="StatementShown",
    sizes={"accounts": (2, CURRENCIES)},
    rest={"reference": "debtor_reference", "name": "debtor_name", "first_day": "from_day", "last_day": "to_day"},
):
    """A debtor's account from `firstDay` to `lastDay`, both included."""


@output
class ReceivablesQueries:
    """Questions about receivables."""

    @resolved
    async def aging_report(
        self, info: Info, as_of: date | None = None, issuer_id: IssuerId | None = None
    ) -> AgingReport:
        """What was open at the end of a day (today, unless said otherwise), by currency and days past due."""
        on = as_of or info.context.today()
        report = await info.context.ask(queries.aging_report, as_of=on, issuer_id=issuer_id)
        return AgingReport(as_of=report.as_of, rows=[_row(row, report.as_of) for row in report.rows])

    @resolved
    async def aging_by_debtor(
        self,
        info: Info,
        as_of: date | None = None,
        issuer_id: IssuerId | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[DebtorAging]:
        """The same by debtor, in order of their references."""
        on, asked = as_of or info.context.today(), page(first, after, last, before)
        found = await info.context.ask(queries.aging_by_debtor, as_of=on, issuer_id=issuer_id, page=asked)
        return connection(found, lambda row: _of_debtor(row, on))

    @resolved
    async def debts(
        self,
        info: Info,
        as_of: date | None = None,
        issuer_id: IssuerId | None = None,
        currency: str | None = None,
        only_overdue: bool = False,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Debt]:
        """Debtors by what they owe, the largest amount first."""
        found = await info.context.ask(
            queries.debts,
            as_of=as_of or info.context.today(),
            issuer_id=issuer_id,
            currency=currency,
            only_overdue=only_overdue,
            page=page(first, after, last, before),
        )
        return connection(found, Debt.of)

    @resolved
    async def debtor_statement(
        self, info: Info, debtor_id: DebtorId, first_day: date, last_day: date
    ) -> DebtorStatement | None:
        """A debtor's account over a period, both days included. Null for nobody you may see."""
        try:
            found = await info.context.ask(statements.debtor_statement, debtor_id, from_=first_day, to=last_day)
        except statements.StatementTooLong as too_long:
            raise Malformed(Fault(detail=f"{too_long}: ask for a shorter period", path=("firstDay",))) from None
        return DebtorStatement.of(found) if found else None


def _of_debtor(found: answers.DebtorAging, as_of: date) -> DebtorAging:
    return DebtorAging(
        debtor_id=encoded("Debtor", found.debtor_id),
        reference=found.reference,
        name=found.name,
        rows=[_row(row, as_of) for row in found.rows],
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
    return AgingColumn(bucket=bucket, open=open, invoices=invoices, due_from=due_from, due_to=due_to)
