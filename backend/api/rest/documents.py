"""The invoice on paper: its PDF, the same bytes for ever, and an accessible page beside it."""

import asyncio
from typing import Final
from uuid import UUID

from starlette.applications import Starlette

from backend.api.dispatch import record
from backend.api.rest.endpoint import Call, Declined, File, needs
from backend.api.rest.invoices import invoice_of
from backend.api.rest.reading import content_disposition
from backend.documents.html import accessible_html
from backend.documents.render import MEDIA_TYPE, chosen_for
from backend.documents.renderer import RendererPool, RenderFailed
from backend.documents.view import document_view
from backend.outbound.credit_note_document import credit_note_page
from backend.outbound.stored_document import DocumentBytes, stored_document
from backend.read.credit_notes import credit_notes
from backend.read.invoices.queries import PrintableDocument, invoice_document
from backend.runtime.logs import logger
from backend.runtime.storage import DocumentCorrupt, DocumentMissing, StorageUnavailable
from backend.services import Services
from backend.tenants.actor import system_actor
from backend.values.identifiers import CreditNoteId, InvoiceId, TenantId
from backend.write.deliveries.record import RecordDocument
from backend.write.invoices.refusals import InvoiceNotIssued
from backend.write.refusal import NotFound

HTML: Final = "text/html"
PDF: Final = MEDIA_TYPE
RETRY_AFTER_SECONDS: Final = 30
# Most pages were rendered by a worker on their way to the debtor; the web process renders the few others.
PROCESSES: Final = 1
RENDER_SECONDS: Final = 10
PREVIEW_SECONDS: Final = 5
# Waiting for the others included: who waits longer had better come back.
PATIENCE_SECONDS: Final = 30

# Only who may read the invoice now may see it again, so a stored copy is always checked; that costs no rendering.
_PRIVATE: Final = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}
# The page brings its styles and its logo along, and runs nothing.
_HTML_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none';"
    " form-action 'none'; sandbox"
)
FAILED: Final = (RenderFailed, DocumentCorrupt, DocumentMissing, StorageUnavailable, TimeoutError)

log = logger(__name__)


@needs(invoice_document)
async def invoice_pdf(call: Call, invoice_id: InvoiceId) -> File:
    """The PDF of an issued invoice, named by its number. The ETag is the SHA-256 of its bytes.

    What was e-mailed is what is downloaded. A page nobody has asked for yet is rendered now, and kept from then on.
    """
    found = await _document_of(call, invoice_id)
    headers = _PRIVATE | {"Content-Disposition": content_disposition("inline", f"{found.issued.number}.pdf")}
    # Of somebody who was erased a stored page is good no longer, wherever it was kept.
    if found.digest and found.issued.debtor is not None and _known(call, found.digest):
        return File(content=b"", media_type=PDF, status=304, headers=headers | {"ETag": f'"{found.digest}"'})
    try:
        page = await printed(call.services, call.renderers(), call.actor.tenant_id, found)
    except FAILED as failed:
        raise _unavailable(invoice_id, failed) from None
    return File(content=page.pdf, media_type=PDF, headers=headers | {"ETag": f'"{page.digest}"'})


@needs(credit_notes)
async def credit_note_pdf(call: Call, credit_note_id: CreditNoteId) -> File:
    """The PDF of a credit note, named by its number: in the debtor's language, with the invoice it takes back."""
    if not (await call.ask(credit_notes, credit_note_id=credit_note_id)).items:
        raise NotFound("there is no such credit note")
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            page = await credit_note_page(call.services, call.renderers(), call.actor.tenant_id, credit_note_id)
    except FAILED as failed:
        raise _unavailable(credit_note_id, failed) from None
    headers = _PRIVATE | {"Content-Disposition": content_disposition("inline", f"{page.number}.pdf")}
    return File(content=page.pdf, media_type=PDF, headers=headers | {"ETag": f'"{page.digest}"'})


async def printed(
    services: Services, pool: RendererPool, tenant_id: TenantId, found: PrintableDocument
) -> DocumentBytes:
    """The stored page of an invoice, rendered and recorded now if nobody asked before. Raises one of `FAILED`."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        page = await stored_document(found.issued, found.digest, tenant_id=tenant_id, store=services.store, pool=pool)
    if page.stored is not None:
        # That somebody looked at an invoice needs no right beyond reading; that its page exists now is our own doing.
        await record(
            services,
            system_actor(tenant_id, "documents"),
            RecordDocument(invoice_id=found.issued.invoice_id, document=page.stored),
        )
    return page


@needs(invoice_document)
async def invoice_html(call: Call, invoice_id: InvoiceId) -> File:
    """The same invoice as an accessible page: landmarks, headings, table headers, language."""
    found = await _document_of(call, invoice_id)
    logo = found.issued.issuer.template.logo
    try:
        picture = await call.services.store.get(call.actor.tenant_id, logo) if logo else None
    except FAILED as failed:
        raise _unavailable(invoice_id, failed) from None
    page = await asyncio.to_thread(_page, found, picture)
    return File(
        content=page.encode(),
        media_type=f"{HTML}; charset=utf-8",
        headers=_PRIVATE | {"Content-Security-Policy": _HTML_POLICY, "Content-Language": found.issued.language},
    )


def renderers(app: Starlette) -> RendererPool:
    """The pool of this process, made when the first page is asked for."""
    return _pool(app, "renderers", seconds=RENDER_SECONDS)


def previewers(app: Starlette) -> RendererPool:
    """A pool of its own for what somebody only plays with: it never holds up a document somebody waits for."""
    return _pool(app, "previewers", seconds=PREVIEW_SECONDS)


async def close_renderers(app: Starlette) -> None:
    """End the pools, if there ever were any. For the end of the application's life."""
    for name in ("renderers", "previewers"):
        if hasattr(app.state, name):
            await getattr(app.state, name).close()
            delattr(app.state, name)


def _pool(app: Starlette, name: str, *, seconds: float) -> RendererPool:
    if not hasattr(app.state, name):
        setattr(app.state, name, RendererPool(processes=PROCESSES, timeout_seconds=seconds))
    pool: RendererPool = getattr(app.state, name)
    return pool


async def _document_of(call: Call, invoice_id: InvoiceId) -> PrintableDocument:
    found = await call.ask(invoice_document, invoice_id=invoice_id)
    if found is None:
        # Raises when there is none at all; otherwise it is a draft, or from before our time.
        await invoice_of(call, invoice_id)
        raise InvoiceNotIssued("there is no document before the invoice is issued")
    return found


def _page(found: PrintableDocument, picture: bytes | None) -> str:
    chosen = chosen_for(found.issued)
    return accessible_html(document_view(found.issued, logo=picture, language=chosen.language), chosen)


def _known(call: Call, digest: str) -> bool:
    return f'"{digest}"' in call.headers.get("if-none-match", "")


def _unavailable(document_id: UUID, failed: Exception) -> Declined:
    log.error("rest.no_document", document_id=str(document_id), reason=f"{type(failed).__name__}: {failed}")
    return Declined(
        503,
        "DOCUMENT_UNAVAILABLE",
        "the document cannot be made right now: try again",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )
