"""The books: postings, the trial balance at any date, account statements, VAT by rate and period."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal
from uuid import UUID

from backend.read.ledger.tables import balances
from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.query import query
from backend.read.rollup import shifted, side_in_reach, up_to
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, IssuerId

# Currencies times accounts; the chart has some ten accounts.
MAX_BALANCES: Final = 1_000
MAX_VAT_ROWS: Final = 10_000
# More lines are asked for by shorter periods.
MAX_STATEMENT_LINES: Final = 5_000

_PROJECTION: Final = "ledger"
_IN_ORDER: Final = Order("position", (("position", "bigint"), ("line", "bigint")))
_COLUMNS: Final = (
    "position, line, booked_on, account, currency, amount_minor, tax_code, debtor_id, stream_id, event_type, document,"
    " issuer_id"
)

PeriodLength = Literal["month", "quarter", "year"]


class AccountStatementTooLong(ValueError):
    """The period has more than `MAX_STATEMENT_LINES` lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRow:
    """One side of an entry; debits are positive. `document` is the number of what was posted, or how it was paid.

    `tax_code` names the tax that the amount is, or is the base of; `debtor_id` whose debt or credit it is.
    """

    position: int
    line: int
    booked_on: date
    account: str
    currency: str
    amount_minor: int
    tax_code: str
    debtor_id: DebtorId | None
    stream_id: UUID
    event_type: str
    document: str
    issuer_id: IssuerId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountBalance:
    """One account in one currency: all debits, all credits (both positive) and their difference."""

    currency: str
    account: str
    debit_minor: int
    credit_minor: int

    @property
    def balance_minor(self) -> int:
        return self.debit_minor - self.credit_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One posting with the balance of the account after it."""

    posting: PostingRow
    balance_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerAccountStatement:
    """One account in one currency, from `first_day` to `last_day` inclusive."""

    account: str
    currency: str
    first_day: date
    last_day: date
    opening_minor: int
    lines: tuple[AccountLine, ...]
    closing_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VatRow:
    """Taxable amount and tax of one rate in the period that begins with `period`, after credit notes."""

    period: date
    issuer_id: IssuerId
    currency: str
    category_code: str
    percent: Decimal
    base_minor: int
    tax_minor: int
    documents: int


@query(Capability.REPORTS_READ)
async def postings(
    connection: ReadConnection,
    reader: Reader,
    *,
    account: str | None = None,
    currency: str | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
    issuer_id: IssuerId | None = None,
    page: PageRequest = FIRST_PAGE,
) -> Page[PostingRow]:
    """The general ledger in the order of the journal. Raises `BadCursor` and `BadPage`."""
    where = _mine(reader).equal("account", account).equal("currency", currency).equal("issuer_id", issuer_id)
    where.between("booked_on", first_day, last_day)
    return await page_of(connection, _COLUMNS, "read_ledger_postings", where, _IN_ORDER, page, row=_posting)


@query(Capability.REPORTS_READ)
async def trial_balance(
    connection: ReadConnection, reader: Reader, *, on: date, issuer_id: IssuerId | None = None
) -> tuple[AccountBalance, ...]:
    """Every account at the end of the day `on`, by currency and code. Debits equal credits in each currency."""
    source = up_to(balances, side_in_reach(Where(reader, _PROJECTION), reader).equal("issuer_id", issuer_id), on)
    found = await connection.execute(
        f"SELECT currency, account, sum(debit_minor)::bigint, sum(credit_minor)::bigint FROM {source.sql}"
        " GROUP BY 1, 2 ORDER BY 1, 2 LIMIT %b".encode(),
        [*source.parameters, MAX_BALANCES],
    )
    return tuple(
        AccountBalance(currency=currency, account=account, debit_minor=debit, credit_minor=credit)
        for currency, account, debit, credit in await found.fetchall()
    )


@query(Capability.REPORTS_READ)
async def account_statement(
    connection: ReadConnection,
    reader: Reader,
    *,
    account: str,
    currency: str,
    from_: date,
    to: date,
    issuer_id: IssuerId | None = None,
) -> LedgerAccountStatement:
    """The postings of one account with a running balance. Raises `AccountStatementTooLong`."""
    all_of_it = side_in_reach(Where(reader, _PROJECTION), reader).equal("issuer_id", issuer_id)
    before = up_to(balances, all_of_it.equal("account", account).equal("currency", currency), shifted(from_, -1))
    mine = _mine(reader).equal("account", account).equal("currency", currency).equal("issuer_id", issuer_id)
    mine.between("booked_on", from_, to)
    # One statement, so that the opening balance and the lines are of one moment. The first row is the opening balance.
    found = await connection.execute(
        "SELECT NULL::bigint, 0, NULL::date, '', '', coalesce(sum(debit_minor - credit_minor), 0)::bigint, '',"
        f" NULL::uuid, NULL::uuid, '', '', NULL::uuid FROM {before.sql}"
        f" UNION ALL (SELECT {_COLUMNS} FROM read_ledger_postings WHERE {mine.sql}"
        " ORDER BY booked_on, position, line LIMIT %b)".encode(),
        [*before.parameters, *mine.parameters, MAX_STATEMENT_LINES + 1],
    )
    rows = await found.fetchall()
    if len(rows) > MAX_STATEMENT_LINES + 1:
        raise AccountStatementTooLong(f"more than {MAX_STATEMENT_LINES} lines")
    opening = balance = next(row[5] for row in rows if row[0] is None)
    lines = []
    for posting in sorted((_posting(row) for row in rows if row[0] is not None), key=_date_order):
        balance += posting.amount_minor
        lines.append(AccountLine(posting=posting, balance_minor=balance))
    return LedgerAccountStatement(
        account=account,
        currency=currency,
        first_day=from_,
        last_day=to,
        opening_minor=opening,
        lines=tuple(lines),
        closing_minor=balance,
    )


@query(Capability.REPORTS_READ)
async def vat_summary(
    connection: ReadConnection,
    reader: Reader,
    *,
    first_day: date,
    last_day: date,
    by: PeriodLength = "month",
    issuer_id: IssuerId | None = None,
) -> tuple[VatRow, ...]:
    """Output VAT of whole months, those of `first_day` to `last_day`, by period, issuer, currency and rate."""
    where = _mine(reader).equal("issuer_id", issuer_id).between("month", first_day.replace(day=1), last_day)
    found = await connection.execute(
        "SELECT date_trunc(%b::text, month::timestamp)::date, issuer_id, currency, category_code, percent,"
        " sum(base_minor)::bigint, sum(tax_minor)::bigint, sum(documents)::bigint FROM read_ledger_vat"
        f" WHERE {where.sql} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5 DESC LIMIT %b".encode(),
        [by, *where.parameters, MAX_VAT_ROWS],
    )
    return tuple(
        VatRow(
            period=row[0],
            issuer_id=row[1],
            currency=row[2],
            category_code=row[3],
            percent=row[4],
            base_minor=row[5],
            tax_minor=row[6],
            documents=row[7],
        )
        for row in await found.fetchall()
    )


def _mine(reader: Reader) -> Where:
    return Where(reader, _PROJECTION).within_reach("issuer_org_node_id")


def _posting(row: tuple[Any, ...]) -> PostingRow:
    return PostingRow(
        position=row[0],
        line=row[1],
        booked_on=row[2],
        account=row[3],
        currency=row[4],
        amount_minor=row[5],
        tax_code=row[6],
        debtor_id=row[7],
        stream_id=row[8],
        event_type=row[9],
        document=row[10],
        issuer_id=row[11],
    )


def _date_order(posting: PostingRow) -> tuple[date, int, int]:
    return posting.booked_on, posting.position, posting.line
