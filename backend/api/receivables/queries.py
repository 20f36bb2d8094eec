"""Questions about who owes what."""

from datetime import date

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import optional, the
from backend.api.graphql.paging import Connection, connection, page
from backend.api.problems import Fault, Malformed
from backend.api.receivables.types import (
    AgingReport,
    Debt,
    DebtorAging,
    DebtorStatement,
    aging_report_of,
    debt_of,
    debtor_aging_of,
    statement_of,
)
from backend.read.receivables import queries, statements
from backend.values.identifiers import DebtorId, IssuerId


@output
class ReceivablesQueries:
    """Questions about receivables."""

    @resolved
    async def aging_report(
        self, info: Info, as_of: date | None = None, issuer_id: strawberry.ID | None = None
    ) -> AgingReport:
        """What was open at the end of a day (today, unless said otherwise), by currency and days past due."""
        report = await info.context.ask(
            queries.aging_report, as_of=as_of or info.context.today(), issuer_id=issuer(issuer_id)
        )
        return aging_report_of(report)

    @resolved
    async def aging_by_debtor(
        self,
        info: Info,
        as_of: date | None = None,
        issuer_id: strawberry.ID | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[DebtorAging]:
        """The same by debtor, in order of their references."""
        on = as_of or info.context.today()
        found = await info.context.ask(
            queries.aging_by_debtor, as_of=on, issuer_id=issuer(issuer_id), page=page(first, after, last, before)
        )
        return connection(found, lambda row: debtor_aging_of(row, on))

    @resolved
    async def debts(
        self,
        info: Info,
        as_of: date | None = None,
        issuer_id: strawberry.ID | None = None,
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
            issuer_id=issuer(issuer_id),
            currency=currency,
            only_overdue=only_overdue,
            page=page(first, after, last, before),
        )
        return connection(found, debt_of)

    @resolved
    async def debtor_statement(
        self, info: Info, debtor_id: strawberry.ID, first_day: date, last_day: date
    ) -> DebtorStatement | None:
        """A debtor's account over a period, both days included. Null for nobody you may see."""
        try:
            found = await info.context.ask(
                statements.debtor_statement,
                DebtorId(the("Debtor", debtor_id, "debtorId")),
                from_=first_day,
                to=last_day,
            )
        except statements.StatementTooLong as too_long:
            raise Malformed(Fault(detail=f"{too_long}: ask for a shorter period", path=("firstDay",))) from None
        return statement_of(found) if found else None


def issuer(opaque: str | None) -> IssuerId | None:
    """The issuer a report is restricted to, if any."""
    found = optional("Issuer", opaque, "issuerId")
    return IssuerId(found) if found else None
