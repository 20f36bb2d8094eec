"""Files that go with invoices: uploaded once, named by drafts, downloaded by whoever may see the invoice."""

from dataclasses import dataclass
from typing import Annotated, Final

from msgspec import Meta

from backend.api.rest.endpoint import Call, Declined, File, needs
from backend.api.rest.invoices import invoice_of
from backend.api.rest.reading import Query, content_disposition
from backend.rules.attachments import ENDINGS, MAX_FILE_BYTES, MAX_NAME, AttachmentRefused, checked_name, media_type_of
from backend.runtime.storage import DocumentCorrupt, DocumentMissing, StorageUnavailable
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId
from backend.write.refusal import NotFound

# A byte more than a file may have is read, so that the rule can say what is wrong.
MAX_ATTACHMENT_BODY: Final = MAX_FILE_BYTES + 64 * 1024
MEDIA_TYPES: Final = tuple(ENDINGS)
ATTACHMENT_TYPES: Final = (*MEDIA_TYPES, "text/plain", "application/vnd.ms-excel", "application/octet-stream")

_HEADERS: Final = {
    "Cache-Control": "private, no-cache",
    "Vary": "Authorization",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}

FileDigest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 in hexadecimal")]


class AttachmentQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the file is called where it arrives; its ending fits what it is."""

    name: Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentStored:
    """A stored file: put all four into the `attachments` of a draft."""

    name: str
    media_type: str
    digest: str
    size: int


@needs(Capability.INVOICES_DRAFT)
async def upload_attachment(call: Call, query: AttachmentQuery, upload: bytes) -> AttachmentStored:
    """Store a file that will go with an invoice: PDF, PNG, JPEG or CSV in UTF-8, at most 10 MB.

    What it is, its bytes say and not its name. 422 with a code such as ATTACHMENT_UNKNOWN_KIND says what is wrong.
    """
    try:
        media_type = media_type_of(upload)
        name = checked_name(query.name, media_type)
        digest = await call.services.store.put(call.actor.tenant_id, upload, media_type=media_type)
    except AttachmentRefused as refused:
        raise Declined(422, refused.why.name, str(refused)) from None
    except StorageUnavailable:
        raise _unavailable() from None
    return AttachmentStored(name=name, media_type=media_type, digest=digest, size=len(upload))


@needs(Capability.INVOICES_READ)
async def invoice_attachment(call: Call, invoice_id: InvoiceId, digest: FileDigest) -> File:
    """A file that goes with an invoice, for whoever may see the invoice."""
    found = await invoice_of(call, invoice_id)
    named = next((each for each in found.attachments if each.digest == digest), None)
    if named is None:
        raise NotFound("this invoice has no such attachment")
    try:
        content = await call.services.store.get(call.actor.tenant_id, digest)
    except (DocumentMissing, DocumentCorrupt, StorageUnavailable):
        raise _unavailable() from None
    headers = {"Content-Disposition": content_disposition("attachment", named.name), "ETag": f'"{digest}"'}
    return File(content=content, media_type=named.media_type, headers=_HEADERS | headers)


def _unavailable() -> Declined:
    return Declined(
        503, "STORAGE_UNAVAILABLE", "files cannot be stored or read right now: try again", headers={"Retry-After": "30"}
    )
