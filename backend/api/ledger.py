"""The books as clients see them."""

from datetime import date

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.paging import Connection, connection, page
from backend.api.mirror import Mirror
from backend.api.problems import Fault, Malformed
from backend.read.dashboards.queries import PeriodLength
from backend.read.ledger import queries
from backend.values.identifiers import IssuerId


class Posting(Mirror[queries.PostingRow], names={"event_type": "type"}, leave_out=("stream_id",)):
    """One side of an entry; debits are positive. `document` is the number of what was posted, or how it was paid.

    `taxCode` names the tax that the amount is, or is the base of, such as SE-S-25; `debtorId` whose debt or credit it
    is.
    """


class AccountBalance(Mirror[queries.AccountBalance], also=("balance_minor",)):
    """One account in one currency: all debits, all credits (both positive), and their difference."""

    currency: str


class AccountLine(Mirror[queries.AccountLine]):
    """One posting with the balance of the account after it."""


class LedgerAccountStatement(
    Mirror[queries.LedgerAccountStatement], sizes={"lines": (100, queries.MAX_STATEMENT_LINES)}
):
    """One account in one currency over a period, both days included."""

    currency: str


class VatRow(Mirror[queries.VatRow]):
    """Taxable amount and tax of one rate in the period that begins with `period`, after credit notes."""


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
        issuer_id: IssuerId | None = None,
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
            issuer_id=issuer_id,
            page=page(first, after, last, before),
        )
        return connection(found, Posting.of)

    @resolved(size=(20, queries.MAX_BALANCES))
    async def trial_balance(
        self, info: Info, on: date | None = None, issuer_id: IssuerId | None = None
    ) -> list[AccountBalance]:
        """Every account at the end of a day (today, unless said otherwise). Debits equal credits in each currency."""
        day = on or info.context.today()
        rows = await info.context.ask(queries.trial_balance, on=day, issuer_id=issuer_id)
        return [AccountBalance.of(row) for row in rows]

    @resolved
    async def account_statement(
        self,
        info: Info,
        account: str,
        currency: str,
        first_day: date,
        last_day: date,
        issuer_id: IssuerId | None = None,
    ) -> LedgerAccountStatement:
        """The postings of one account over a period, with a running balance."""
        try:
            found = await info.context.ask(
                queries.account_statement,
                account=account,
                currency=currency,
                from_=first_day,
                to=last_day,
                issuer_id=issuer_id,
            )
        except queries.AccountStatementTooLong as too_long:
            raise Malformed(Fault(detail=f"{too_long}: ask for a shorter period", path=("firstDay",))) from None
        return LedgerAccountStatement.of(found)

    @resolved(size=(20, queries.MAX_VAT_ROWS))
    async def vat_summary(
        self, info: Info, first_day: date, last_day: date, by: PeriodLength = "month", issuer_id: IssuerId | None = None
    ) -> list[VatRow]:
        """Output VAT of whole months, those of `firstDay` to `lastDay`, by period, issuer, currency and rate."""
        rows = await info.context.ask(
            queries.vat_summary, first_day=first_day, last_day=last_day, by=by, issuer_id=issuer_id
        )
        return [VatRow.of(row) for row in rows]
