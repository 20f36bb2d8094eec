"""Whether the files a draft names are there and are what it says. Asked at the edge: the write side holds a lock, and
the store is slow."""

from collections.abc import Sequence

from backend.rules.attachments import MAX_ATTACHMENTS, MAX_TOTAL_BYTES, AttachmentRefused, media_type_of
from backend.runtime.storage import DocumentCorrupt, DocumentMissing, NotADigest
from backend.services import Services
from backend.tenants.actor import Actor
from backend.values.why import Why
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
            raise InvalidValue(Why.FILE_UNKNOWN, path=("attachments", index, "digest")) from None
        if len(content) != each.size:
            raise InvalidValue(Why.FILE_OF_ANOTHER_SIZE, path=("attachments", index, "size"))
        try:
            media_type = media_type_of(content)
        except AttachmentRefused as refused:
            raise InvalidValue.by_rule(refused, path=("attachments", index, "digest")) from None
        if media_type != each.media_type:
            raise InvalidValue(Why.FILE_OF_ANOTHER_KIND, path=("attachments", index, "mediaType"))
