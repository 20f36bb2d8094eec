"""The pages and files of people whose data was erased are deleted from the store: their key is gone, and so is their
name.

The journal keeps the number, the amounts and the digest; a page that is asked for again is printed without the person.
The files a person's invoices came with were written down by the erasing transaction itself, because their digests were
sealed with the key.
"""

from collections.abc import Sequence
from typing import Final

from backend.events.debtors import PersonalDataErased
from backend.events.documents import DocumentStored
from backend.inline.attachment_uses import forgotten, is_deleted
from backend.journal.codec import Recorded
from backend.journal.subscription import Subscription, consume
from backend.read.invoices.projector import NAME as INVOICES
from backend.read.projection import live
from backend.read.whole import position_of
from backend.runtime.database import Connection
from backend.runtime.logs import logger
from backend.services import Services
from backend.values.identifiers import TenantId

# A page is stored after its invoice was issued, in the worst case while its debtor was being erased.
FORGETTING: Final = Subscription(name="policy:forgetting", events=(PersonalDataErased, DocumentStored))
# Files of one look at the list of those to be deleted.
FILES: Final = 500

# The person's own pages: one that somebody else's invoice names as well would stay.
_PAGES: Final = (
    "SELECT DISTINCT i.document_digest FROM read_invoices i JOIN personal_keys k"
    " ON k.tenant_id = i.tenant_id AND k.subject_id = i.debtor_id AND k.destroyed_at IS NOT NULL"
    f" WHERE i.tenant_id = %b AND i.generation = {live('invoices')} AND i.document_digest <> ''"
    " AND (i.debtor_id = ANY(%b) OR i.invoice_id = ANY(%b)) AND NOT EXISTS (SELECT FROM read_invoices o"
    " WHERE o.tenant_id = i.tenant_id AND o.generation = i.generation AND o.document_digest = i.document_digest"
    " AND o.debtor_id <> i.debtor_id)"
)

log = logger(__name__)


async def forget(services: Services, tenant_id: TenantId) -> int:
    """Delete what erased people's pages and files left in the store; how many. Of pages no further than the list of
    invoices has come: what it does not know yet, it is asked about later.

    At least once: deleting again changes nothing. Raises `StorageUnavailable`; the checkpoint then waits.
    """

    async def look(connection: Connection, recorded: Sequence[Recorded]) -> Sequence[str]:
        # Both kinds of stream at once: a person's own, and that of an invoice.
        touched = list({each.stream_id for each in recorded})
        pages = await connection.execute(_PAGES.encode(), (tenant_id, touched, touched))
        return [row[0] for row in await pages.fetchall()]

    async def act(digest: str) -> int:
        await services.store.delete(tenant_id, digest)
        return 1

    async def known(connection: Connection) -> int:
        return await position_of(connection, INVOICES)

    deleted = await _forget_files(services, tenant_id)
    deleted += await consume(services.database, tenant_id, FORGETTING, look=look, act=act, until=known)
    if deleted:
        log.info("forgetting.deleted", files=deleted)
    return deleted


async def _forget_files(services: Services, tenant_id: TenantId) -> int:
    """The files that were written down; each stays so until it is gone. Before the checkpoint moves: if the store does
    not answer, the sweep comes again."""
    deleted = 0
    while True:
        async with services.database.scope(tenant_id) as connection:
            digests = await forgotten(connection, tenant_id, limit=FILES)
        if not digests:
            return deleted
        for digest in digests:
            await services.store.delete(tenant_id, digest)
        async with services.database.scope(tenant_id) as connection:
            await is_deleted(connection, tenant_id, digests)
        deleted += len(digests)
