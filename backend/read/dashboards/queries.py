"""Totals at a date, revenue by period, and the debtors who were billed most or owe most. All from roll-ups."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from backend.read.dashboards.tables import flows
from backend.read.query import query
from backend.read.rollup import NO_NODE, side_in_reach, up_to
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, IssuerId, OrgNodeId

# One row per currency and org node; a federation has some hundred nodes that issue.
MAX_TOTALS: Final = 5_000
# Ten years by month of a hundred issuers.
MAX_REVENUE_ROWS: Final = 12_000
MAX_TOP: Final = 100

_PROJECTION: Final = "dashboards"

_SEASONAL: Final = (
    "issued_count",
    "net_minor + tax_minor",
    "credited_net_minor + credited_tax_minor",
    "collected_minor",
)

PeriodLength = Literal["month", "quarter", "year"]
Ranking = Literal["billed", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardTotals:
    """One currency of one issuing org node (None: the tenant or the platform itself). Amounts include tax.

    Issued, credited and collected are of the season asked for; outstanding and overdue of all seasons.
    """

    currency: str
    issuer_org_node_id: OrgNodeId | None
    issued_count: int
    issued_minor: int
    credited_minor: int
    collected_minor: int
    outstanding_minor: int
    overdue_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevenueRow:
    """One issuer's revenue in one currency in the period that begins with `period`, after credit notes."""

    period: date
    currency: str
    issuer_id: IssuerId
    invoices: int
    net_minor: int
    tax_minor: int
    credited_net_minor: int
    credited_tax_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopDebtor:
    """One debtor in a ranking. Amounts include tax; `billed_minor` is after credit notes."""

    debtor_id: DebtorId
    currency: str
    invoices: int
    billed_minor: int
    open_minor: int


@query(Capability.REPORTS_READ)
async def dashboard_totals(
    connection: ReadConnection,
    reader: Reader,
    *,
    as_of: date,
    season: str | None = None,
    issuer_id: IssuerId | None = None,
) -> tuple[DashboardTotals, ...]:
    """Everything to the end of `as_of`, by currency and issuing org node. `season` None asks for all seasons."""
    where = side_in_reach(Where(reader, _PROJECTION), reader).equal("issuer_id", issuer_id)
    source = up_to(flows, where, as_of)
    this = "(%b::text IS NULL OR season = %b)"
    sums = ", ".join(f"coalesce(sum({each}) FILTER (WHERE {this}), 0)::bigint" for each in _SEASONAL)
    found = await connection.execute(
        f"SELECT currency, issuer_node_id, {sums}, sum(open_minor)::bigint,"
        f" coalesce(sum(open_minor) FILTER (WHERE due_on < %b), 0)::bigint FROM {source.sql}"
        " GROUP BY 1, 2 ORDER BY 1, 2 LIMIT %b".encode(),
        [*[season] * 8, as_of, *source.parameters, MAX_TOTALS],
    )
    return tuple(_totals(*row) for row in await found.fetchall())


@query(Capability.REPORTS_READ)
async def revenue_by_period(
    connection: ReadConnection,
    reader: Reader,
    *,
    first_day: date,
    last_day: date,
    by: PeriodLength = "month",
    issuer_id: IssuerId | None = None,
) -> tuple[RevenueRow, ...]:
    """Revenue of whole months, those of `first_day` to `last_day`, by period, currency and issuer (S000-10)."""
    where = side_in_reach(Where(reader, _PROJECTION), reader).equal("issuer_id", issuer_id)
    where.add("span = 'month'").between("period", first_day.replace(day=1), last_day)
    measures = ("issued_count", "net_minor", "tax_minor", "credited_net_minor", "credited_tax_minor")
    sums = ", ".join(f"sum({each})::bigint" for each in measures)
    busy = " OR ".join(f"sum({each}) <> 0" for each in measures)
    found = await connection.execute(
        f"SELECT date_trunc(%b::text, period::timestamp)::date, currency, issuer_id, {sums} FROM {flows.table.name}"
        f" WHERE {where.sql} GROUP BY 1, 2, 3 HAVING {busy} ORDER BY 1, 2, 3 LIMIT %b".encode(),
        [by, *where.parameters, MAX_REVENUE_ROWS],
    )
    return tuple(_revenue(*row) for row in await found.fetchall())


@query(Capability.REPORTS_READ)
async def top_debtors(
    connection: ReadConnection, reader: Reader, *, currency: str, by: Ranking = "billed", first: int = 10
) -> tuple[TopDebtor, ...]:
    """The `first` debtors by what they were billed, or owe, in one currency."""
    measure = "billed_minor" if by == "billed" else "open_minor"
    where = Where(reader, _PROJECTION).equal("currency", currency)
    if reader.reach.nodes is None:
        columns, group = "debtor_id, invoices, billed_minor, open_minor", ""
        where.add("whole")
    else:
        columns = (
            "debtor_id, sum(invoices)::bigint AS invoices, sum(billed_minor)::bigint AS billed_minor,"
            " sum(open_minor)::bigint AS open_minor"
        )
        where.add("NOT whole").within_reach("issuer_org_node_id", "debtor_org_node_id")
        group = " GROUP BY debtor_id"
    found = await connection.execute(
        f"SELECT * FROM (SELECT {columns} FROM read_dashboards_debtors WHERE {where.sql}{group}) AS ranked"
        f" WHERE {measure} > 0 ORDER BY {measure} DESC, debtor_id DESC LIMIT %b".encode(),
        [*where.parameters, min(first, MAX_TOP)],
    )
    return tuple(
        TopDebtor(debtor_id=row[0], currency=currency, invoices=row[1], billed_minor=row[2], open_minor=row[3])
        for row in await found.fetchall()
    )


def _totals(currency: str, node: UUID, *sums: Any) -> DashboardTotals:
    issued_count, issued, credited, collected, outstanding, overdue = sums
    return DashboardTotals(
        currency=currency,
        issuer_org_node_id=None if node == NO_NODE else OrgNodeId(node),
        issued_count=issued_count,
        issued_minor=issued,
        credited_minor=credited,
        collected_minor=collected,
        outstanding_minor=outstanding,
        overdue_minor=overdue,
    )


def _revenue(period: date, currency: str, issuer_id: IssuerId, *sums: Any) -> RevenueRow:
    invoices, net, tax, credited_net, credited_tax = sums
    return RevenueRow(
        period=period,
        currency=currency,
        issuer_id=issuer_id,
        invoices=invoices,
        net_minor=net - credited_net,
        tax_minor=tax - credited_tax,
        credited_net_minor=credited_net,
        credited_tax_minor=credited_tax,
    )
