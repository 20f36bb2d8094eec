"""Mail that brings a document: rendered once, sent with the files that go with it, recorded in the journal."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from backend.documents.mail import invoice_mail
from backend.documents.renderer import RendererPool, RenderFailed
from backend.events.deliveries import DeliveryQueued
from backend.inline.outbound_work import DOCUMENT_MAIL
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of
from backend.outbound.claims import Claim
from backend.outbound.mail import Attachment, Mail
from backend.outbound.mailing import hand_over
from backend.outbound.smtp import SmtpPool
from backend.outbound.stored_document import DocumentBytes, stored_document
from backend.outbound.work import Never, NotNow, Outcome, Report, tell_fault
from backend.rules.email_address import is_address
from backend.runtime.logs import logger
from backend.runtime.storage import DocumentCorrupt, DocumentMissing, StorageUnavailable
from backend.services import Services
from backend.tenants.actor import system_actor
from backend.tenants.invoice_links import InvoiceLink, expiry, link_url, token_of
from backend.values.identifiers import DeliveryId, InvoiceId, TenantId
from backend.write.deliveries.record import Dispatch, RecordDispatches
from backend.write.execute import execute
from backend.write.states.invoice import INVOICE, IssuedState

NOBODY: Final = Never("the debtor's address was erased")

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The events behind a claim: what was asked for and when, and the document as it is now."""

    claim: Claim
    queued: DeliveryQueued
    queued_at: datetime
    invoice: IssuedState


@dataclass(frozen=True, slots=True)
class Ready:
    """A document on its way: what was asked for, its bytes, and the files that go with it."""

    asked: _Asked
    document: DocumentBytes
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class DocumentMail:
    """The sender of documents by e-mail."""

    services: Services
    smtp: SmtpPool
    renderers: RendererPool
    kinds: frozenset[str] = frozenset({DOCUMENT_MAIL})

    async def prepare(self, tenant_id: TenantId, claims: Sequence[Claim]) -> Mapping[UUID, Ready | NotNow | Never]:
        asked = await self._asked(tenant_id, claims)
        ready = await asyncio.gather(*(self._ready(tenant_id, each) for each in asked))
        return {each.claim.work_id: made for each, made in zip(asked, ready, strict=True)}

    async def attempt(self, tenant_id: TenantId, prepared: Ready) -> Outcome:
        return await hand_over(self.smtp, self._mail(tenant_id, prepared), date=prepared.asked.queued_at)

    async def record(self, tenant_id: TenantId, reports: Sequence[Report[Ready]]) -> None:
        command = RecordDispatches(dispatches=tuple(_recorded(report) for report in reports))
        await execute(self.services.write, system_actor(tenant_id, "deliveries"), command)

    async def _asked(self, tenant_id: TenantId, claims: Sequence[Claim]) -> list[_Asked]:
        """The events behind the claims, in one round trip."""
        streams = {stream: 0 for claim in claims for stream in (claim.work_id, claim.subject)}
        async with self.services.database.scope(tenant_id) as connection:
            keys = PersonKeys(self.services.keyring, connection, tenant_id)
            found = await events_of(connection, tenant_id, streams, keys)
        asked = []
        for claim in claims:
            invoice = INVOICE.fold(recorded.event for recorded in found[claim.subject])
            assert isinstance(invoice, IssuedState), "only what was issued is sent"
            first = found[claim.work_id][0]
            asked.append(_Asked(claim, first.event, first.at, invoice))
        return asked

    async def _ready(self, tenant_id: TenantId, asked: _Asked) -> Ready | NotNow | Never:
        if asked.invoice.cancelled:
            return Never("the invoice was cancelled before it was sent")
        if not asked.queued.to_address or asked.invoice.event.debtor is None:
            return NOBODY
        store, issued = self.services.store, asked.invoice.event
        try:
            document = await stored_document(
                issued, asked.invoice.document, tenant_id=tenant_id, store=store, pool=self.renderers
            )
            # They are small enough together: drafting saw to that.
            files = [
                Attachment(
                    filename=each.name, media_type=each.media_type, content=await store.get(tenant_id, each.digest)
                )
                for each in issued.attachments or ()
            ]
            return Ready(asked, document, tuple(files))
        except (RenderFailed, DocumentCorrupt, DocumentMissing, StorageUnavailable) as failed:
            tell_fault("outbound.no_document", failed, tenant_id, asked.claim)
            return NotNow(f"{type(failed).__name__}: {failed}")
        except Exception as fault:
            # Ours, and about this document alone: the others of the batch must go out.
            tell_fault("outbound.document_fault", fault, tenant_id, asked.claim)
            return NotNow(f"a fault of ours: {type(fault).__name__}")

    def _mail(self, tenant_id: TenantId, ready: Ready) -> Mail:
        issued, queued = ready.asked.invoice.event, ready.asked.queued
        identity = issued.issuer.identity
        written = invoice_mail(issued, link=self._link(tenant_id, ready.asked))
        assert issued.debtor is not None
        assert queued.to_address is not None
        return Mail(
            message_id=queued.message_id,
            from_name=written.from_name,
            from_address=f"invoices@{self.services.settings.sender_domain}",
            reply_to=identity.email if is_address(identity.email) else None,
            to_address=queued.to_address,
            to_name=issued.debtor.name,
            subject=written.subject,
            text=written.text,
            html=written.html,
            language=written.language,
            attachments=(
                Attachment(filename=f"{issued.number}.pdf", media_type="application/pdf", content=ready.document.pdf),
                *ready.files,
            ),
        )

    def _link(self, tenant_id: TenantId, asked: _Asked) -> str:
        """The address that opens the invoice: the same for every attempt of this delivery."""
        link = InvoiceLink(
            tenant_id=tenant_id,
            invoice_id=asked.invoice.event.invoice_id,
            generation=asked.invoice.link_generation,
            expires_at=expiry(asked.invoice.event.due_on, asked.queued_at),
        )
        return link_url(self.services.settings.public_url, token_of(self.services.keyring, "link", link))


def _recorded(report: Report[Ready]) -> Dispatch:
    document = report.prepared.document if report.prepared else None
    return Dispatch(
        delivery_id=DeliveryId(report.claim.work_id),
        invoice_id=InvoiceId(report.claim.subject),
        attempt=report.claim.attempt,
        outcome=report.ended,
        reply=report.reply,
        code=report.code,
        kind=report.kind.value if report.kind else "",
        next_at=report.next_at,
        document_digest=document.digest if document else "",
        document=document.stored if document else None,
    )
