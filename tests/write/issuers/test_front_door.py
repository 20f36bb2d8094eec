"""Commands of issuers through `execute`, on real PostgreSQL."""

from dataclasses import replace
from decimal import Decimal

import pytest

from backend.tenants.actor import Actor, Forbidden, Reach
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId, IssuerId, OrgNodeId
from backend.write.execute import execute
from backend.write.invoices.draft import DraftInvoice, WantedContent, WantedLine
from backend.write.invoices.issue import IssueInvoice
from backend.write.issuers.account import SetPaymentAccount
from backend.write.issuers.delivery import SetAutoDelivery
from backend.write.issuers.register import IssuerInconsistent, RegisterIssuer
from backend.write.issuers.seasons import DefineSeason
from backend.write.issuers.series import ConfigureNumberSeries, SeriesInUse
from backend.write.issuers.templates import ChooseDefaultTemplate, DefineTemplate, ReviseTemplate, TemplateChanged
from backend.write.refusal import AlreadyExists, NotFound
from tests.given.federation import Federation
from tests.given.parties import a_season, a_template, a_template_id, a_wanted_issuer, an_account


def the_treasurer(federation: Federation, *nodes: OrgNodeId) -> Actor:
    reach = Reach(frozenset(nodes))
    return Actor(tenant_id=federation.tenant_id, principal="user:1", reaches={Capability.ISSUERS_MANAGE: reach})


async def a_registered_issuer(federation: Federation, **changes: object) -> RegisterIssuer:
    command = a_wanted_issuer(**changes)
    await execute(federation.write, federation.system, command)
    return command


async def test_a_tenant_gets_its_one_issuer(federation: Federation) -> None:
    """S002-18, S002-21: the tenant issues itself, beside its districts, and once."""
    issuer_id = (await a_registered_issuer(federation)).issuer_id
    await execute(federation.write, federation.system, SetPaymentAccount(issuer_id=issuer_id, account=an_account()))
    await execute(federation.write, federation.system, DefineSeason(issuer_id=issuer_id, season=a_season()))
    await execute(federation.write, federation.system, SetAutoDelivery(issuer_id=issuer_id, enabled=False))
    with pytest.raises(AlreadyExists):
        await a_registered_issuer(federation)


async def test_a_club_issues_and_only_where_it_exists(federation: Federation, other_federation: Federation) -> None:
    """S002-21: an org_node issuer needs an org node of the same tenant."""
    await a_registered_issuer(federation, issuer_type="org_node", org_node_id=federation.club)
    with pytest.raises(IssuerInconsistent):
        await a_registered_issuer(federation, issuer_type="org_node", org_node_id=other_federation.club)
    with pytest.raises(IssuerInconsistent):
        await a_registered_issuer(federation, issuer_type="platform")


async def test_a_treasurer_reaches_the_issuers_of_the_district_only(federation: Federation) -> None:
    """Issue 2, item 3: a capability covers the subtree it was granted on, and nothing above it."""
    treasurer = the_treasurer(federation, federation.district, federation.club)
    season = a_season("2027", "2027-01-01", "2027-12-31")
    await execute(federation.write, treasurer, DefineSeason(issuer_id=federation.issuer_id, season=season))
    with pytest.raises(Forbidden):
        await execute(federation.write, treasurer, a_wanted_issuer())
    with pytest.raises(Forbidden):
        await execute(federation.write, treasurer, ChooseDefaultTemplate(template_id=federation.template_id))
    with pytest.raises(NotFound):
        await execute(
            federation.write,
            the_treasurer(federation, federation.club),
            SetAutoDelivery(issuer_id=federation.issuer_id, enabled=True),
        )


async def test_another_tenants_issuer_does_not_exist(federation: Federation, other_federation: Federation) -> None:
    """Issue 2, must show: two tenants see nothing of each other."""
    for issuer_id in (other_federation.issuer_id, IssuerId(federation.write.new_id())):
        with pytest.raises(NotFound, match="there is no such issuer"):
            await execute(federation.write, federation.system, SetAutoDelivery(issuer_id=issuer_id, enabled=True))


async def test_a_series_is_configured_before_its_first_number(federation: Federation) -> None:
    """X4, S003-37: 1000 is where the series begins; afterwards SERIES_IN_USE."""
    configure = ConfigureNumberSeries(issuer_id=federation.issuer_id, prefix="STO", first_number=1000)
    await execute(federation.write, federation.system, configure)
    invoice_id = InvoiceId(federation.write.new_id())
    line = WantedLine(description="Licens", unit_price=Decimal(400))
    await execute(
        federation.write,
        federation.system,
        DraftInvoice(
            invoice_id=invoice_id,
            issuer_id=federation.issuer_id,
            debtor_id=await federation.a_member(),
            content=WantedContent(lines=(line,)),
        ),
    )
    issued = await execute(federation.write, federation.system, IssueInvoice(invoice_id=invoice_id))
    assert issued.answer["number"] == "STO-2026-001000"
    with pytest.raises(SeriesInUse):
        await execute(federation.write, federation.system, replace(configure, prefix="FAKTURA"))


async def test_a_template_is_defined_revised_and_chosen(federation: Federation) -> None:
    """S002-11, S002-17: an issuer's own template, and the tenant's default."""
    template_id = a_template_id()
    define = DefineTemplate(template_id=template_id, design=a_template(), issuer_id=federation.issuer_id)
    treasurer = the_treasurer(federation, federation.district)
    assert (await execute(federation.write, treasurer, define)).answer["revision"] == 1
    revised = ReviseTemplate(template_id=template_id, design=a_template(name="stockholm"))
    assert (await execute(federation.write, treasurer, revised)).answer["revision"] == 2
    await execute(federation.write, federation.system, ChooseDefaultTemplate(template_id=template_id))


async def test_of_two_who_save_a_template_the_second_hears_of_the_first(federation: Federation) -> None:
    """What somebody wrote is never lost in silence; who has seen no revision, as a script, replaces the latest."""
    mine = ReviseTemplate(template_id=federation.template_id, design=a_template(name="mine"), expected_revision=1)
    theirs = replace(mine, design=a_template(name="theirs"))
    assert (await execute(federation.write, federation.system, theirs)).answer["revision"] == 2
    with pytest.raises(TemplateChanged) as refused:
        await execute(federation.write, federation.system, mine)
    assert refused.value.path == ("expectedRevision",)
    again = replace(mine, expected_revision=2)
    assert (await execute(federation.write, federation.system, again)).answer["revision"] == 3
    unseen = replace(mine, expected_revision=None)
    assert (await execute(federation.write, federation.system, unseen)).answer["revision"] == 4
