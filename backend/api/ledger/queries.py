"""Questions to the books."""

from datetime import date

import strawberry

from backend.api.dashboards.types import PeriodLength
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.words import word
from backend.api.ledger.types import (
    AccountBalance,
    LedgerAccountStatement,
    Posting,
    VatRow,
    balance_of,
    posting_of,
    statement_of,
    vat_row_of,
)
from backend.api.problems import Fault, Malformed
from backend.api.receivables.queries import issuer
from backend.read.ledger import queries


@output
class LedgerQueries:
    """Questions to the books."""

    @resolved
    async def ledger(
        self,
        info: Info,
        account: str | None = None,
        currency: str | None = None,
        first_day: date | None = None,
        last_day: date | None = None,
        issuer_id: strawberry.ID | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Posting]:
        """The general ledger, in the order of the journal."""
        found = await info.context.ask(
            queries.postings,
            account=account,
            currency=currency,
            first_day=first_day,
            last_day=last_day,
            issuer_id=issuer(issuer_id),
            page=page(first, after, last, before),
        )
        return connection(found, posting_of)

    @resolved
    async def trial_balance(
        self, info: Info, on: date | None = None, issuer_id: strawberry.ID | None = None
    ) -> list[AccountBalance]:
        """Every account at the end of a day (today, unless said otherwise). Debits equal credits in each currency."""
        rows = await info.context.ask(queries.trial_balance, on=on or info.context.today(), issuer_id=issuer(issuer_id))
        return [balance_of(row) for row in rows]

    @resolved
    async def account_statement(
        self,
        info: Info,
        account: str,
        currency: str,
        first_day: date,
        last_day: date,
        issuer_id: strawberry.ID | None = None,
    ) -> LedgerAccountStatement:
        """The postings of one account over a period, with a running balance."""
        try:
            found = await info.context.ask(
                queries.account_statement,
                account=account,
                currency=currency,
                from_=first_day,
                to=last_day,
                issuer_id=issuer(issuer_id),
            )
        except queries.AccountStatementTooLong as too_long:
            raise Malformed(Fault(detail=f"{too_long}: ask for a shorter period", path=("firstDay",))) from None
        return statement_of(found)

    @resolved
    async def vat_summary(
        self,
        info: Info,
        first_day: date,
        last_day: date,
        by: PeriodLength = PeriodLength.MONTH,
        issuer_id: strawberry.ID | None = None,
    ) -> list[VatRow]:
        """Output VAT of whole months, those of `firstDay` to `lastDay`, by period, issuer, currency and rate."""
        rows = await info.context.ask(
            queries.vat_summary, first_day=first_day, last_day=last_day, by=word(by), issuer_id=issuer(issuer_id)
        )
        return [vat_row_of(row) for row in rows]
