"""What `carreau verify` does to one tenant: its journal, its stored documents, its read models."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Final

from backend.events.documents import DocumentStored
from backend.inbound.inbox import forgotten_messages
from backend.journal.checks.finding import Finding
from backend.journal.keys import PersonKeys
from backend.journal.verify import Progress, verify_journal
from backend.read.compare import compare
from backend.runtime.storage import DocumentCorrupt, DocumentMissing

if TYPE_CHECKING:
    from backend.journal.codec import Recorded
    from backend.journal.signing import Checkpoint
    from backend.services import Services
    from backend.values.identifiers import TenantId

# Documents that are read and hashed at once.
AT_ONCE: Final = 8


async def verify_tenant(
    services: Services,
    tenant_id: TenantId,
    *,
    progress: Progress | None = None,
    kept: tuple[Checkpoint, ...] = (),
    trusted: str = "",
    models: bool = True,
) -> AsyncIterator[Finding]:
    """Everything that is wrong with a tenant, as it is met."""
    journal = verify_journal(
        services.database,
        services.keyring,
        tenant_id,
        progress=progress,
        kept=kept,
        trusted=trusted,
        look=lambda events: _documents(services, tenant_id, events),
    )
    async for finding in journal:
        yield finding
    async with services.database.scope(tenant_id) as connection:
        for finding in await forgotten_messages(connection, tenant_id, at=services.clock.now()):
            yield finding
    if models:
        for finding in await _models(services, tenant_id):
            yield finding


async def _documents(services: Services, tenant_id: TenantId, events: Sequence[Recorded]) -> list[Finding]:
    """Stored pages that are missing, or are not what their digest says."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def look(position: int, event: DocumentStored) -> Finding | None:
        async with gate:
            try:
                await services.store.get(tenant_id, event.digest)
                return None
            except (DocumentMissing, DocumentCorrupt) as error:
                wrong = "missing" if isinstance(error, DocumentMissing) else "other bytes"
        if wrong == "missing" and await _erased(services, tenant_id, event):
            return None
        return Finding(
            check="documents",
            position=position,
            subject=f"{event.document.kind.replace('_', ' ')} {event.document.number}",
            expected=f"the page {event.digest}",
            found=wrong,
        )

    stored = ((each.position, each.event) for each in events if isinstance(each.event, DocumentStored))
    looked = await asyncio.gather(*(look(position, event) for position, event in stored))
    return [finding for finding in looked if finding is not None]


async def _erased(services: Services, tenant_id: TenantId, event: DocumentStored) -> bool:
    """Whether the page is gone because its debtor was erased, as it must be then."""
    async with services.database.scope(tenant_id) as connection:
        keys = PersonKeys(services.keyring, connection, tenant_id)
        await keys.fetch((event.debtor_id,))
        return keys(event.debtor_id) is None


async def _models(services: Services, tenant_id: TenantId) -> list[Finding]:
    try:
        differences = await compare(services.database, services.keyring, tenant_id)
    except Exception as error:
        # A rebuild that fails is a finding like any other, and the other tenants are still to be verified.
        return [
            Finding(
                check="read models",
                position=None,
                subject="rebuild",
                expected="the rows of a rebuild",
                found=f"{type(error).__name__}: it cannot be made",
            )
        ]
    expected = {"missing": "this row", "unexpected": "no such row", "halted": "to follow the journal"}
    return [
        Finding(
            check="read models",
            position=None,
            subject=f"{each.projection} ({each.table})",
            expected=expected[each.kind],
            found=f"{each.kind}: {each.row}",
        )
        for each in differences
    ]
