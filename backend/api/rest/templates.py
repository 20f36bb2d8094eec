"""Templates: the branding of invoices, and the logos they show."""

import asyncio
import re
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from backend.api.rest.endpoint import Answer, Call, Declined, needs
from backend.api.rest.reading import Body
from backend.api.rest.shapes import Text60
from backend.api.shown import Shown
from backend.api.template_drafts import stored_logo
from backend.api.templates import Template
from backend.documents.logo import MAX_BYTES, LogoRefused, kept_logo
from backend.documents.logo_trial import try_logo
from backend.read.issuers.queries import template_list
from backend.runtime.storage import StorageUnavailable
from backend.tenants.capabilities import Capability
from backend.values.identifiers import IssuerId, TemplateId
from backend.write.issuers.templates import (
    ChooseDefaultTemplate,
    DefineTemplate,
    ReviseTemplate,
    TemplateChanged,
    WantedTemplate,
)

# A byte more than a logo may have is read, so that the rule can say what is wrong.
MAX_LOGO_BODY: Final = MAX_BYTES + 64 * 1024
LOGO_TYPES: Final = ("image/png", "image/svg+xml", "application/octet-stream")

# A revision as an ETag; more digits than any template will ever need would only cost time.
_TAG: Final = re.compile(r'"([1-9][0-9]{0,8})"')

Texts = Annotated[
    dict[Annotated[str, Meta(max_length=2)], Annotated[str, Meta(max_length=4_000)]],
    Meta(max_length=200, description="By ISO 639-1 language"),
]


class DesignSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The branding. Colours are `#rrggbb`; `logo` is the digest that `POST /logos` answered."""

    name: Text60
    primary_colour: Text60
    secondary_colour: Text60
    logo: Annotated[str, Meta(max_length=64)] = ""
    logo_media_type: Text60 = ""
    header: Texts = msgspec.field(default_factory=dict)
    footer: Texts = msgspec.field(default_factory=dict)
    payment_instructions: Texts = msgspec.field(default_factory=dict)
    tax_category: Text60 = "standard"
    terms_days: int | None = None


class TemplateSent(DesignSent, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A template: an issuer's own, or (without issuer) one of the federation. The first becomes the default."""

    issuer_id: IssuerId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateNamed:
    """The template that was made or changed."""

    id: TemplateId


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoStored:
    """A stored logo: put `digest` and `media_type` into a template."""

    digest: str
    media_type: str
    size: int


@needs(template_list)
async def list_templates(call: Call) -> tuple[Shown[Template], ...]:
    """The templates, by name."""
    return tuple(Template.shown(row) for row in await call.ask(template_list))


@needs(DefineTemplate)
async def define_template(call: Call, body: TemplateSent) -> Answer[TemplateNamed]:
    """Make a template."""
    design = await _with_logo(call, body)
    receipt = await call.carry_out(
        DefineTemplate(template_id=TemplateId(call.services.write.new_id()), design=design, issuer_id=body.issuer_id)
    )
    named = TemplateNamed(id=msgspec.convert(receipt.answer["template_id"], TemplateId))
    return Answer(named, replayed=receipt.replayed)


@needs(ReviseTemplate)
async def revise_template(call: Call, template_id: TemplateId, body: DesignSent) -> TemplateNamed:
    """Change a template for invoices issued from now on.

    With `If-Match` and the quoted revision you were given (`"3"`), somebody else's in between answers 412.
    """
    command = ReviseTemplate(
        template_id=template_id,
        design=await _with_logo(call, body),
        expected_revision=_expected_revision(call.headers.get("if-match", "*")),
    )
    try:
        await call.carry_out(command)
    except TemplateChanged as refusal:
        raise Declined(412, "PRECONDITION_FAILED", refusal.message) from None
    return TemplateNamed(id=template_id)


@needs(ChooseDefaultTemplate)
async def choose_default_template(call: Call, template_id: TemplateId) -> TemplateNamed:
    """Make this the one template that serves issuers without their own."""
    await call.carry_out(ChooseDefaultTemplate(template_id=template_id))
    return TemplateNamed(id=template_id)


@needs(Capability.ISSUERS_MANAGE)
async def upload_logo(call: Call, upload: bytes) -> LogoStored:
    """Store a logo: PNG, or SVG that runs, fetches and hides nothing.

    What it is, its bytes say and not its name. Of a PNG only the picture is kept: no notes, no place, nothing behind
    its end. It is drawn once before it is taken. 422 with a code such as LOGO_UNSAFE_SVG says what is wrong with it.
    """
    try:
        content = await asyncio.to_thread(kept_logo, upload)
        media_type = await try_logo(content, call.previewers())
        digest = await call.services.store.put(call.actor.tenant_id, content, media_type=media_type)
    except LogoRefused as refused:
        raise Declined(422, refused.code, refused.message, path=("logo",)) from None
    except StorageUnavailable:
        raise Declined(
            503, "STORAGE_UNAVAILABLE", "nothing can be stored right now: try again", headers={"Retry-After": "30"}
        ) from None
    return LogoStored(digest=digest, media_type=media_type, size=len(content))


def _expected_revision(said: str) -> int | None:
    if said.strip() == "*":
        return None
    found = _TAG.fullmatch(said.strip())
    if found is None:
        raise Declined(412, "PRECONDITION_FAILED", 'this is no revision of a template: it is written "3"')
    return int(found[1])


async def _with_logo(call: Call, sent: DesignSent) -> WantedTemplate:
    """The design, whose logo is there and is what it says. Asked only of those who may change some template."""
    await stored_logo(call.services, call.actor, sent.logo, sent.logo_media_type)
    return design_of(sent)


def design_of(sent: DesignSent) -> WantedTemplate:
    """The design of a body that may say more than that."""
    said = {each.name: getattr(sent, each.name) for each in msgspec.structs.fields(DesignSent)}
    return msgspec.convert(said, WantedTemplate)
