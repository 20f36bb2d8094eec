"""Aging at any date against a naive recomputation, in random histories cut into random batches."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.payments import PaymentRegistered
from backend.journal.keys import Keyring
from backend.read.compare import compare
from backend.read.paging import PageRequest
from backend.read.receivables.projector import RECEIVABLES
from backend.read.receivables.queries import aging_by_debtor, aging_report, debts, every_debt
from backend.rules.aging import COLUMNS
from backend.runtime.database import Database
from backend.tenants.actor import Reader
from backend.values.identifiers import TenantId
from tests.given.aging import bucket_of
from tests.given.journal import Journal, chance
from tests.given.money_events import a_busy_year, a_node, a_payment, an_invoice, an_issuer
from tests.given.parties import a_registration

JAN_1, DAYS = date(2025, 1, 1), 900


Rows = dict[tuple[Any, str], Counter[str]]


def naive(story: list[Any], as_of: date, visible: Any = lambda invoice: True) -> Rows:
    """Open amounts by (debtor, currency) and column, and `n:column` for the number of invoices: one by one."""
    invoices: dict[Any, Any] = {}
    changes: dict[Any, list[tuple[date, int]]] = {}
    for event in story:
        match event:
            case InvoiceIssued():
                invoices[event.invoice_id] = event
                changes[event.invoice_id] = [(event.issued_on, event.total_minor)]
            case HistoricalInvoiceImported():
                invoices[event.invoice_id] = event
                changes[event.invoice_id] = [(event.issued_on, event.open_minor)]
            case PaymentRegistered():
                for part in event.allocations:
                    changes[part.invoice.invoice_id].append((event.received_on, -part.amount_minor))
            case CreditNoteIssued():
                changes[event.invoice.invoice_id].append((event.issued_on, -event.applied_minor))
    result: Rows = {}
    for invoice_id, invoice in invoices.items():
        if invoice.issued_on > as_of or not visible(invoice):
            continue
        minor = sum(delta for on, delta in changes[invoice_id] if max(on, invoice.issued_on) <= as_of)
        if minor:
            bucket = bucket_of(invoice.due_on, as_of)
            row = result.setdefault((invoice.debtor_id, invoice.currency), Counter())
            row[bucket] += minor
            row[f"n:{bucket}"] += 1
    return result


def by_currency(rows: Rows) -> dict[str, Counter[str]]:
    result: dict[str, Counter[str]] = {}
    for (_, currency), row in rows.items():
        result.setdefault(currency, Counter()).update(row)
    return result


def told(row: Any) -> Counter[str]:
    """A row of an answer, in the naive form."""
    amounts = dict(zip(COLUMNS, row.minor, strict=True)) | {
        f"n:{name}": n for name, n in zip(COLUMNS, row.invoices, strict=True)
    }
    return Counter({name: value for name, value in amounts.items() if value})


@pytest.mark.parametrize("seed", range(3))
async def test_aging_equals_the_sum_over_invoices_at_any_date(database: Database, keyring: Keyring, seed: int) -> None:
    """S000-9, S000-34, C33: at random dates, by currency, bucket and debtor; incremental equals rebuilt."""
    random, journal = chance(seed), Journal(database, keyring)
    stockholm, club, elsewhere = a_node(), a_node(), a_node()
    debtors = [a_registration(node=random.choice((stockholm, club, elsewhere, None))) for _ in range(6)]
    issuers = [an_issuer(stockholm), an_issuer(elsewhere), an_issuer()]
    story = a_busy_year(random, debtors, issuers, invoices=40)
    await journal.split_at_random(RECEIVABLES, [*debtors, *story], random)

    assert await compare(database, keyring, journal.tenant_id, projections=(RECEIVABLES,), inline=()) == []
    nodes = {debtor.debtor_id: debtor.org_node_id for debtor in debtors}
    for reach in ((), (stockholm,), (stockholm, club), (elsewhere,)):
        reader = journal.reader(*reach)

        def visible(invoice: Any, reach: Any = reach) -> bool:
            issuer_node = invoice.issuer_org_node_id
            return not reach or issuer_node in reach or nodes[invoice.debtor_id] in reach

        for _ in range(12):
            as_of = JAN_1 + timedelta(days=random.randint(-10, DAYS))
            expected = naive(story, as_of, visible)
            async with database.scope(journal.tenant_id) as connection:
                report = await aging_report(connection, reader, as_of=as_of)
                pages = await every_page(connection, reader, as_of)
            assert {row.currency: told(row) for row in report.rows} == by_currency(expected)
            assert {(d.debtor_id, row.currency): told(row) for d in pages for row in d.rows} == expected
            assert [d.reference for d in pages] == sorted(d.reference for d in pages)


async def every_page(connection: Any, reader: Reader, as_of: date) -> list[Any]:
    items: list[Any] = []
    page = PageRequest(first=2)
    while True:
        found = await aging_by_debtor(connection, reader, as_of=as_of, page=page)
        items += found.items
        if not found.has_next:
            return items
        page = PageRequest(first=2, after=found.end_cursor)


@pytest.mark.parametrize("seed", range(3))
async def test_debts_come_largest_first_at_any_date(database: Database, keyring: Keyring, seed: int) -> None:
    """S002-46: open and overdue by debtor, sorted by amount, whole list and page by page."""
    random, journal = chance(100 + seed), Journal(database, keyring)
    node = a_node()
    debtors = [a_registration(node=node) for _ in range(9)]
    story = a_busy_year(random, debtors, [an_issuer(node), an_issuer()], invoices=60)
    await journal.happened(*debtors, *story)
    await journal.catch_up(RECEIVABLES)
    for as_of in (date(2025, 9, 1), date(2026, 6, 1), date(2030, 1, 1)):
        for reader in (journal.reader(), journal.reader(node)):
            async with database.scope(journal.tenant_id) as connection:
                found = await debts(connection, reader, as_of=as_of, page=PageRequest(first=100))
                first = await debts(connection, reader, as_of=as_of, page=PageRequest(first=3))
                beyond = PageRequest(first=100, after=first.end_cursor)
                second = await debts(connection, reader, as_of=as_of, page=beyond)
                overdue = await debts(connection, reader, as_of=as_of, only_overdue=True)
            assert {(d.debtor_id, d.currency): d.open_minor for d in found.items} == {
                key: sum(row[c] for c in COLUMNS) for key, row in naive(story, as_of).items()
            }
            assert [d.open_minor for d in found.items] == sorted((d.open_minor for d in found.items), reverse=True)
            assert (*first.items, *second.items) == found.items
            assert overdue.items == tuple(d for d in found.items if d.overdue_minor)


async def test_buckets_have_the_bounds_of_the_rule(database: Database, keyring: Keyring) -> None:
    """S000-34: not due, then day 0 and 30, 31 and 60, 61 and 90, 91; overdue begins with day 1."""
    journal, issuer, debtor, as_of = Journal(database, keyring), an_issuer(), a_registration(), date(2026, 11, 20)
    await journal.happened(debtor)
    for index, days in enumerate((-1, 0, 30, 31, 60, 61, 90, 91)):
        due = as_of - timedelta(days=days)
        await journal.happened(
            an_invoice(debtor, issuer, issued_on=due - timedelta(days=5), due_on=due, net_minor=10**index, tax_minor=0)
        )
    await journal.catch_up(RECEIVABLES)
    async with database.scope(journal.tenant_id) as connection:
        (row,) = (await aging_report(connection, journal.reader(), as_of=as_of)).rows
    assert row.minor == (1, 110, 11_000, 1_100_000, 10_000_000)
    assert row.invoices == (1, 2, 2, 2, 1)
    assert row.overdue_minor == 11_111_100
    assert row.in_bucket("90+") == 10_000_000


async def test_the_ends_of_the_calendar(database: Database, keyring: Keyring) -> None:
    """Limits: the first and the last day there are have an answer too."""
    journal, debtor = Journal(database, keyring), a_registration()
    await journal.happened(debtor, an_invoice(debtor, an_issuer(), issued_on=date(2026, 1, 10)))
    await journal.catch_up(RECEIVABLES)
    async with database.scope(journal.tenant_id) as connection:
        assert (await aging_report(connection, journal.reader(), as_of=date.min)).rows == ()
        (row,) = (await aging_report(connection, journal.reader(), as_of=date.max)).rows
        assert row.in_bucket("90+") == 12_500
        (debt,) = (await debts(connection, journal.reader(), as_of=date.max)).items
        assert debt.open_minor == 12_500


async def test_a_payment_recorded_late_settles_on_its_own_day(database: Database, keyring: Keyring) -> None:
    """X12: the count of open invoices follows the days on which things take effect, not the order of recording."""
    journal, issuer, debtor = Journal(database, keyring), an_issuer(), a_registration()
    invoice = an_invoice(debtor, issuer, issued_on=date(2026, 1, 10), net_minor=80, tax_minor=20)
    await journal.happened(debtor, invoice)
    await journal.happened(a_payment((invoice, 60), on=date(2026, 3, 20)))
    await journal.catch_up(RECEIVABLES)
    await journal.happened(a_payment((invoice, 40), on=date(2026, 3, 5)))
    await journal.catch_up(RECEIVABLES)
    open_on = {}
    for day in (9, 10), (64, 60), (78, 60), (79, 0):
        as_of = date(2026, 1, 1) + timedelta(days=day[0] - 1)
        async with database.scope(journal.tenant_id) as connection:
            report = await aging_report(connection, journal.reader(), as_of=as_of)
        open_on[as_of] = [(row.open_minor, row.open_invoices) for row in report.rows]
    assert list(open_on.values()) == [[], [(60, 1)], [(60, 1)], []]


async def test_another_tenant_sees_nothing(database: Database, keyring: Keyring) -> None:
    """S002-19, design choice "tenants as walls": the same questions from a neighbour are answered with nothing."""
    journal, issuer, debtor = Journal(database, keyring), an_issuer(), a_registration()
    await journal.happened(debtor, an_invoice(debtor, issuer, issued_on=date(2026, 1, 10)))
    await journal.catch_up(RECEIVABLES)
    stranger, as_of = Journal(database, keyring), date(2026, 11, 20)
    await stranger.happened(a_registration())
    await stranger.catch_up(RECEIVABLES)
    for reader in (stranger.reader(), journal.reader(), Reader(tenant_id=TenantId(uuid4()))):
        async with database.scope(stranger.tenant_id) as connection:
            assert (await aging_report(connection, reader, as_of=as_of)).rows == ()
            assert (await aging_by_debtor(connection, reader, as_of=as_of)).items == ()
            assert (await debts(connection, reader, as_of=as_of)).items == ()
            assert (await every_debt(connection, reader, as_of=as_of)).items == ()
