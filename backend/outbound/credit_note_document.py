"""The page of a credit note: printed from its event whenever somebody asks, the same bytes each time, and never stored.
So nothing of it has to be found and deleted when its debtor is erased."""

from dataclasses import dataclass
from hashlib import sha256

from backend.documents.render import render
from backend.documents.renderer import RendererPool
from backend.events.credit_notes import CreditNoteIssued
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of
from backend.runtime.telemetry import MISSING_GLYPHS
from backend.services import Services
from backend.values.identifiers import CreditNoteId, TenantId


@dataclass(frozen=True, slots=True)
class CreditNotePage:
    """The PDF of one credit note."""

    number: str
    pdf: bytes
    digest: str


async def credit_note_page(
    services: Services, pool: RendererPool, tenant_id: TenantId, credit_note_id: CreditNoteId
) -> CreditNotePage:
    """The page of a credit note that exists. Raises `RenderFailed`, `DocumentCorrupt` or `StorageUnavailable`."""
    async with services.database.scope(tenant_id) as connection:
        keys = PersonKeys(services.keyring, connection, tenant_id)
        found = await events_of(connection, tenant_id, {credit_note_id: 0}, keys)
    event = next(each.event for each in found[credit_note_id] if isinstance(each.event, CreditNoteIssued))
    logo = event.issuer.template.logo
    made = await render(
        event,
        pool=pool,
        logo=await services.store.get(tenant_id, logo) if logo else None,
        on_missing_glyphs=lambda characters: MISSING_GLYPHS.inc(),
    )
    return CreditNotePage(number=event.number, pdf=made.pdf, digest=sha256(made.pdf).hexdigest())
