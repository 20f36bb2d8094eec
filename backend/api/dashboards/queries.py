"""Questions a treasurer asks first."""

from datetime import date

import strawberry

from backend.api.dashboards.types import (
    Dashboard,
    PeriodLength,
    Ranking,
    RevenueRow,
    TopDebtor,
    dashboard_totals_of,
    revenue_row_of,
    top_debtor_of,
)
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.problems import Fault, Malformed
from backend.api.receivables.queries import issuer
from backend.read.dashboards import queries


@output
class DashboardQueries:
    """Questions to the dashboards."""

    @resolved
    async def dashboard(
        self, info: Info, as_of: date | None = None, season: str | None = None, issuer_id: strawberry.ID | None = None
    ) -> Dashboard:
        """Issued, credited, collected, outstanding and overdue, by currency and issuing org node."""
        on = as_of or info.context.today()
        found = await info.context.ask(queries.dashboard_totals, as_of=on, season=season, issuer_id=issuer(issuer_id))
        return Dashboard(as_of=on, season=season, totals=[dashboard_totals_of(each) for each in found])

    @resolved
    async def revenue_by_period(
        self,
        info: Info,
        first_day: date,
        last_day: date,
        by: PeriodLength = PeriodLength.MONTH,
        issuer_id: strawberry.ID | None = None,
    ) -> list[RevenueRow]:
        """Revenue of whole months, those of `firstDay` to `lastDay`, by period, currency and issuer."""
        found = await info.context.ask(
            queries.revenue_by_period, first_day=first_day, last_day=last_day, by=by.value, issuer_id=issuer(issuer_id)
        )
        return [revenue_row_of(each) for each in found]

    @resolved
    async def top_debtors(
        self, info: Info, currency: str, by: Ranking = Ranking.BILLED, first: int = 10
    ) -> list[TopDebtor]:
        """The first debtors by what they were billed, or owe, in one currency."""
        if not 1 <= first <= queries.MAX_TOP:
            raise Malformed(Fault(detail=f"ask for 1 to {queries.MAX_TOP} debtors", path=("first",)))
        found = await info.context.ask(queries.top_debtors, currency=currency, by=by.value, first=first)
        return [top_debtor_of(each) for each in found]
