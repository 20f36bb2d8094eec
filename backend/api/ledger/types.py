"""The books as clients see them."""

from datetime import date
from decimal import Decimal

import strawberry

from backend.api.graphql.documented import output
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.scalars import BigInt
from backend.read.ledger import queries as answers


@output
class Posting:
    """One side of an entry; debits are positive. `document` is the number of what was posted, or how it was paid.

    `taxCode` names the tax that the amount is, or is the base of, such as SE-S-25; `debtorId` whose debt or credit it
    is.
    """

    position: BigInt
    line: int
    booked_on: date
    account: str
    amount: Money
    type: str
    document: str
    issuer_id: strawberry.ID
    tax_code: str
    debtor_id: strawberry.ID | None


@output
class AccountBalance:
    """One account in one currency: all debits, all credits (both positive), and their difference."""

    account: str
    currency: str
    debit: Money
    credit: Money
    balance: Money


@output
class AccountLine:
    """One posting with the balance of the account after it."""

    posting: Posting
    balance: Money


@output
class LedgerAccountStatement:
    """One account in one currency over a period, both days included."""

    account: str
    currency: str
    first_day: date
    last_day: date
    opening: Money
    lines: list[AccountLine]
    closing: Money


@output
class VatRow:
    """Taxable amount and tax of one rate in the period that begins with `period`, after credit notes."""

    period: date
    issuer_id: strawberry.ID
    category_code: str
    percent: Decimal
    base: Money
    tax: Money
    documents: int


def posting_of(row: answers.PostingRow) -> Posting:
    return Posting(
        position=BigInt(row.position),
        line=row.line,
        booked_on=row.booked_on,
        account=row.account,
        amount=money(row.amount_minor, row.currency),
        type=row.event_type,
        document=row.document,
        issuer_id=encoded("Issuer", row.issuer_id),
        tax_code=row.tax_code,
        debtor_id=encoded("Debtor", row.debtor_id) if row.debtor_id else None,
    )


def balance_of(row: answers.AccountBalance) -> AccountBalance:
    return AccountBalance(
        account=row.account,
        currency=row.currency,
        debit=money(row.debit_minor, row.currency),
        credit=money(row.credit_minor, row.currency),
        balance=money(row.balance_minor, row.currency),
    )


def statement_of(found: answers.LedgerAccountStatement) -> LedgerAccountStatement:
    return LedgerAccountStatement(
        account=found.account,
        currency=found.currency,
        first_day=found.first_day,
        last_day=found.last_day,
        opening=money(found.opening_minor, found.currency),
        closing=money(found.closing_minor, found.currency),
        lines=[
            AccountLine(posting=posting_of(line.posting), balance=money(line.balance_minor, found.currency))
            for line in found.lines
        ],
    )


def vat_row_of(row: answers.VatRow) -> VatRow:
    return VatRow(
        period=row.period,
        issuer_id=encoded("Issuer", row.issuer_id),
        category_code=row.category_code,
        percent=row.percent,
        base=money(row.base_minor, row.currency),
        tax=money(row.tax_minor, row.currency),
        documents=row.documents,
    )
