"""What the debtor would get: a template that is not saved, drawn in one language, marked, and forgotten at once."""

import asyncio
from typing import Annotated, Any, Final, Literal

from msgspec import Meta

from backend.api.problems import Fault, Malformed
from backend.api.rest.endpoint import Call, Declined, File, needs
from backend.api.rest.preview_turns import PreviewTurns
from backend.api.rest.reading import Query, content_disposition
from backend.api.rest.templates import DesignSent, design_of
from backend.api.template_drafts import sample_issuer, stored_logo
from backend.documents.preview import Preview, preview_of
from backend.documents.renderer import RenderFailed
from backend.read.invoices.queries import invoice_document
from backend.runtime.logs import logger
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId, IssuerId
from backend.values.languages import ISO_639_1
from backend.write.issuers.templates import unsaved_template
from backend.write.refusal import NotFound

PDF: Final = "application/pdf"
PNG: Final = "image/png"
# Colours, a digest, and three texts in at most twenty languages.
MAX_PREVIEW_BODY: Final = 256 * 1024
MAX_PAGE: Final = 200
MAX_DOTS: Final = 220
PATIENCE_SECONDS: Final = 15

# Whoever may ask may see the answer, once: it is no document and is kept nowhere.
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}

log = logger(__name__)
_turns: Final = PreviewTurns()


class PreviewQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which issuer; with `invoice_id` that issued invoice of theirs, otherwise a sample. A whole PDF, or one page
    (the last one where there are fewer) as a picture with so many dots an inch."""

    issuer_id: IssuerId
    invoice_id: InvoiceId | None = None
    format: Literal["pdf", "png"] = "pdf"
    page: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 1
    dots: Annotated[int, Meta(ge=48, le=MAX_DOTS)] = 110


class TemplatePreviewSent(DesignSent, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A design as it stands in a form, and the reader's language (ISO 639-1)."""

    language: Annotated[str, Meta(max_length=2)]


@needs(Capability.ISSUERS_MANAGE)
async def preview_template(call: Call, query: PreviewQuery, body: TemplatePreviewSent) -> File:
    """What the debtor would get from a template that is not saved, in one language.

    Every page is marked as a preview, takes no number, and pays nothing: its QR code says so. Nothing is stored.
    `Preview-Pages` tells how many pages there are. At most 120 a minute; 429 and 503 say when to try again.
    """
    if body.language not in ISO_639_1:
        raise Malformed(Fault(detail="this is not an ISO 639-1 language, such as sv or fr", path=("language",)))
    with _turns.turn(call.actor.principal, call.services.clock.now()):
        preview = await _preview(call, query, body)
        headers = _HEADERS | {"Content-Language": preview.view.language}
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await _drawn(call, query, preview, headers)
        except (RenderFailed, TimeoutError) as failed:
            log.warning("template.no_preview", reason=f"{type(failed).__name__}: {failed}")
            raise Declined(
                503,
                "PREVIEW_UNAVAILABLE",
                "the preview cannot be drawn right now: try again",
                headers={"Retry-After": "5"},
            ) from None


async def _preview(call: Call, query: PreviewQuery, body: TemplatePreviewSent) -> Preview:
    wanted = design_of(body)
    issuer = await sample_issuer(call.services, call.actor, query.issuer_id, wanted)
    design = unsaved_template(wanted)
    logo = await stored_logo(call.services, call.actor, design.logo, design.logo_media_type)
    shown: Any = issuer
    if query.invoice_id is not None:
        found = await call.ask(invoice_document, invoice_id=query.invoice_id)
        if found is None or found.issued.issuer.issuer_id != query.issuer_id:
            raise NotFound("this issuer has issued no such invoice")
        shown = found.issued
    return await asyncio.to_thread(preview_of, design, body.language, of=shown, logo=logo)


async def _drawn(call: Call, query: PreviewQuery, preview: Preview, headers: dict[str, str]) -> File:
    pool = call.previewers()
    if query.format == "pdf":
        named = {"Content-Disposition": content_disposition("inline", "preview.pdf")}
        return File(content=await preview.pdf(pool), media_type=PDF, headers=headers | named)
    picture = await preview.picture(pool, page=query.page, dots=query.dots)
    counted = {"Preview-Page": str(picture.page), "Preview-Pages": str(picture.pages)}
    return File(content=picture.png, media_type=PNG, headers=headers | counted)
