"""Figures for treasurers: aging as of any date, debts, revenue, top debtors, statements, the dashboard."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from backend.api.dashboards import DashboardTotals, RevenueRow, TopDebtor
from backend.api.receivables import Debt
from backend.api.rest.endpoint import Answer, Call, File, needs
from backend.api.rest.exports import AgingExportQuery, export_aging
from backend.api.rest.reading import Query
from backend.api.rest.shapes import CurrencyCode, Money, Page, PageQuery, money, paged
from backend.api.shown import Shown
from backend.read.dashboards.queries import (
    MAX_TOP,
    PeriodLength,
    Ranking,
    dashboard_totals,
    revenue_by_period,
    top_debtors,
)
from backend.read.receivables.answers import AgingRow
from backend.read.receivables.queries import aging_report, debts
from backend.rules.aging import COLUMNS, Bucket
from backend.values.identifiers import IssuerId


@dataclass(frozen=True, slots=True, kw_only=True)
class AgingColumn:
    """One column of the report. `bucket` is `not_due`, or the days since the due date: `0-30` and so on."""

    bucket: Bucket
    amount: Money
    invoices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgingCurrency:
    """What is open in one currency."""

    currency: str
    columns: tuple[AgingColumn, ...]
    total: Money
    overdue: Money
    invoices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aging:
    """What was open at the end of `as_of`, one row per currency."""

    as_of: date
    rows: tuple[AgingCurrency, ...]


class AgingQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`as_of` is today unless said otherwise; `format` `excel` is CSV as a Swedish Excel opens it."""

    as_of: date | None = None
    issuer_id: IssuerId | None = None
    format: Literal["json", "csv", "excel"] = "json"


class DebtsQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of whom, and at the end of which day."""

    as_of: date | None = None
    issuer_id: IssuerId | None = None
    currency: CurrencyCode | None = None
    only_overdue: bool = False


class RevenueQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole months of `from_day` to `to_day`."""

    from_day: date
    to_day: date
    by: PeriodLength = "month"
    issuer_id: IssuerId | None = None


class TopDebtorsQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first so many in one currency."""

    currency: CurrencyCode
    by: Ranking = "billed"
    first: Annotated[int, Meta(ge=1, le=MAX_TOP)] = 10


class DashboardQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Issued, credited and collected are of `season`; outstanding and overdue of all seasons."""

    as_of: date | None = None
    season: Annotated[str, Meta(max_length=20)] | None = None
    issuer_id: IssuerId | None = None


@needs(aging_report)
async def aging(call: Call, query: AgingQuery) -> Aging | File:
    """Receivables by age as of any date, in JSON or as a file.

    The file is that of `/reports/aging/export`, which knows more formats.
    """
    as_of = query.as_of or call.today()
    if query.format == "json":
        report = await call.ask(aging_report, as_of=as_of, issuer_id=query.issuer_id)
        return Aging(as_of=report.as_of, rows=tuple(_aging_currency(row) for row in report.rows))
    # As it was before there were exports of every list.
    asked = AgingExportQuery(as_of=as_of, issuer_id=query.issuer_id, format=query.format, language="sv")
    return await export_aging(call, asked)


@needs(debts)
async def list_debts(call: Call, query: DebtsQuery) -> Answer[Page[Shown[Debt]]]:
    """Who owes what, the largest amount first."""
    found = await call.ask(
        debts,
        as_of=query.as_of or call.today(),
        issuer_id=query.issuer_id,
        currency=query.currency,
        only_overdue=query.only_overdue,
        page=query.page,
    )
    return paged(call, found, Debt.shown)


@needs(revenue_by_period)
async def revenue(call: Call, query: RevenueQuery) -> tuple[Shown[RevenueRow], ...]:
    """Revenue by month, quarter or year, issuer and currency."""
    found = await call.ask(
        revenue_by_period, first_day=query.from_day, last_day=query.to_day, by=query.by, issuer_id=query.issuer_id
    )
    return tuple(RevenueRow.shown(row) for row in found)


@needs(top_debtors)
async def rank_debtors(call: Call, query: TopDebtorsQuery) -> tuple[Shown[TopDebtor], ...]:
    """The debtors who were billed most, or owe most."""
    found = await call.ask(top_debtors, currency=query.currency, by=query.by, first=query.first)
    return tuple(TopDebtor.shown(row) for row in found)


@needs(dashboard_totals)
async def dashboard(call: Call, query: DashboardQuery) -> tuple[Shown[DashboardTotals], ...]:
    """The treasurer's totals, to the öre, by currency and issuing org node."""
    as_of = query.as_of or call.today()
    found = await call.ask(dashboard_totals, as_of=as_of, season=query.season, issuer_id=query.issuer_id)
    return tuple(DashboardTotals.shown(row) for row in found)


def _aging_currency(row: AgingRow) -> AgingCurrency:
    return AgingCurrency(
        currency=row.currency,
        total=money(row.open_minor, row.currency),
        overdue=money(row.overdue_minor, row.currency),
        invoices=row.open_invoices,
        columns=tuple(
            AgingColumn(bucket=bucket, amount=money(minor, row.currency), invoices=invoices)
            for bucket, minor, invoices in zip(COLUMNS, row.minor, row.invoices, strict=True)
        ),
    )
