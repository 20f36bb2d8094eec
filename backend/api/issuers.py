"""Issuers: who numbers and signs invoices, with seasons, accounts and number series."""

from datetime import date
from typing import Final
from uuid import UUID

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.inputs import Input
from backend.api.graphql.node import Node, found_by
from backend.api.graphql.results import Repeatable, Success, mutation, succeeds
from backend.api.mirror import Mirror, derived
from backend.api.parties import IdentityInput as IdentityInput
from backend.api.template_drafts import preview_url
from backend.read.issuers import queries
from backend.read.issuers.numbering import SeriesRow
from backend.rules.numbering import SeriesPattern
from backend.values import dates
from backend.values.identifiers import IssuerId
from backend.write.issuers.account import SetPaymentAccount
from backend.write.issuers.delivery import SetAutoDelivery
from backend.write.issuers.identity import ChangeIssuerIdentity
from backend.write.issuers.register import RegisterIssuer
from backend.write.issuers.seasons import DefineSeason
from backend.write.issuers.series import ConfigureNumberSeries

MAX_SEASONS: Final = 200


class Season(Mirror[dates.Season], rest_as_it_is=True):
    """A season of an issuer. Both days belong to it."""


class NumberPattern(Mirror[SeriesPattern], shown="SeriesShown"):
    """Numbers read `{prefix}-{season}-{number}`, with at least `width` digits."""


class Issuer(
    Mirror[queries.IssuerRow],
    Node,
    key="issuer_id",
    names={"issuer_org_node_id": "org_node_id", "pattern": "numbers"},
    rest={"org_node_id": "issuer_org_node_id", "numbers": "number_series"},
    only_rest=("issuer_tenant_id",),
    sizes={"seasons": (5, MAX_SEASONS)},
):
    """A legal entity that issues invoices, as it is now. `account` is null until it is set."""

    name: str = derived(lambda row: row.identity.name, only="graphql")
    template_preview_url: str = derived(
        lambda row: preview_url(row.issuer_id),
        "Where a template that is not saved yet is looked at with a sample of this issuer.",
        only="graphql",
    )


class NumberSeries(Mirror[SeriesRow], also=("holes",)):
    """What a series has given out. `holes` and `datedBack` are zero, or something is wrong;
    `cancelled` invoices keep their numbers."""


@found_by("Issuer")
async def find_issuer(info: Info, issuer_id: UUID) -> Issuer | None:
    found = await info.context.ask(queries.issuer_detail, IssuerId(issuer_id))
    return Issuer.of(found) if found else None


@output
class IssuerQueries:
    """Questions about issuers."""

    @resolved(size=(20, queries.MAX_ISSUERS))
    async def issuers(self, info: Info) -> list[Issuer]:
        """The issuers you may see, by name (at most 2,000)."""
        return [Issuer.of(row) for row in await info.context.ask(queries.issuer_list)]

    @resolved
    async def issuer(self, info: Info, id: IssuerId) -> Issuer | None:
        """One issuer; null for one there is not, or that you may not see."""
        return await find_issuer(info, id)

    @resolved(size=(20, queries.MAX_SERIES))
    async def numbering_report(self, info: Info, issuer_id: IssuerId | None = None) -> list[NumberSeries]:
        """Every series: what it has given out, and that nothing is missing."""
        rows = await info.context.ask(queries.numbering_report, issuer_id=issuer_id)
        return [NumberSeries.of(row) for row in rows]


class RegisterIssuerInput(Input[RegisterIssuer], Repeatable):
    """`jurisdiction` is the country whose VAT is charged, `timeZone` an IANA name; `accountingCurrency` defaults to
    `currency`."""


class ChangeIssuerIdentityInput(Input[ChangeIssuerIdentity], Repeatable):
    """Name, address and registration for invoices issued from now on."""


class SetPaymentAccountInput(Input[SetPaymentAccount], Repeatable):
    """Where debtors of this issuer pay from now on."""


class DefineSeasonInput(Input[DefineSeason], Repeatable, leave_out=("season",)):
    """One more season; its code is printed in every number. Both days belong to it."""

    code: str
    first_day: date
    last_day: date

    async def command(self, info: Info) -> DefineSeason:
        return self.value(season=dates.Season(code=self.code, first_day=self.first_day, last_day=self.last_day))


class ConfigureNumberSeriesInput(Input[ConfigureNumberSeries], Repeatable):
    """Numbers read `{prefix}-{season}-{number}`; `firstNumber` continues an older series."""


class SetAutoDeliveryInput(Input[SetAutoDelivery], Repeatable):
    """Whether invoices are e-mailed as soon as they are issued."""


@succeeds
class IssuerSuccess(Success):
    """The issuer as it is now."""

    issuer: Issuer | None


@output
class IssuerMutations:
    """What may be done with issuers."""

    register_issuer = mutation(
        RegisterIssuerInput,
        IssuerSuccess,
        "Let a legal entity issue invoices: the platform, the tenant, or one of its org nodes.",
    )
    change_issuer_identity = mutation(
        ChangeIssuerIdentityInput,
        IssuerSuccess,
        "Another name, address or registration, for invoices issued from now on.",
    )
    set_payment_account = mutation(
        SetPaymentAccountInput, IssuerSuccess, "Where debtors of this issuer pay from now on."
    )
    define_season = mutation(DefineSeasonInput, IssuerSuccess, "Give the issuer one more season.")
    configure_number_series = mutation(
        ConfigureNumberSeriesInput, IssuerSuccess, "How the issuer's numbers read, and where each season begins."
    )
    set_auto_delivery = mutation(
        SetAutoDeliveryInput, IssuerSuccess, "Whether invoices of the issuer are e-mailed as soon as they are issued."
    )
