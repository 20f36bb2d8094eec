"""The books: postings, balances at any date and VAT against a naive recomputation, in random batches."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import InvoiceIssued
from backend.journal.keys import Keyring
from backend.read.compare import compare
from backend.read.ledger.projector import LEDGER
from backend.read.ledger.queries import account_statement, postings, trial_balance, vat_summary
from backend.read.paging import PageRequest
from backend.runtime.database import Database
from tests.given.journal import Journal, chance
from tests.given.money_events import a_busy_year, a_node, a_payment, an_invoice, an_issuer
from tests.given.money_events import booked as entry_for
from tests.given.parties import a_registration


async def booked(journal: Journal, events: Sequence[Any], random: Random) -> None:
    rest = list(events)
    while rest:
        size = random.randint(1, 12)
        await journal.happened(*rest[:size], entries=[entry_for(e) for e in rest[:size]])
        rest = rest[size:]
        if random.random() < 0.5:
            await journal.catch_up(LEDGER)
    await journal.catch_up(LEDGER)


@pytest.mark.parametrize("seed", range(3))
async def test_the_books_balance_at_any_date(database: Database, keyring: Keyring, seed: int) -> None:
    """S001-25: the trial balance is the sum of all entries, debits equal credits; incremental equals rebuilt."""
    random, journal = chance(seed), Journal(database, keyring)
    district = a_node()
    debtors = [a_registration() for _ in range(4)]
    story = a_busy_year(random, debtors, [an_issuer(district), an_issuer()], invoices=40)
    await booked(journal, [*debtors, *story], random)
    assert await compare(database, keyring, journal.tenant_id, projections=(LEDGER,), inline=()) == []
    of_district = [e for e in story if e.issuer_org_node_id == district]
    for mine, reader in ((story, journal.reader()), (of_district, journal.reader(district))):
        entries = [entry for entry in map(entry_for, mine) if entry is not None]
        for _ in range(8):
            on = date(2025, 1, 1) + timedelta(days=random.randint(0, 900))
            expected: defaultdict[Any, Counter[str]] = defaultdict(Counter)
            for entry in entries:
                for p in entry.postings if entry.on <= on else ():
                    side = "debit" if p.amount_minor > 0 else "credit"
                    expected[entry.currency, p.account][side] += abs(p.amount_minor)
            async with database.scope(journal.tenant_id) as connection:
                rows = await trial_balance(connection, reader, on=on)
                bank = await account_statement(
                    connection, reader, account="1930", currency="SEK", from_=on - timedelta(days=60), to=on
                )
            found = {(r.currency, r.account): Counter(debit=r.debit_minor, credit=r.credit_minor) for r in rows}
            assert found == expected
            assert all(sum(r.balance_minor for r in rows if r.currency == c) == 0 for c in ("SEK", "EUR"))
            assert bank.closing_minor == expected["SEK", "1930"]["debit"] - expected["SEK", "1930"]["credit"]
            assert bank.opening_minor + sum(line.posting.amount_minor for line in bank.lines) == bank.closing_minor
        await _vat_agrees(database, journal, reader, mine)


async def _vat_agrees(database: Database, journal: Journal, reader: Any, story: list[Any]) -> None:
    """S000-27, S003-34: base and tax per rate and quarter, credit notes taken off in their own quarter."""
    expected: defaultdict[Any, Counter[str]] = defaultdict(Counter)
    for e in story:
        if isinstance(e, InvoiceIssued | CreditNoteIssued):
            sign = 1 if isinstance(e, InvoiceIssued) else -1
            quarter = date(e.issued_on.year, e.issued_on.month - (e.issued_on.month - 1) % 3, 1)
            for group in e.tax_groups:
                expected[quarter, e.currency, group.percent].update(
                    base=sign * group.base_minor, tax=sign * group.tax_minor, documents=1
                )
    year = {"first_day": date(2024, 1, 1), "last_day": date(2029, 12, 31)}
    async with database.scope(journal.tenant_id) as connection:
        rows = await vat_summary(connection, reader, **year, by="quarter")
    found: defaultdict[Any, Counter[str]] = defaultdict(Counter)
    for r in rows:
        found[r.period, r.currency, r.percent].update(base=r.base_minor, tax=r.tax_minor, documents=r.documents)
    assert found == expected


async def test_postings_page_by_page(database: Database, keyring: Keyring) -> None:
    """Conventions E.1: in the order of the journal, filtered by account and day."""
    journal, debtor, issuer = Journal(database, keyring), a_registration(), an_issuer()
    events: list[Any] = [
        an_invoice(debtor, issuer, issued_on=date(2026, 1, day), net_minor=100 * day) for day in range(1, 6)
    ]
    events.append(a_payment((events[0], 125), on=date(2026, 1, 20)))
    await booked(journal, events, chance(1))
    async with database.scope(journal.tenant_id) as connection:
        whole = await postings(connection, journal.reader(), page=PageRequest(first=50))
        first = await postings(connection, journal.reader(), page=PageRequest(first=4))
        rest = await postings(connection, journal.reader(), page=PageRequest(first=50, after=first.end_cursor))
        owed = await postings(connection, journal.reader(), account="1510", first_day=date(2026, 1, 5))
    assert (*first.items, *rest.items) == whole.items
    assert len(whole.items) == 17
    assert [(p.amount_minor, p.event_type, p.document) for p in owed.items] == [
        (625, "invoice-issued", events[4].number),
        (-125, "payment-registered", "bankgiro"),
    ]
    assert {p.issuer_id for p in whole.items} == {issuer.issuer_id}


async def test_money_is_in_the_books_of_whoever_it_reached(database: Database, keyring: Keyring) -> None:
    """The bank account is the issuer's: also of money that no invoice took."""
    journal, debtor, here, there = Journal(database, keyring), a_registration(), a_node(), a_node()
    one = an_invoice(debtor, an_issuer(here), issued_on=date(2026, 1, 1), net_minor=80)
    two = an_invoice(debtor, an_issuer(there), issued_on=date(2026, 1, 1), net_minor=80)
    paid = a_payment((one, 100), on=date(2026, 2, 1))
    too_much = a_payment((one, 0), on=date(2026, 2, 2), unallocated_minor=7)
    await booked(journal, [debtor, one, two, paid, too_much], chance(1))
    async with database.scope(journal.tenant_id) as connection:
        seen = [
            len((await postings(connection, journal.reader(*nodes))).items)
            for nodes in ((here,), (there,), (here, there), ())
        ]
    assert seen == [7, 3, 10, 10]


async def test_another_tenant_sees_nothing(database: Database, keyring: Keyring) -> None:
    """Design "tenants as walls"."""
    journal, stranger, debtor = Journal(database, keyring), Journal(database, keyring), a_registration()
    await booked(journal, [debtor, an_invoice(debtor, an_issuer(), issued_on=date(2026, 1, 1))], chance(1))
    await stranger.happened(a_registration())
    await stranger.catch_up(LEDGER)
    year = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
    async with database.scope(stranger.tenant_id) as connection:
        for reader in (stranger.reader(), journal.reader()):
            assert (await postings(connection, reader)).items == ()
            assert await trial_balance(connection, reader, on=date(2026, 12, 31)) == ()
            assert await vat_summary(connection, reader, **year) == ()
            statement = await account_statement(
                connection, reader, account="1510", currency="SEK", from_=date(2026, 1, 1), to=date(2026, 12, 31)
            )
            assert (statement.lines, statement.opening_minor, statement.closing_minor) == ((), 0, 0)
