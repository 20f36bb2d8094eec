"""Issuers with seasons and accounts, templates and their default, the numbering report, tax rates in force."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from backend.events.invoices import InvoiceCancelled
from backend.events.issuers import (
    AutoDeliverySet,
    DefaultTemplateChosen,
    IssuerIdentityChanged,
    IssuerRegistered,
    NumberSeriesConfigured,
    PaymentAccountSet,
    SeasonDefined,
    TemplateDefined,
)
from backend.events.tax import TaxRatesAdopted
from backend.journal.keys import Keyring
from backend.read.compare import compare
from backend.read.issuers.projector import ISSUERS
from backend.read.issuers.queries import issuer_detail, issuer_list, numbering_report, tax_rates_in_force, template_list
from backend.runtime.database import Database
from backend.values.dates import Season
from backend.values.identifiers import IssuerId, OrgNodeId, TemplateId
from backend.values.parties import Identity, PaymentAccount
from backend.values.tax import TaxRate
from tests.given.journal import Journal, chance
from tests.given.money_events import STOCKHOLM, TENANT, AnIssuer, a_credit_note, a_node, an_invoice
from tests.given.parties import a_registration

SEASON = Season(code="2026", first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))


def registered(name: str = "Stockholms Bouledistrikt", node: OrgNodeId | None = None) -> IssuerRegistered:
    return IssuerRegistered(
        issuer_id=IssuerId(uuid4()),
        issuer_type="org_node" if node else "tenant",
        issuer_tenant_id=TENANT,
        issuer_org_node_id=node,
        identity=Identity(name=name, address=STOCKHOLM),
        jurisdiction="SE",
        currency="SEK",
        accounting_currency="SEK",
        time_zone="Europe/Stockholm",
        language="sv",
        terms_days=30,
        exempt_sport=False,
    )


def a_template(name: str, issuer_id: IssuerId | None = None, revision: int = 1) -> TemplateDefined:
    return TemplateDefined(
        template_id=TemplateId(uuid4()),
        issuer_id=issuer_id,
        name=name,
        revision=revision,
        primary_colour="#123456",
        secondary_colour="#ffffff",
        logo="",
        logo_media_type="",
        header={"sv": "Hej"},
        footer={},
        payment_instructions={},
        tax_category="standard",
        terms_days=None,
    )


def a_rate(percent: str, valid_from: date, category: Any = "standard") -> TaxRate:
    return TaxRate(
        code=f"SE-{percent}",
        jurisdiction="SE",
        category=category,
        percent=Decimal(percent),
        en16931="S",
        valid_from=valid_from,
        source="ML",
    )


async def test_an_issuer_is_what_happened_to_it(database: Database, keyring: Keyring) -> None:
    """S002-19, S003-1: the newest identity, account, series and seasons; incremental equals rebuilt."""
    for seed in range(3):
        journal, issuer = Journal(database, keyring), registered()
        identity = Identity(name="Stockholms Boule", address=STOCKHOLM, vat_number="SE556677889901")
        account = PaymentAccount(account_id="bg", holder="Stockholms Boule", bankgiro="123-4567", reference="ocr")
        next_season = Season(code="2027", first_day=date(2027, 1, 1), last_day=date(2027, 12, 31))
        mine = issuer.issuer_id
        story = [
            issuer,
            SeasonDefined(issuer_id=mine, season=next_season),
            SeasonDefined(issuer_id=mine, season=SEASON),
            AutoDeliverySet(issuer_id=mine, enabled=False),
            IssuerIdentityChanged(issuer_id=mine, identity=identity),
            PaymentAccountSet(issuer_id=mine, account=account),
            registered("Göteborgs Boule", a_node()),
            NumberSeriesConfigured(issuer_id=mine, prefix="STO", width=4, first_number=1000),
        ]
        await journal.split_at_random(ISSUERS, story, chance(seed))
        async with database.scope(journal.tenant_id) as connection:
            found = await issuer_list(connection, journal.reader())
            same = await issuer_detail(connection, journal.reader(), mine)
        assert [row.identity.name for row in found] == ["Göteborgs Boule", "Stockholms Boule"]
        assert found[1] == same
        assert same is not None
        assert (same.identity, same.account, same.auto_delivery) == (identity, account, False)
        assert same.seasons == (SEASON, next_season)
        assert same.pattern.format("2026", 1000) == "STO-2026-1000"
        assert found[0].pattern.format("2026", 1) == "FAKTURA-2026-000001"
        assert found[0].account is None
        assert await compare(database, keyring, journal.tenant_id, projections=(ISSUERS,), inline=()) == []


async def test_exactly_one_template_is_the_default(database: Database, keyring: Keyring) -> None:
    """S002-17: the first one, until another is chosen; a revision replaces what it revises."""
    for seed in range(3):
        journal, first, second = Journal(database, keyring), a_template("plain"), a_template("festive")
        revised = replace(first, name="plain and simple", revision=2)
        story = [first, second, DefaultTemplateChosen(template_id=second.template_id), revised]
        for index, expected in ((2, first), (4, second)):
            await journal.split_at_random(ISSUERS, story[index - 2 : index], chance(seed))
            async with database.scope(journal.tenant_id) as connection:
                found = await template_list(connection, journal.reader())
            assert [row.template_id for row in found if row.is_default] == [expected.template_id]
        assert [(row.name, row.revision) for row in found] == [("festive", 1), ("plain and simple", 2)]
        assert found[0].header == {"sv": "Hej"}
        assert await compare(database, keyring, journal.tenant_id, projections=(ISSUERS,), inline=()) == []


async def test_the_numbering_report_sees_holes_and_dates_out_of_order(database: Database, keyring: Keyring) -> None:
    """S002-50, C4: first, last, count and holes of every series; a missing number and a date that goes back count."""
    journal, debtor = Journal(database, keyring), a_registration()
    sound, broken = registered(), registered("Trasig", a_node())
    numbered = AnIssuer(sound.issuer_id, None)
    good = [
        an_invoice(debtor, numbered, issued_on=date(2026, 1, day), series="S", sequence=day) for day in range(1, 13)
    ]
    bad = [
        an_invoice(debtor, AnIssuer(broken.issuer_id, None), issued_on=on, series="B", sequence=n)
        for n, on in ((1000, date(2026, 2, 1)), (1001, date(2026, 1, 31)), (1003, date(2026, 2, 2)))
    ]
    note = a_credit_note(good[0], on=date(2026, 3, 1), net_minor=8, tax_minor=2, applied_minor=10, sequence=1)
    gone = InvoiceCancelled(
        invoice_id=good[0].invoice_id,
        series="S",
        issuer_org_node_id=None,
        debtor_id=debtor.debtor_id,
        debtor_org_node_id=debtor.org_node_id,
        credit_note_id=note.credit_note_id,
        reason=None,
    )
    await journal.split_at_random(ISSUERS, [sound, broken, *good, *bad, note, gone], chance(2))
    async with database.scope(journal.tenant_id) as connection:
        report = {row.series: row for row in await numbering_report(connection, journal.reader())}
        only = await numbering_report(connection, journal.reader(), issuer_id=broken.issuer_id)
    s, b, cn = report["S"], report["B"], report["CN-2026"]
    assert (s.first_sequence, s.last_sequence, s.count, s.holes, s.dated_back) == (1, 12, 12, 0, 0)
    assert (s.first_document, s.last_document, s.last_on) == ("S-000001", "S-000012", date(2026, 1, 12))
    assert (b.first_sequence, b.last_sequence, b.count, b.holes, b.dated_back) == (1000, 1003, 3, 1, 1)
    assert (cn.kind, cn.issuer_id, cn.season, cn.count) == ("credit_note", None, "2026", 1)
    # A cancelled invoice keeps its number.
    assert (s.cancelled, b.cancelled, cn.cancelled) == (1, 0, 0)
    assert list(only) == [b]
    assert await compare(database, keyring, journal.tenant_id, projections=(ISSUERS,), inline=()) == []


async def test_rates_in_force_on_a_day(database: Database, keyring: Keyring) -> None:
    """S000-28: a later rate closes its predecessor the day before, and the earlier day still finds the earlier rate."""
    for seed in range(3):
        journal = Journal(database, keyring)
        story = [
            TaxRatesAdopted(rates=(a_rate("25", date(1995, 1, 1)), a_rate("12", date(1996, 1, 1), "reduced"))),
            TaxRatesAdopted(rates=(a_rate("26", date(2027, 1, 1)),)),
        ]
        await journal.split_at_random(ISSUERS, story, chance(seed))
        found = []
        async with database.scope(journal.tenant_id) as connection:
            for on in (date(1995, 6, 1), date(2026, 12, 31), date(2027, 1, 1)):
                rates = await tax_rates_in_force(connection, journal.reader(), on=on, jurisdiction="SE")
                found.append([(rate.category, int(rate.percent)) for rate in rates])
        assert found == [[("standard", 25)], [("reduced", 12), ("standard", 25)], [("reduced", 12), ("standard", 26)]]
        assert await compare(database, keyring, journal.tenant_id, projections=(ISSUERS,), inline=()) == []


async def test_reach_and_walls(database: Database, keyring: Keyring) -> None:
    """Design "org tree", "tenants as walls": a district sees its own issuer, templates, series; a neighbour nothing."""
    journal, stranger, here = Journal(database, keyring), Journal(database, keyring), a_node()
    district, tenant, debtor = registered("Distrikt", here), registered("Förbund"), a_registration()
    invoices = [
        an_invoice(debtor, AnIssuer(each.issuer_id, each.issuer_org_node_id), issued_on=date(2026, 1, 1), series=series)
        for each, series in ((district, "D"), (tenant, "T"))
    ]
    templates = [a_template("own", district.issuer_id), a_template("theirs", tenant.issuer_id), a_template("common")]
    rates = TaxRatesAdopted(rates=(a_rate("25", date(1995, 1, 1)),))
    await journal.happened(district, tenant, *templates, *invoices, rates)
    await journal.catch_up(ISSUERS)
    await stranger.happened(debtor)
    await stranger.catch_up(ISSUERS)
    async with database.scope(journal.tenant_id) as connection:
        reader = journal.reader(here)
        assert [row.identity.name for row in await issuer_list(connection, reader)] == ["Distrikt"]
        assert await issuer_detail(connection, reader, tenant.issuer_id) is None
        assert [row.name for row in await template_list(connection, reader)] == ["common", "own"]
        assert [row.series for row in await numbering_report(connection, reader)] == ["D"]
    async with database.scope(stranger.tenant_id) as connection:
        for reader in (stranger.reader(), journal.reader()):
            assert await issuer_list(connection, reader) == ()
            assert await issuer_detail(connection, reader, tenant.issuer_id) is None
            assert await template_list(connection, reader) == ()
            assert await numbering_report(connection, reader) == ()
            assert await tax_rates_in_force(connection, reader, on=date(2026, 1, 1)) == ()
