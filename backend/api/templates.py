"""Templates: the branding of invoices, and what is wrong or missing with one before it is saved."""

import asyncio
from decimal import Decimal
from typing import Annotated, Any, Final
from uuid import UUID

import strawberry

from backend.api.forms import FORMS, Form
from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, output, resolved
from backend.api.graphql.inputs import Input
from backend.api.graphql.node import Node, found_by
from backend.api.graphql.results import Refused, Repeatable, Success, mutation, refused, succeeds
from backend.api.graphql.sizes import listed
from backend.api.mirror import Mirror, derived
from backend.api.problems import Fault, Malformed
from backend.api.template_drafts import sample_issuer, stored_logo
from backend.documents.template_report import MAX_FINDINGS, Finding
from backend.documents.template_report import template_report as report_on
from backend.read.issuers.queries import MAX_TEMPLATES, TemplateRow, template_list
from backend.tenants.capabilities import Capability
from backend.values.identifiers import IssuerId
from backend.write.issuers.templates import (
    ChooseDefaultTemplate,
    DefineTemplate,
    ReviseTemplate,
    WantedTemplate,
    unsaved_template,
)
from backend.write.refusal import Refusal

# Every language of ISO 639-1 at once; a template that needs more texts does not exist.
MAX_TEXTS: Final = 184


@output
class LocalisedText:
    """A text in one ISO 639-1 language."""

    language: str
    text: str


FORMS[dict[str, str]] = Form(
    list[LocalisedText],
    dict[str, str],
    lambda texts, _: [LocalisedText(language=language, text=text) for language, text in sorted(texts.items())],
)


class Template(
    Mirror[TemplateRow],
    Node,
    key="template_id",
    sizes=dict.fromkeys(("header", "footer", "payment_instructions"), (6, MAX_TEXTS)),
):
    """The latest revision of a template. Without issuer it is one of the tenant."""


@found_by("Template")
async def find_template(info: Info, template_id: UUID) -> Template | None:
    """A tenant has few templates, and they are read together."""
    rows = await info.context.ask(template_list)
    return next((Template.of(row) for row in rows if row.template_id == template_id), None)


@given
class LocalisedTextInput:
    """A text in one ISO 639-1 language."""

    language: str
    text: str


class TemplateDesignInput(Input[WantedTemplate]):
    """The branding of an invoice. Colours are `#rrggbb`; `logo` is the SHA-256 of a stored PNG or SVG, or empty;
    `taxCategory` is that of lines that name none."""

    header: list[LocalisedTextInput] = strawberry.field(default_factory=list)
    footer: list[LocalisedTextInput] = strawberry.field(default_factory=list)
    payment_instructions: list[LocalisedTextInput] = strawberry.field(default_factory=list)

    def value(self, **more: Any) -> WantedTemplate:
        return super().value(
            **more,
            header=_texts(self.header, "header"),
            footer=_texts(self.footer, "footer"),
            payment_instructions=_texts(self.payment_instructions, "paymentInstructions"),
        )


class DefineTemplateInput(Input[DefineTemplate], Repeatable):
    """An issuer's own template, or without `issuerId` one of the tenant. The first becomes the default."""

    async def command(self, info: Info) -> DefineTemplate:
        command = await super().command(info)
        await _check_logo(info, command.design)
        return command


class ReviseTemplateInput(Input[ReviseTemplate], Repeatable):
    """The template for invoices issued from now on. `expectedRevision` is the one you changed: when somebody else saved
    another in between, yours is refused with TEMPLATE_CHANGED."""

    async def command(self, info: Info) -> ReviseTemplate:
        command = await super().command(info)
        await _check_logo(info, command.design)
        return command


class ChooseDefaultTemplateInput(Input[ChooseDefaultTemplate], Repeatable):
    """The one template that serves issuers without their own."""


@succeeds
class TemplateSuccess(Success):
    """The template as it is now."""

    template: Template | None


@output
class TemplateMutations:
    """What may be done with templates."""

    define_template = mutation(DefineTemplateInput, TemplateSuccess, "Make a template.")
    revise_template = mutation(
        ReviseTemplateInput, TemplateSuccess, "Change a template for invoices issued from now on."
    )
    choose_default_template = mutation(
        ChooseDefaultTemplateInput, TemplateSuccess, "Make this the template that serves issuers without their own."
    )


def _one_decimal(value: float | None) -> Decimal | None:
    # Rounded down: 4.46 is not the 4.5 that is asked for.
    return None if value is None else Decimal(int(value * 10)) / 10


class TemplateFinding(Mirror[Finding], leave_out=("actual", "limit"), sizes={"languages": (3, MAX_TEXTS)}):
    """One thing to look at. `languages` are those it concerns, none for all; `characters` have no glyph in the fonts;
    `actual` and `limit` are lines or contrasts; `suggestion` is a colour that would be enough, or the language that
    stands in."""

    actual: Decimal | None = derived(lambda finding: _one_decimal(finding.actual))
    limit: Decimal | None = derived(lambda finding: _one_decimal(finding.limit))


@output
class TemplateReport:
    """What to look at before saving, the worst first; found by the functions that print."""

    findings: list[TemplateFinding] = listed(10, MAX_FINDINGS)


@given
class TemplateReportInput:
    """A design as it stands in a form, and the issuer it would serve."""

    issuer_id: IssuerId
    design: TemplateDesignInput


TemplateReportResult = Annotated[TemplateReport | Refused, strawberry.union("TemplateReportResult")]


@output
class TemplateQueries:
    """Questions about templates."""

    @resolved(size=(10, MAX_TEMPLATES))
    async def templates(self, info: Info) -> list[Template]:
        """The templates of those issuers, and those of the tenant itself, by name (at most 2,000)."""
        return [Template.of(row) for row in await info.context.ask(template_list)]

    @resolved
    async def template_report(self, info: Info, input: TemplateReportInput) -> TemplateReportResult:
        """What is missing or would print badly: translations, letters, room, contrast. Nothing is recorded."""
        context = info.context
        try:
            wanted = input.design.value()
            issuer = await sample_issuer(context.services, context.actor, input.issuer_id, wanted)
            design = unsaved_template(wanted)
        except Refusal as refusal:
            return refused(refusal, input)
        findings = await asyncio.to_thread(report_on, design, issuer)
        return TemplateReport(findings=[TemplateFinding.of(each) for each in findings])


async def _check_logo(info: Info, design: WantedTemplate) -> None:
    """A design names a logo that is there, and only who may change some template learns whether it is. Raises
    `Refusal`."""
    if design.logo and Capability.ISSUERS_MANAGE in info.context.actor.reaches:
        await stored_logo(info.context.services, info.context.actor, design.logo, design.logo_media_type)


def _texts(said: list[LocalisedTextInput], name: str) -> dict[str, str]:
    if len(said) > MAX_TEXTS:
        raise Malformed(Fault(detail=f"at most {MAX_TEXTS} languages", path=("design", name)))
    texts = {each.language: each.text for each in said}
    if len(texts) != len(said):
        raise Malformed(Fault(detail="a language is there twice", path=("design", name)))
    return texts
