"""Invoice templates: what one may be, and that a tenant always has exactly one default (S002-11 to 17)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, get_args
from uuid import UUID

from backend.events.issuers import DefaultTemplateChosen, TemplateDefined
from backend.tenants.capabilities import Capability
from backend.values.identifiers import IssuerId, OrgNodeId, TemplateId
from backend.values.tax import TaxCategory
from backend.values.why import Why
from backend.write.command import command
from backend.write.issuers.register import terms
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound, Refusal, RefusalCode
from backend.write.states.issuer import ISSUER
from backend.write.states.template_book import TEMPLATE_BOOK, TemplateBook, template_stream
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import one_line, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTemplate:
    """The branding of an invoice. Colours are `#rrggbb`; texts are by ISO 639-1 language.

    `logo` is the SHA-256 (hexadecimal) of a stored PNG or SVG, or empty; `tax_category` that of lines that name none.
    """

    name: str
    primary_colour: str
    secondary_colour: str
    logo: str = ""
    logo_media_type: str = ""
    header: Mapping[str, str] = field(default_factory=dict)
    footer: Mapping[str, str] = field(default_factory=dict)
    payment_instructions: Mapping[str, str] = field(default_factory=dict)
    tax_category: str = "standard"
    terms_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineTemplate:
    """Make a template: an issuer's own, or (without issuer) one of the tenant. The first becomes the default."""

    ASSIGNED: ClassVar = ("template_id",)
    template_id: TemplateId
    design: WantedTemplate
    issuer_id: IssuerId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseTemplate:
    """Change a template for invoices issued from now on. `expected_revision` refuses when somebody else changed it in
    between."""

    template_id: TemplateId
    design: WantedTemplate
    expected_revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseDefaultTemplate:
    """Make this the one template that serves issuers without their own (S002-17)."""

    template_id: TemplateId


class TemplateChanged(Refusal):
    """Somebody else saved the template in between: what they wrote would be lost."""

    code = RefusalCode.TEMPLATE_CHANGED
    status = 409


MAX_TEMPLATES: Final = 1_000
MAX_TEMPLATE_NAME: Final = 64
MAX_HEADER: Final = 500
MAX_FOOTER: Final = 1_000
MAX_INSTRUCTIONS: Final = 1_000
LOGO_MEDIA_TYPES: Final = ("image/png", "image/svg+xml")
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def define(
    book: TemplateBook, template_id: TemplateId, issuer_id: IssuerId | None, design: WantedTemplate
) -> TemplateDefined:
    """A new template. An issuer has one of its own at most, so that nobody wonders which is used."""
    if len(book.templates) >= MAX_TEMPLATES:
        raise InvalidValue(Why.TOO_MANY, limit=MAX_TEMPLATES)
    if issuer_id is not None and any(template.issuer_id == issuer_id for template in book.templates.values()):
        raise AlreadyExists("the issuer has a template already: revise it", path=("issuerId",))
    return TemplateDefined(template_id=template_id, issuer_id=issuer_id, revision=1, **_design(design))


def unsaved_template(design: WantedTemplate) -> TemplateDefined:
    """The design as it would be recorded, for a preview. Raises `InvalidValue` with the path of the field."""
    return define(TemplateBook(), TemplateId(UUID(int=0)), None, design)


def revise(earlier: TemplateDefined, design: WantedTemplate, *, expected: int | None = None) -> TemplateDefined:
    """The next revision. Raises `TemplateChanged` when the caller has seen another one than the latest."""
    if expected not in (None, earlier.revision):
        raise TemplateChanged(
            f"somebody changed this template meanwhile (revision {earlier.revision}): look at it, then change it",
            path=("expectedRevision",),
        )
    return TemplateDefined(
        template_id=earlier.template_id, issuer_id=earlier.issuer_id, revision=earlier.revision + 1, **_design(design)
    )


def choose_default(book: TemplateBook, template_id: TemplateId) -> DefaultTemplateChosen:
    """The choice of the default template. Raises `NotFound`."""
    return DefaultTemplateChosen(template_id=template_named(book, template_id).template_id)


def template_named(book: TemplateBook, template_id: TemplateId) -> TemplateDefined:
    """The template in its latest revision. Raises `NotFound`."""
    try:
        return book.templates[template_id]
    except KeyError:
        raise NotFound("there is no such template", path=("templateId",)) from None


def _design(design: WantedTemplate) -> dict[str, Any]:
    if design.tax_category not in get_args(TaxCategory):
        raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(get_args(TaxCategory)), path=("taxCategory",))
    if bool(design.logo) != (design.logo_media_type in LOGO_MEDIA_TYPES):
        raise InvalidValue(Why.LOGO_KIND_MISSING, allowed=" or ".join(LOGO_MEDIA_TYPES), path=("logoMediaType",))
    if design.logo and not _DIGEST.fullmatch(design.logo):
        raise InvalidValue(Why.NOT_A_DIGEST, path=("logo",))
    return {
        "name": one_line(design.name, MAX_TEMPLATE_NAME, path=("name",)),
        "primary_colour": _colour(design.primary_colour, "primaryColour"),
        "secondary_colour": _colour(design.secondary_colour, "secondaryColour"),
        "logo": design.logo,
        "logo_media_type": design.logo_media_type,
        "header": texts(design.header, MAX_HEADER, path=("header",)),
        "footer": texts(design.footer, MAX_FOOTER, path=("footer",)),
        "payment_instructions": texts(design.payment_instructions, MAX_INSTRUCTIONS, path=("paymentInstructions",)),
        "tax_category": design.tax_category,
        "terms_days": None if design.terms_days is None else terms(design.terms_days),
    }


def _colour(value: str, field: str) -> str:
    colour = value.strip().lower()
    if not _COLOUR.fullmatch(colour):
        raise InvalidValue(Why.NOT_A_COLOUR, path=(field,))
    return colour


@command(Capability.ISSUERS_MANAGE)
async def define_template(command: DefineTemplate, work: UnitOfWork) -> None:
    """Load the tenant's templates, and record a new one."""
    work.authorise(await _node_of(work, command.issuer_id))
    book = await _book(work)
    defined = define(book, command.template_id, command.issuer_id, command.design)
    work.record(template_stream(work.tenant_id), defined)
    work.answer = {"template_id": str(command.template_id), "revision": defined.revision}


@command(Capability.ISSUERS_MANAGE)
async def revise_template(command: ReviseTemplate, work: UnitOfWork) -> None:
    """Load the tenant's templates, and record the next revision of one."""
    earlier = template_named(await _book(work), command.template_id)
    work.authorise(await _node_of(work, earlier.issuer_id))
    revised = revise(earlier, command.design, expected=command.expected_revision)
    work.record(template_stream(work.tenant_id), revised)
    work.answer = {"template_id": str(command.template_id), "revision": revised.revision}


@command(Capability.ISSUERS_MANAGE)
async def choose_default_template(command: ChooseDefaultTemplate, work: UnitOfWork) -> None:
    """Load the tenant's templates, and record which one is the default."""
    work.authorise(None)
    work.record(template_stream(work.tenant_id), choose_default(await _book(work), command.template_id))
    work.answer = {"template_id": str(command.template_id)}


async def _node_of(work: UnitOfWork, issuer_id: IssuerId | None) -> OrgNodeId | None:
    """Where a template belongs: with its issuer, or with the tenant as a whole."""
    return None if issuer_id is None else (await work.get(ISSUER, issuer_id, path=("issuerId",))).node


async def _book(work: UnitOfWork) -> TemplateBook:
    return await work.load(TEMPLATE_BOOK, template_stream(work.tenant_id)) or TemplateBook()
