"""Dashboards: totals of a season, revenue by period, top debtors."""

from datetime import date

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.sizes import listed
from backend.api.mirror import Mirror
from backend.api.problems import Fault, Malformed
from backend.read.dashboards import queries
from backend.read.dashboards.queries import PeriodLength, Ranking
from backend.values.identifiers import IssuerId


class DashboardTotals(Mirror[queries.DashboardTotals], shown="Totals", rest={"issued_count": "invoices"}):
    """One currency of one issuing org node (null: the tenant or the platform itself). Amounts include tax.

    Issued, credited and collected are of the season asked for; outstanding and overdue of all seasons.
    """

    currency: str


@output
class Dashboard:
    """Everything to the end of `asOf`."""

    as_of: date
    season: str | None
    totals: list[DashboardTotals] = listed(20, queries.MAX_TOTALS)


class RevenueRow(
    Mirror[queries.RevenueRow],
    shown="Revenue",
    only_rest=("currency",),
    rest={"credited_net": "credited_subtotal", "credited_tax": "credited_tax_total"},
):
    """One issuer's revenue in one currency in the period that begins with `period`, after credit notes."""


class TopDebtor(Mirror[queries.TopDebtor], shown="RankedDebtor"):
    """One debtor of a ranking. Amounts include tax; billed is after credit notes."""


@output
class DashboardQueries:
    """Questions to the dashboards."""

    @resolved
    async def dashboard(
        self, info: Info, as_of: date | None = None, season: str | None = None, issuer_id: IssuerId | None = None
    ) -> Dashboard:
        """Issued, credited, collected, outstanding and overdue, by currency and issuing org node."""
        on = as_of or info.context.today()
        found = await info.context.ask(queries.dashboard_totals, as_of=on, season=season, issuer_id=issuer_id)
        return Dashboard(as_of=on, season=season, totals=[DashboardTotals.of(each) for each in found])

    @resolved(size=(50, queries.MAX_REVENUE_ROWS))
    async def revenue_by_period(
        self, info: Info, first_day: date, last_day: date, by: PeriodLength = "month", issuer_id: IssuerId | None = None
    ) -> list[RevenueRow]:
        """Revenue of whole months, those of `firstDay` to `lastDay`, by period, currency and issuer."""
        found = await info.context.ask(
            queries.revenue_by_period, first_day=first_day, last_day=last_day, by=by, issuer_id=issuer_id
        )
        return [RevenueRow.of(each) for each in found]

    @resolved(size=(10, queries.MAX_TOP))
    async def top_debtors(self, info: Info, currency: str, by: Ranking = "billed", first: int = 10) -> list[TopDebtor]:
        """The first debtors by what they were billed, or owe, in one currency."""
        if not 1 <= first <= queries.MAX_TOP:
            raise Malformed(Fault(detail=f"ask for 1 to {queries.MAX_TOP} debtors", path=("first",)))
        found = await info.context.ask(queries.top_debtors, currency=currency, by=by, first=first)
        return [TopDebtor.of(each) for each in found]
