"""Totals, revenue and top debtors, to the öre equal to the sum over invoices, in random histories and batches."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import pytest

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.payments import PaymentRegistered
from backend.journal.keys import Keyring
from backend.read.compare import compare
from backend.read.dashboards.projector import DASHBOARDS
from backend.read.dashboards.queries import dashboard_totals, revenue_by_period, top_debtors
from backend.runtime.database import Database
from tests.given.journal import Journal, chance
from tests.given.money_events import a_busy_year, a_node, an_invoice, an_issuer
from tests.given.parties import a_registration

MEASURES = ("issued_count", "issued_minor", "credited_minor", "collected_minor", "outstanding_minor", "overdue_minor")


def changes(story: list[Any]) -> list[tuple[Any, date, Counter[str]]]:
    """What each event does, as (invoice, day, amounts): one by one."""
    invoices: dict[Any, Any] = {}
    result: list[tuple[Any, date, Counter[str]]] = []
    for e in story:
        match e:
            case InvoiceIssued():
                invoices[e.invoice_id] = e
                issued = Counter(
                    issued_count=1, issued_minor=e.total_minor, open=e.total_minor, net=e.net_minor, tax=e.tax_minor
                )
                result.append((e, e.issued_on, issued))
            case HistoricalInvoiceImported():
                invoices[e.invoice_id] = e
                result.append((e, e.issued_on, Counter(open=e.open_minor)))
            case PaymentRegistered():
                for part in e.allocations:
                    invoice = invoices[part.invoice.invoice_id]
                    result.append((invoice, e.received_on, Counter(collected_minor=part.amount_minor)))
                    effective = max(e.received_on, invoice.issued_on)
                    result.append((invoice, effective, Counter(open=-part.amount_minor)))
            case CreditNoteIssued():
                invoice = invoices[e.invoice.invoice_id]
                credit = Counter(credited_minor=e.total_minor, net=-e.net_minor, tax=-e.tax_minor)
                result.append((invoice, e.issued_on, credit))
                result.append((invoice, max(e.issued_on, invoice.issued_on), Counter(open=-e.applied_minor)))
    return result


def node_of(invoice: Any) -> Any:
    return invoice.issuer_org_node_id


def naive_totals(made: list[Any], as_of: date, season: str | None) -> dict[Any, Counter[str]]:
    result: defaultdict[Any, Counter[str]] = defaultdict(Counter)
    for invoice, on, amounts in made:
        if on > as_of:
            continue
        row = result[invoice.currency, node_of(invoice)]
        row["outstanding_minor"] += amounts["open"]
        row["overdue_minor"] += amounts["open"] if invoice.due_on < as_of else 0
        if season is None or getattr(invoice, "season", "") == season:
            row.update({each: amounts[each] for each in MEASURES[:4]})
    return result


@pytest.mark.parametrize("seed", range(3))
async def test_totals_equal_the_sum_over_invoices(database: Database, keyring: Keyring, seed: int) -> None:
    """S001-117, S002-49: at any date, by currency, org node and season, for every reach; incremental equals rebuilt."""
    random, journal = chance(seed), Journal(database, keyring)
    district, club, other = a_node(), a_node(), a_node()
    debtors = [a_registration(node=random.choice((district, club, other, None))) for _ in range(6)]
    story = a_busy_year(random, debtors, [an_issuer(district), an_issuer(other), an_issuer()], invoices=40)
    await journal.split_at_random(DASHBOARDS, [*debtors, *story], random)
    assert await compare(database, keyring, journal.tenant_id, projections=(DASHBOARDS,), inline=()) == []
    nodes = {debtor.debtor_id: debtor.org_node_id for debtor in debtors}
    for reach in ((), (district,), (district, club), (other,)):
        made = [
            (invoice, on, amounts)
            for invoice, on, amounts in changes(story)
            if not reach or node_of(invoice) in reach or nodes[invoice.debtor_id] in reach
        ]
        for season in (None, "2025", "2026") * 4:
            as_of = date(2025, 1, 1) + timedelta(days=random.randint(0, 900))
            async with database.scope(journal.tenant_id) as connection:
                rows = await dashboard_totals(connection, journal.reader(*reach), as_of=as_of, season=season)
            expected = naive_totals(made, as_of, season)
            found = {(r.currency, r.issuer_org_node_id): {m: getattr(r, m) for m in MEASURES} for r in rows}
            assert found == {key: {m: row[m] for m in MEASURES} for key, row in expected.items()}
        await _revenue_and_ranking(database, journal, reach, made)


async def _revenue_and_ranking(database: Database, journal: Journal, reach: tuple[Any, ...], made: list[Any]) -> None:
    """S000-10, S001-117: revenue by quarter, and the debtors billed most, against the same list of changes."""
    revenue: defaultdict[Any, Counter[str]] = defaultdict(Counter)
    ranking: defaultdict[Any, Counter[str]] = defaultdict(Counter)
    for invoice, on, amounts in made:
        if isinstance(invoice, InvoiceIssued):
            quarter = date(on.year, on.month - (on.month - 1) % 3, 1)
            revenue[quarter, invoice.currency, invoice.issuer.issuer_id].update(
                {each: amounts[each] for each in ("net", "tax", "issued_count")}
            )
        if invoice.currency == "SEK":
            ranking[invoice.debtor_id]["billed"] += amounts["issued_minor"] - amounts["credited_minor"]
            ranking[invoice.debtor_id]["open"] += amounts["open"]
    async with database.scope(journal.tenant_id) as connection:
        rows = await revenue_by_period(
            connection, journal.reader(*reach), first_day=date(2024, 1, 1), last_day=date(2029, 12, 31), by="quarter"
        )
        billed = await top_debtors(connection, journal.reader(*reach), currency="SEK", first=3)
        owing = await top_debtors(connection, journal.reader(*reach), currency="SEK", by="open", first=100)
    found = {(r.period, r.currency, r.issuer_id): (r.net_minor, r.tax_minor, r.invoices) for r in rows}
    expected = {key: (row["net"], row["tax"], row["issued_count"]) for key, row in revenue.items()}
    assert _busy(found) == _busy(expected)
    largest = sorted((row["billed"] for row in ranking.values() if row["billed"] > 0), reverse=True)
    assert [top.billed_minor for top in billed] == largest[:3]
    assert all(ranking[top.debtor_id]["billed"] == top.billed_minor for top in billed)
    assert {top.debtor_id: top.open_minor for top in owing} == {
        debtor_id: row["open"] for debtor_id, row in ranking.items() if row["open"] > 0
    }


def _busy(rows: dict[Any, tuple[int, ...]]) -> dict[Any, tuple[int, ...]]:
    return {key: row for key, row in rows.items() if any(row)}


async def test_another_tenant_sees_nothing(database: Database, keyring: Keyring) -> None:
    """Design "tenants as walls": a neighbour's totals, revenue and ranking know nothing of this tenant."""
    journal, stranger, debtor = Journal(database, keyring), Journal(database, keyring), a_registration()
    await journal.happened(debtor, an_invoice(debtor, an_issuer(), issued_on=date(2026, 2, 1)))
    await journal.catch_up(DASHBOARDS)
    await stranger.happened(a_registration())
    await stranger.catch_up(DASHBOARDS)
    year = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
    async with database.scope(stranger.tenant_id) as connection:
        for reader in (stranger.reader(), journal.reader()):
            assert await dashboard_totals(connection, reader, as_of=date(2026, 12, 31)) == ()
            assert await revenue_by_period(connection, reader, **year) == ()
            assert await top_debtors(connection, reader, currency="SEK") == ()
