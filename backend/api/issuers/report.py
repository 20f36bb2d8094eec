"""What is wrong or missing with a template that is not saved yet, as clients see it."""

import asyncio
from decimal import Decimal
from enum import Enum
from typing import Annotated

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, output, resolved, words
from backend.api.graphql.identifiers import the
from backend.api.graphql.results import Refused, refused
from backend.api.issuers.inputs import TemplateDesignInput
from backend.api.template_drafts import sample_issuer
from backend.documents.template_report import Finding, template_report
from backend.values.identifiers import IssuerId
from backend.write.issuers.templates import unsaved_template
from backend.write.refusal import Refusal


@words
class TemplateFindingCode(Enum):
    """What there is to look at. Closed: translate each of them."""

    WORDS_MISSING = "words_missing"
    TEXT_MISSING = "text_missing"
    GLYPHS_MISSING = "glyphs_missing"
    TEXT_CUT_OFF = "text_cut_off"
    TEXT_LONG = "text_long"
    CONTRAST_LOW = "contrast_low"
    COLOUR_REPLACED = "colour_replaced"
    LOGO_MISSING = "logo_missing"
    ACCOUNT_MISSING = "account_missing"


@words
class TemplateFindingSeverity(Enum):
    """A problem spoils invoices, a warning makes them worse than they could be, a hint is a choice."""

    PROBLEM = "problem"
    WARNING = "warning"
    HINT = "hint"


@words
class TemplateFindingField(Enum):
    """Where to change it: in the design, or with the issuer."""

    NONE = ""
    PRIMARY_COLOUR = "primary_colour"
    LOGO = "logo"
    HEADER = "header"
    FOOTER = "footer"
    PAYMENT_INSTRUCTIONS = "payment_instructions"
    ISSUER_NAME = "issuer_name"
    ISSUER_ADDRESS = "issuer_address"
    ISSUER_CONTACT = "issuer_contact"
    ACCOUNT = "account"
    ACCOUNT_HOLDER = "account_holder"


@output
class TemplateFinding:
    """One thing to look at. `languages` are those it concerns, none for all; `characters` have no glyph in the fonts;
    `actual` and `limit` are lines or contrasts; `suggestion` is a colour that would be enough, or the language that
    stands in."""

    code: TemplateFindingCode
    severity: TemplateFindingSeverity
    field: TemplateFindingField
    languages: list[str]
    characters: str
    actual: Decimal | None
    limit: Decimal | None
    suggestion: str


@output
class TemplateReport:
    """What to look at before saving, the worst first; found by the functions that print."""

    findings: list[TemplateFinding]


@given
class TemplateReportInput:
    """A design as it stands in a form, and the issuer it would serve."""

    issuer_id: strawberry.ID
    design: TemplateDesignInput


TemplateReportResult = Annotated[TemplateReport | Refused, strawberry.union("TemplateReportResult")]


@output
class TemplateReportQueries:
    """Questions about templates that are not saved yet."""

    @resolved
    async def template_report(self, info: Info, input: TemplateReportInput) -> TemplateReportResult:
        """What is missing or would print badly: translations, letters, room, contrast. Nothing is recorded."""
        context, issuer_id = info.context, IssuerId(the("Issuer", input.issuer_id, "issuerId"))
        try:
            wanted = input.design.value()
            issuer = await sample_issuer(context.services, context.actor, issuer_id, wanted)
            design = unsaved_template(wanted)
        except Refusal as refusal:
            return refused(refusal, input)
        findings = await asyncio.to_thread(template_report, design, issuer)
        return TemplateReport(findings=[_finding(each) for each in findings])


def _finding(found: Finding) -> TemplateFinding:
    return TemplateFinding(
        code=TemplateFindingCode(found.code),
        severity=TemplateFindingSeverity(found.severity),
        field=TemplateFindingField(found.field),
        languages=list(found.languages),
        characters=found.characters,
        actual=_one_decimal(found.actual),
        limit=_one_decimal(found.limit),
        suggestion=found.suggestion,
    )


def _one_decimal(value: float | None) -> Decimal | None:
    # Rounded down: 4.46 is not the 4.5 that is asked for.
    return None if value is None else Decimal(int(value * 10)) / 10
