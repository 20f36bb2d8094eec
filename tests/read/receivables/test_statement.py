"""The statement of a debtor's account."""

import itertools
from datetime import date, timedelta

from backend.events.debtors import DebtorRevised
from backend.journal.keys import Keyring
from backend.read.compare import compare
from backend.read.receivables.projector import RECEIVABLES
from backend.read.receivables.statements import debtor_statement
from backend.runtime.database import Database
from backend.values.parties import Particulars
from tests.given.journal import Journal, chance
from tests.given.money_events import (
    STOCKHOLM,
    a_busy_year,
    a_credit_note,
    a_historical_invoice,
    a_node,
    a_payment,
    an_invoice,
    an_issuer,
)
from tests.given.parties import a_registration

YEAR = {"from_": date(2026, 1, 1), "to": date(2026, 12, 31)}


async def test_lines_run_from_the_opening_to_the_closing_balance(database: Database, keyring: Keyring) -> None:
    """S002-49: invoice, payment with money left over, credit note beyond what is open, and what was paid before."""
    journal, issuer, debtor = Journal(database, keyring), an_issuer(), a_registration(reference="STO-1")
    old = an_invoice(debtor, issuer, issued_on=date(2025, 12, 1), net_minor=400, tax_minor=100)
    new = an_invoice(debtor, issuer, issued_on=date(2026, 2, 1), net_minor=800, tax_minor=200)
    legacy = a_historical_invoice(
        debtor, issuer, issued_on=date(2026, 3, 1), due_on=date(2026, 3, 31), total_minor=90, open_minor=30
    )
    await journal.happened(debtor, old, new, legacy)
    parts = ((old, 500), (new, 300))
    await journal.happened(a_payment(*parts, on=date(2026, 2, 10), unallocated_minor=7))
    await journal.happened(a_credit_note(new, on=date(2026, 4, 1), net_minor=800, tax_minor=200, applied_minor=700))
    await journal.catch_up(RECEIVABLES)
    async with database.scope(journal.tenant_id) as connection:
        found = await debtor_statement(connection, journal.reader(), debtor.debtor_id, **YEAR)
    assert found is not None
    assert (found.reference, found.name) == ("STO-1", "Måns Östlund")
    (account,) = found.accounts
    assert [(line.kind, line.invoice_number, line.amount_minor, line.balance_minor) for line in account.lines] == [
        ("invoice", new.number, 1_000, 1_500),
        ("payment", old.number, -500, 1_000),
        ("payment", new.number, -300, 700),
        ("credit", "", -7, 693),
        ("historical_invoice", legacy.number, 90, 783),
        ("settled_before", legacy.number, -60, 723),
        ("credit_note", new.number, -1_000, -277),
    ]
    assert (account.currency, account.opening_minor, account.closing_minor) == ("SEK", 500, -277)
    # 7 that no invoice took, and 300 credited beyond what was open.
    assert account.credit_minor == 307


async def test_statements_of_consecutive_periods_join(database: Database, keyring: Keyring) -> None:
    """C33: each closing balance is the next opening balance, in every currency; the whole is the sum of the parts."""
    random, journal, debtor = chance(5), Journal(database, keyring), a_registration()
    story = a_busy_year(random, [debtor], [an_issuer()], invoices=50)
    await journal.happened(debtor, *story)
    await journal.catch_up(RECEIVABLES)
    cuts = [date(2024, 1, 1) + timedelta(days=150 * n) for n in range(12)]
    closing: dict[str, int] = {}
    lines = 0
    async with database.scope(journal.tenant_id) as connection:
        for first, beyond in itertools.pairwise(cuts):
            found = await debtor_statement(
                connection, journal.reader(), debtor.debtor_id, from_=first, to=beyond - timedelta(days=1)
            )
            assert found is not None
            for account in found.accounts:
                assert account.opening_minor == closing.get(account.currency, 0)
                assert account.closing_minor == account.opening_minor + sum(line.amount_minor for line in account.lines)
                closing[account.currency] = account.closing_minor
                lines += len(account.lines)
        whole = await debtor_statement(connection, journal.reader(), debtor.debtor_id, from_=cuts[0], to=cuts[-1])
    assert whole is not None
    assert {account.currency: account.closing_minor for account in whole.accounts} == closing
    assert sum(len(account.lines) for account in whole.accounts) == lines


async def test_who_may_see_it(database: Database, keyring: Keyring) -> None:
    """Design "org tree": the debtor's club sees the account, an issuer what it billed, others and strangers nothing."""
    journal, club, district, other = Journal(database, keyring), a_node(), a_node(), a_node()
    debtor = a_registration(node=club)
    await journal.happened(
        debtor,
        an_invoice(debtor, an_issuer(district), issued_on=date(2026, 2, 1)),
        an_invoice(debtor, an_issuer(), issued_on=date(2026, 2, 2)),
    )
    await journal.catch_up(RECEIVABLES)
    seen = []
    async with database.scope(journal.tenant_id) as connection:
        for node in (club, district, other):
            found = await debtor_statement(connection, journal.reader(node), debtor.debtor_id, **YEAR)
            seen.append(found and sum(len(account.lines) for account in found.accounts))
    stranger = Journal(database, keyring)
    async with database.scope(stranger.tenant_id) as connection:
        assert await debtor_statement(connection, stranger.reader(), debtor.debtor_id, **YEAR) is None
        assert await debtor_statement(connection, journal.reader(), debtor.debtor_id, **YEAR) is None
    assert seen == [2, 1, None]


async def test_an_erased_debtor_keeps_the_amounts_and_loses_the_name(database: Database, keyring: Keyring) -> None:
    """Design "personal data": the name is blanked, and a rebuild without the key writes the same."""
    journal, debtor, node = Journal(database, keyring), a_registration(name="Åsa"), a_node()
    await journal.happened(debtor, an_invoice(debtor, an_issuer(), issued_on=date(2026, 2, 1)))
    revised = DebtorRevised(
        debtor_id=debtor.debtor_id,
        org_node_id=node,
        language="sv",
        licence_type="junior",
        particulars=Particulars(name="Åsa Ek", address=STOCKHOLM),
    )
    await journal.happened(revised)
    await journal.catch_up(RECEIVABLES)
    async with database.scope(journal.tenant_id) as connection:
        before = await debtor_statement(connection, journal.reader(node), debtor.debtor_id, **YEAR)
    await journal.forget(debtor.debtor_id)
    await journal.catch_up(RECEIVABLES)
    async with database.scope(journal.tenant_id) as connection:
        after = await debtor_statement(connection, journal.reader(), debtor.debtor_id, **YEAR)
    assert before is not None
    assert before.name == "Åsa Ek"
    assert after is not None
    assert after.name == ""
    assert after.accounts[0].closing_minor == 12_500
    assert await compare(database, keyring, journal.tenant_id, projections=(RECEIVABLES,), inline=()) == []
