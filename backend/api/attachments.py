"""Whether the files a draft names are there and are what it says. Asked at the edge: the write side holds a lock, and
the store is slow."""

from collections.abc import Sequence

from backend.rules.attachments import MAX_ATTACHMENTS, MAX_TOTAL_BYTES, AttachmentRefused, media_type_of
from backend.runtime.storage import DocumentCorrupt, DocumentMissing, NotADigest
from backend.services import Services
from backend.tenants.actor import Actor
from backend.write.invoices.draft import Attachment
from backend.write.refusal import InvalidValue


async def check_stored(services: Services, actor: Actor, attachments: Sequence[Attachment]) -> None:
    """Raises `InvalidValue` for a file the tenant's store lacks, or one that is not what the draft says it is.

    What is too many or too large is not looked at: the write side says so.
    """
    if len(attachments) > MAX_ATTACHMENTS or sum(each.size for each in attachments) > MAX_TOTAL_BYTES:
        return
    for index, each in enumerate(attachments):
        try:
            content = await services.store.get(actor.tenant_id, each.digest)
        except (NotADigest, DocumentMissing, DocumentCorrupt):
            raise InvalidValue(
                "there is no such file here: upload it first", path=("attachments", index, "digest")
            ) from None
        if len(content) != each.size:
            raise InvalidValue("the stored file has another size", path=("attachments", index, "size"))
        try:
            media_type = media_type_of(content)
        except AttachmentRefused as refused:
            raise InvalidValue(refused.message, path=("attachments", index, "digest")) from None
        if media_type != each.media_type:
            raise InvalidValue("the stored file is of another kind", path=("attachments", index, "mediaType"))
