"""The statement of a debtor's account: opening balance, lines with a running balance, closing balance."""

from collections import defaultdict
from datetime import date
from typing import Any, Final

from backend.read.query import query
from backend.read.receivables.answers import AccountStatement, Statement, StatementLine
from backend.read.where import Where
from backend.read.whole import Whole, position_of
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId

# More lines are asked for by shorter periods.
MAX_STATEMENT_LINES: Final = 5_000
_PROJECTION: Final = "receivables"


class StatementTooLong(ValueError):
    """The period has more than `MAX_STATEMENT_LINES` lines."""


@query(Capability.DEBTORS_READ)
async def debtor_statement(
    connection: ReadConnection, reader: Reader, debtor_id: DebtorId, *, from_: date, to: date
) -> Statement | None:
    """The account of `debtor_id` from `from_` to `to`, inclusive; None for a debtor the reader cannot see.

    Who reaches the debtor's org node sees the debtor; who reaches the issuer's, what that issuer billed. Raises
    `StatementTooLong`.
    """
    debtor = Where(reader, _PROJECTION).equal("debtor_id", debtor_id)
    named = await connection.execute(
        f"SELECT reference, name, org_node_id FROM read_receivables_debtors WHERE {debtor.sql}".encode(),
        debtor.parameters,
    )
    mine = Where(reader, _PROJECTION).equal("debtor_id", debtor_id)
    mine.within_reach("issuer_org_node_id", "debtor_org_node_id")
    # Everything before the period comes as one line per currency, without a date.
    found = await connection.execute(
        "SELECT NULL::date, currency, sum(amount_minor)::bigint, NULL, NULL, NULL::uuid, NULL, NULL::date,"
        " NULL::bigint, NULL::int, sum(open_delta - amount_minor)::bigint FROM read_receivables_entries"
        f" WHERE {mine.sql} AND booked_on < %b GROUP BY currency"
        " UNION ALL (SELECT booked_on, currency, amount_minor, kind, document, invoice_id, invoice_number, due_on,"
        " position, seq, open_delta - amount_minor FROM read_receivables_entries"
        f" WHERE {mine.sql} AND booked_on BETWEEN %b AND %b ORDER BY booked_on, position, seq LIMIT %b)".encode(),
        [*mine.parameters, from_, *mine.parameters, from_, to, MAX_STATEMENT_LINES + 1],
    )
    who, rows = await named.fetchone(), await found.fetchall()
    if who is None or not (rows or reader.reach.covers(who[2])):
        return None
    if sum(row[0] is not None for row in rows) > MAX_STATEMENT_LINES:
        raise StatementTooLong(f"more than {MAX_STATEMENT_LINES} lines")
    return Statement(
        debtor_id=debtor_id, reference=who[0], name=who[1], first_day=from_, last_day=to, accounts=_accounts(rows)
    )


@query(Capability.DEBTORS_READ)
async def whole_statement(
    connection: ReadConnection, reader: Reader, *, debtor_id: DebtorId, from_: date, to: date
) -> Whole[Statement]:
    """The same for a file: with the position of the journal it shows, and no item for a debtor out of sight."""
    found = await debtor_statement(connection, reader, debtor_id, from_=from_, to=to)
    return Whole(items=(found,) if found else (), position=await position_of(connection, _PROJECTION))


def _accounts(rows: list[tuple[Any, ...]]) -> tuple[AccountStatement, ...]:
    opening, lines = defaultdict[str, int](int), defaultdict[str, list[StatementLine]](list)
    balance, credit = defaultdict[str, int](int), defaultdict[str, int](int)
    # Equal days keep the order of the journal.
    for row in sorted(rows, key=_line_order):
        on, currency, minor, kind, document, invoice_id, number, due_on, position, _, credited = row
        balance[currency] += minor
        credit[currency] += credited
        if on is None:
            opening[currency] = minor
            continue
        lines[currency].append(
            StatementLine(
                on=on,
                kind=kind,
                document=document,
                invoice_id=invoice_id,
                invoice_number=number,
                due_on=due_on,
                amount_minor=minor,
                balance_minor=balance[currency],
                position=position,
            )
        )
    return tuple(
        AccountStatement(
            currency=currency,
            opening_minor=opening[currency],
            lines=tuple(lines[currency]),
            closing_minor=balance[currency],
            credit_minor=credit[currency],
        )
        for currency in sorted(balance)
    )


def _line_order(row: tuple[Any, ...]) -> tuple[date, int, int]:
    return row[0] or date.min, row[8] or 0, row[9] or 0
