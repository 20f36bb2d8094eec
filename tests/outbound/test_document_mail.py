"""A batch of due dispatches from claim to record, on real PostgreSQL and a mail server that misbehaves."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from redis.asyncio import Redis

from backend.documents.mail import WrittenMail, invoice_mail
from backend.documents.renderer import RendererPool
from backend.events.deliveries import DeliverySent, DeliveryUnknown
from backend.events.invoices import InvoiceIssued
from backend.events.parts import Attachment
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of
from backend.outbound import mailing
from backend.outbound.claims import LEASE
from backend.outbound.mailing import without_addresses
from backend.outbound.senders import document_mail
from backend.outbound.senders.document_mail import DocumentMail
from backend.outbound.smtp import MAX_CONNECTIONS, SmtpPool, SmtpSettings, send
from backend.outbound.stored_document import DocumentBytes, stored_document
from backend.outbound.work import send_due
from backend.runtime.clock import TravellingClock
from backend.runtime.doorbell import Doorbell
from backend.runtime.settings import Settings
from backend.runtime.storage import DocumentStore
from backend.services import Services
from backend.values.identifiers import InvoiceId, TenantId, derived_id
from tests.given.federation import Federation
from tests.given.invoices import an_issued_invoice
from tests.given.smtp_faults import smtp_that


def services_of(federation: Federation, settings: Settings, clock: TravellingClock) -> Services:
    write = federation.write
    return Services(
        settings=settings,
        database=write.database,
        keyring=write.keyring,
        clock=clock,
        write=write,
        store=DocumentStore.from_url("memory:///"),
        doorbell=Doorbell(Redis.from_url(settings.redis_url)),
    )


async def mail_due(services: Services, smtp: SmtpPool, renderers: RendererPool, tenant_id: TenantId) -> int:
    """One batch of the documents that are due."""
    return await send_due(services, [DocumentMail(services, smtp, renderers)], tenant_id)


async def outcomes_of(federation: Federation, invoices: Sequence[InvoiceId]) -> list[list[type]]:
    """What was recorded of each delivery after it was queued."""
    streams = [derived_id(invoice, "delivery") for invoice in invoices]
    async with federation.write.database.scope(federation.tenant_id) as connection:
        keys = PersonKeys(federation.write.keyring, connection, federation.tenant_id)
        found = await events_of(connection, federation.tenant_id, dict.fromkeys(streams, 0), keys)
    return [[type(recorded.event) for recorded in found[stream][1:]] for stream in streams]


async def test_one_faulty_mail_stops_no_other(
    federation: Federation, settings: Settings, clock: TravellingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I06, I13, C49: a fault of ours in one page or one mail is recorded, and its neighbours go out exactly once."""
    issued = [(await an_issued_invoice(federation, deliver=True)).invoice_id for _ in range(4)]

    async def faulty_page(invoice: InvoiceIssued, *said: Any, **named: Any) -> DocumentBytes:
        if invoice.invoice_id == issued[0]:
            raise KeyError("a bug in a template")
        return await stored_document(invoice, *said, **named)

    def faulty_mail(invoice: InvoiceIssued, *, link: str) -> WrittenMail:
        if invoice.invoice_id == issued[1]:
            raise KeyError("a bug in a letter")
        return invoice_mail(invoice, link=link)

    monkeypatch.setattr(document_mail, "stored_document", faulty_page)
    monkeypatch.setattr(document_mail, "invoice_mail", faulty_mail)
    services = services_of(federation, settings, clock)
    async with (
        smtp_that() as server,
        SmtpPool(SmtpSettings.from_url(server.url)) as smtp,
        RendererPool(processes=1) as renderers,
    ):
        assert await mail_due(services, smtp, renderers, federation.tenant_id) == 4
        assert len(server.stored) == 2
    recorded = await outcomes_of(federation, issued)
    assert [kinds[-1] for kinds in recorded[1:]] == [DeliveryUnknown, DeliverySent, DeliverySent]
    assert len(recorded[0]) == 1


async def test_a_mail_that_only_waited_keeps_its_one_further_copy(
    federation: Federation, settings: Settings, clock: TravellingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F04, F22, I06: a worker killed amid a batch leaves in doubt what it was sending, and nothing else."""
    issued = [(await an_issued_invoice(federation, deliver=True)).invoice_id for _ in range(8)]

    async def for_ever(*_: object) -> None:
        await asyncio.sleep(60)

    services = services_of(federation, settings, clock)
    async with smtp_that() as server, RendererPool(processes=1) as renderers:
        pool = SmtpPool(SmtpSettings.from_url(server.url))
        monkeypatch.setattr(mailing, "send", for_ever)
        # Cancelled in the middle of sending stands for `kill -9`: nothing of it is recorded.
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3):
                await mail_due(services, pool, renderers, federation.tenant_id)
        monkeypatch.setattr(mailing, "send", send)
        clock.travel_to(clock.now() + LEASE + timedelta(seconds=1))
        async with pool:
            await mail_due(services, pool, renderers, federation.tenant_id)
    kinds = [each[-1] for each in await outcomes_of(federation, issued)]
    assert (kinds.count(DeliveryUnknown), kinds.count(DeliverySent)) == (MAX_CONNECTIONS, 8 - MAX_CONNECTIONS)


def test_the_journal_keeps_no_address_of_a_bounce() -> None:
    """C48: what a server says is free text, names the recipient, and could never be erased."""
    assert without_addresses("550 5.1.1 <anna@klubb.example>: unknown") == "550 5.1.1 <…>: unknown"
    assert without_addresses("no mailbox anna.ö@klubb.example.") == "no mailbox …"


async def test_the_files_of_an_invoice_travel_with_it(
    federation: Federation, settings: Settings, clock: TravellingClock
) -> None:
    """Issue 2 items 6 and 7: the PDF first, then what was attached to the draft, byte for byte."""
    services, rules = services_of(federation, settings, clock), b"%PDF-1.7\nStadgar"
    digest = await services.store.put(federation.tenant_id, rules, media_type="application/pdf")
    attached = Attachment(name="stadgar.pdf", media_type="application/pdf", digest=digest, size=len(rules))
    issued = await an_issued_invoice(federation, deliver=True, attachments=(attached,))
    async with (
        smtp_that() as server,
        SmtpPool(SmtpSettings.from_url(server.url)) as smtp,
        RendererPool(processes=1) as renderers,
    ):
        assert await mail_due(services, smtp, renderers, federation.tenant_id) == 1
        (mail,) = server.stored
    assert (await outcomes_of(federation, [issued.invoice_id]))[0] == [DeliverySent]
    parts = list(message_from_bytes(bytes(mail), policy=default).iter_attachments())  # type: ignore[attr-defined]
    assert [part.get_filename() for part in parts] == [f"{issued.number}.pdf", "stadgar.pdf"]
    assert parts[1].get_content() == rules
