"""What may be done with issuers and templates."""

from typing import Annotated
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import mutation, output
from backend.api.graphql.identifiers import optional, the
from backend.api.graphql.results import Refused, Success, outcome, refused
from backend.api.graphql.words import word
from backend.api.issuers import inputs
from backend.api.issuers.types import Issuer, Template, find_issuer, find_template
from backend.api.template_drafts import stored_logo
from backend.tenants.capabilities import Capability
from backend.values.dates import Season
from backend.values.identifiers import IssuerId, OrgNodeId, TemplateId
from backend.write.execute import Receipt
from backend.write.issuers.account import SetPaymentAccount
from backend.write.issuers.delivery import SetAutoDelivery
from backend.write.issuers.identity import ChangeIssuerIdentity
from backend.write.issuers.register import RegisterIssuer
from backend.write.issuers.seasons import DefineSeason
from backend.write.issuers.series import ConfigureNumberSeries
from backend.write.issuers.templates import ChooseDefaultTemplate, DefineTemplate, ReviseTemplate
from backend.write.refusal import Refusal


@output
class IssuerSuccess(Success):
    """The issuer as it is now."""

    issuer: Issuer | None


@output
class TemplateSuccess(Success):
    """The template as it is now."""

    template: Template | None


IssuerResult = Annotated[IssuerSuccess | Refused, strawberry.union("IssuerResult")]
TemplateResult = Annotated[TemplateSuccess | Refused, strawberry.union("TemplateResult")]


@output
class IssuerMutations:
    """What may be done with issuers and templates."""

    @mutation
    async def register_issuer(self, info: Info, input: inputs.RegisterIssuerInput) -> IssuerResult:
        """Let a legal entity issue invoices: the platform, the tenant, or one of its org nodes."""
        node = optional("OrgNode", input.org_node_id, "orgNodeId")
        command = RegisterIssuer(
            issuer_id=IssuerId(info.context.new_id()),
            issuer_type=word(input.issuer_type),
            identity=input.identity.value(),
            jurisdiction=input.jurisdiction,
            currency=input.currency,
            time_zone=input.time_zone,
            language=input.language,
            org_node_id=OrgNodeId(node) if node else None,
            accounting_currency=input.accounting_currency,
            terms_days=input.terms_days,
            exempt_sport=input.exempt_sport,
        )
        return await outcome(info, command, input, IssuerSuccess, issuer=_issuer)

    @mutation
    async def change_issuer_identity(self, info: Info, input: inputs.ChangeIssuerIdentityInput) -> IssuerResult:
        """Another name, address or registration, for invoices issued from now on."""
        command = ChangeIssuerIdentity(issuer_id=_id(input.issuer_id), identity=input.identity.value())
        return await outcome(info, command, input, IssuerSuccess, issuer=_issuer)

    @mutation
    async def set_payment_account(self, info: Info, input: inputs.SetPaymentAccountInput) -> IssuerResult:
        """Where debtors of this issuer pay from now on."""
        command = SetPaymentAccount(issuer_id=_id(input.issuer_id), account=input.account.value())
        return await outcome(info, command, input, IssuerSuccess, issuer=_issuer)

    @mutation
    async def define_season(self, info: Info, input: inputs.DefineSeasonInput) -> IssuerResult:
        """Give the issuer one more season."""
        season = Season(code=input.code, first_day=input.first_day, last_day=input.last_day)
        command = DefineSeason(issuer_id=_id(input.issuer_id), season=season)
        return await outcome(info, command, input, IssuerSuccess, issuer=_issuer)

    @mutation
    async def configure_number_series(self, info: Info, input: inputs.ConfigureNumberSeriesInput) -> IssuerResult:
        """How the issuer's numbers read, and where each season begins."""
        command = ConfigureNumberSeries(
            issuer_id=_id(input.issuer_id), prefix=input.prefix, width=input.width, first_number=input.first_number
        )
        return await outcome(info, command, input, IssuerSuccess, issuer=_issuer)

    @mutation
    async def set_auto_delivery(self, info: Info, input: inputs.SetAutoDeliveryInput) -> IssuerResult:
        """Whether invoices of the issuer are e-mailed as soon as they are issued."""
        command = SetAutoDelivery(issuer_id=_id(input.issuer_id), enabled=input.enabled)
        return await outcome(info, command, input, IssuerSuccess, issuer=_issuer)

    @mutation
    async def define_template(self, info: Info, input: inputs.DefineTemplateInput) -> TemplateResult:
        """Make a template."""
        owner = optional("Issuer", input.issuer_id, "issuerId")
        if missing := await _logo_missing(info, input):
            return missing
        command = DefineTemplate(
            template_id=TemplateId(info.context.new_id()),
            design=input.design.value(),
            issuer_id=IssuerId(owner) if owner else None,
        )
        return await outcome(info, command, input, TemplateSuccess, template=_template)

    @mutation
    async def revise_template(self, info: Info, input: inputs.ReviseTemplateInput) -> TemplateResult:
        """Change a template for invoices issued from now on."""
        template_id = TemplateId(the("Template", input.template_id, "templateId"))
        if missing := await _logo_missing(info, input):
            return missing
        command = ReviseTemplate(
            template_id=template_id, design=input.design.value(), expected_revision=input.expected_revision
        )
        return await outcome(info, command, input, TemplateSuccess, template=_template)

    @mutation
    async def choose_default_template(self, info: Info, input: inputs.ChooseDefaultTemplateInput) -> TemplateResult:
        """Make this the template that serves issuers without their own."""
        command = ChooseDefaultTemplate(template_id=TemplateId(the("Template", input.template_id, "templateId")))
        return await outcome(info, command, input, TemplateSuccess, template=_template)


async def _logo_missing(info: Info, input: inputs.DefineTemplateInput | inputs.ReviseTemplateInput) -> Refused | None:
    """A design names a logo that is there, and only who may change some template learns whether it is."""
    design = input.design
    if not design.logo or Capability.ISSUERS_MANAGE not in info.context.actor.reaches:
        return None
    try:
        await stored_logo(info.context.services, info.context.actor, design.logo, design.logo_media_type)
    except Refusal as refusal:
        return refused(refusal, input)
    return None


def _id(opaque: str) -> IssuerId:
    return IssuerId(the("Issuer", opaque, "issuerId"))


async def _issuer(info: Info, receipt: Receipt) -> Issuer | None:
    found: Issuer | None = await find_issuer(info, UUID(receipt.answer["issuer_id"]))
    return found


async def _template(info: Info, receipt: Receipt) -> Template | None:
    found: Template | None = await find_template(info, UUID(receipt.answer["template_id"]))
    return found
