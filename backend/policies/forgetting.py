"""The pages and files of people whose data was erased are deleted from the store: their key is gone, and so is their
name.

The journal keeps the number, the amounts and the digest; a page that is asked for again is printed without the person.
The files a person's invoices came with were written down by the erasing transaction itself, because their digests were
sealed with the key.
"""

from dataclasses import dataclass
from typing import Final

from backend.inline.attachment_uses import forgotten, is_deleted
from backend.read.invoices.projector import NAME as INVOICES
from backend.read.projection import live
from backend.read.whole import position_of
from backend.runtime.database import Connection
from backend.runtime.logs import logger
from backend.services import Services
from backend.values.identifiers import TenantId

CHECKPOINT: Final = "policy:forgetting"
# Events of a stretch of the journal; each person and page in it is one of them.
BATCH: Final = 500

# A page is stored after its invoice was issued, in the worst case while its debtor was being erased.
_ASKING: Final = ["personal-data-erased", "invoice-document-stored"]
_EVENTS: Final = (
    b"SELECT position, stream_id FROM journal_events WHERE tenant_id = %b AND position > %b AND position <= %b"
    b" AND type = ANY(%b)"
    b" ORDER BY position LIMIT %b"
)
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


@dataclass(frozen=True, slots=True)
class _Batch:
    """Digests to delete; all are gone when the checkpoint reads `reached`."""

    digests: tuple[str, ...]
    reached: int


async def forget(services: Services, tenant_id: TenantId) -> int:
    """Delete what erased people's pages and files left in the store; how many. Of pages no further than the list of
    invoices has come: what it does not know yet, it is asked about later.

    At least once: deleting again changes nothing. Raises `StorageUnavailable`; the checkpoint then waits.
    """
    deleted = await _forget_files(services, tenant_id)
    while (batch := await _next(services, tenant_id)) is not None:
        for digest in batch.digests:
            await services.store.delete(tenant_id, digest)
        deleted += len(batch.digests)
        async with services.database.scope(tenant_id) as connection:
            await connection.execute(
                b"UPDATE checkpoints SET position = greatest(position, %b) WHERE tenant_id = %b AND projection = %b",
                (batch.reached, tenant_id, CHECKPOINT),
            )
    if deleted:
        log.info("forgetting.deleted", files=deleted)
    return deleted


async def _forget_files(services: Services, tenant_id: TenantId) -> int:
    """The files that were written down; each stays so until it is gone. Before the checkpoint moves: if the store does
    not answer, the sweep comes again."""
    deleted = 0
    while True:
        async with services.database.scope(tenant_id) as connection:
            digests = await forgotten(connection, tenant_id, limit=BATCH)
        if not digests:
            return deleted
        for digest in digests:
            await services.store.delete(tenant_id, digest)
        async with services.database.scope(tenant_id) as connection:
            await is_deleted(connection, tenant_id, digests)
        deleted += len(digests)


async def _next(services: Services, tenant_id: TenantId) -> _Batch | None:
    """The next stretch of the journal, or `None` when all that the list of invoices knows was looked at."""
    async with services.database.scope(tenant_id) as connection:
        position, known = await _checkpoint(connection, tenant_id), await position_of(connection, INVOICES)
        if position >= known:
            return None
        found = await connection.execute(_EVENTS, (tenant_id, position, known, _ASKING, BATCH))
        asking = await found.fetchall()
        touched = list({stream for _, stream in asking})
        digests: tuple[str, ...] = ()
        if touched:
            # Both kinds of stream at once: a person's own, and that of an invoice.
            pages = await connection.execute(_PAGES.encode(), (tenant_id, touched, touched))
            digests = tuple(row[0] for row in await pages.fetchall())
        return _Batch(digests, asking[-1][0] if len(asking) == BATCH else known)


async def _checkpoint(connection: Connection, tenant_id: TenantId) -> int:
    """How far this tenant was looked at. The row is made at the first look, so that the sweep sees it lag."""
    await connection.execute(
        b"INSERT INTO checkpoints (tenant_id, projection, generation, position, live) VALUES (%b, %b, 1, 0, true)"
        b" ON CONFLICT DO NOTHING",
        (tenant_id, CHECKPOINT),
    )
    found = await connection.execute(
        b"SELECT position FROM checkpoints WHERE tenant_id = %b AND projection = %b", (tenant_id, CHECKPOINT)
    )
    row = await found.fetchone()
    assert row is not None, "the row was made just now"
    return int(row[0])
