"""Totals, revenue and rankings, as clients see them."""

from datetime import date
from enum import Enum

import strawberry

from backend.api.graphql.documented import output, words
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.read.dashboards import queries as answers


@words
class PeriodLength(Enum):
    """How long a period of a report is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@words
class Ranking(Enum):
    """What debtors are ranked by: what they were billed, or what they owe."""

    BILLED = "billed"
    OPEN = "open"


@output
class DashboardTotals:
    """One currency of one issuing org node (null: the tenant or the platform itself). Amounts include tax.

    Issued, credited and collected are of the season asked for; outstanding and overdue of all seasons.
    """

    currency: str
    issuer_org_node_id: strawberry.ID | None
    issued_count: int
    issued: Money
    credited: Money
    collected: Money
    outstanding: Money
    overdue: Money


@output
class Dashboard:
    """Everything to the end of `asOf`."""

    as_of: date
    season: str | None
    totals: list[DashboardTotals]


@output
class RevenueRow:
    """One issuer's revenue in one currency in the period that begins with `period`, after credit notes."""

    period: date
    issuer_id: strawberry.ID
    invoices: int
    net: Money
    tax: Money
    credited_net: Money
    credited_tax: Money


@output
class TopDebtor:
    """One debtor of a ranking. Amounts include tax; billed is after credit notes."""

    debtor_id: strawberry.ID
    invoices: int
    billed: Money
    open: Money


def dashboard_totals_of(found: answers.DashboardTotals) -> DashboardTotals:
    node, currency = found.issuer_org_node_id, found.currency
    return DashboardTotals(
        currency=currency,
        issuer_org_node_id=encoded("OrgNode", node) if node else None,
        issued_count=found.issued_count,
        issued=money(found.issued_minor, currency),
        credited=money(found.credited_minor, currency),
        collected=money(found.collected_minor, currency),
        outstanding=money(found.outstanding_minor, currency),
        overdue=money(found.overdue_minor, currency),
    )


def revenue_row_of(found: answers.RevenueRow) -> RevenueRow:
    currency = found.currency
    return RevenueRow(
        period=found.period,
        issuer_id=encoded("Issuer", found.issuer_id),
        invoices=found.invoices,
        net=money(found.net_minor, currency),
        tax=money(found.tax_minor, currency),
        credited_net=money(found.credited_net_minor, currency),
        credited_tax=money(found.credited_tax_minor, currency),
    )


def top_debtor_of(found: answers.TopDebtor) -> TopDebtor:
    return TopDebtor(
        debtor_id=encoded("Debtor", found.debtor_id),
        invoices=found.invoices,
        billed=money(found.billed_minor, found.currency),
        open=money(found.open_minor, found.currency),
    )
