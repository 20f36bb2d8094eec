"""The stored page of an invoice: rendered once, kept under its digest, the same bytes for ever after."""

from dataclasses import dataclass
from hashlib import sha256

from backend.documents.render import MEDIA_TYPE, render
from backend.documents.renderer import RendererPool
from backend.events.invoices import InvoiceIssued
from backend.runtime.storage import DocumentStore
from backend.runtime.telemetry import MISSING_GLYPHS
from backend.values.identifiers import TenantId
from backend.write.deliveries.record import StoredDocument


@dataclass(frozen=True, slots=True)
class DocumentBytes:
    """The PDF, and what is to be recorded about it if it was rendered just now."""

    pdf: bytes
    digest: str
    stored: StoredDocument | None


async def stored_document(
    issued: InvoiceIssued, known_digest: str, *, tenant_id: TenantId, store: DocumentStore, pool: RendererPool
) -> DocumentBytes:
    """The page of an issued invoice: the stored bytes where there are any, else rendered and stored.

    Of somebody who was erased it is printed without them, and never kept: the stored page names them until it is gone.
    Raises `RenderFailed`, `DocumentCorrupt` or `StorageUnavailable`.
    """
    if known_digest and issued.debtor is not None:
        return DocumentBytes(await store.get(tenant_id, known_digest), known_digest, None)
    logo = issued.issuer.template.logo
    made = await render(
        issued,
        pool=pool,
        logo=await store.get(tenant_id, logo) if logo else None,
        on_missing_glyphs=lambda characters: MISSING_GLYPHS.inc(),
    )
    if issued.debtor is None:
        return DocumentBytes(made.pdf, sha256(made.pdf).hexdigest(), None)
    digest = await store.put(tenant_id, made.pdf, media_type=MEDIA_TYPE)
    return DocumentBytes(
        made.pdf,
        digest,
        StoredDocument(
            digest=digest,
            size=len(made.pdf),
            media_type=MEDIA_TYPE,
            language=made.language,
            template=made.template,
            template_digest=made.template_digest,
            fonts_digest=made.fonts_digest,
            renderer=made.renderer,
            fallback=made.fallback,
        ),
    )
