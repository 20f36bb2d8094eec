"""Whoever is erased leaves no page behind: the file goes, the books stay, and what is printed again names nobody."""

import io
from datetime import timedelta
from uuid import UUID

import pytest
from pypdf import PdfReader

from backend.documents.renderer import RendererPool
from backend.events.parts import Attachment
from backend.inline.registry import INLINE
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of
from backend.outbound.stored_document import DocumentBytes, stored_document
from backend.policies.forgetting import forget
from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.runtime.clock import TravellingClock
from backend.runtime.settings import Settings
from backend.runtime.storage import DocumentStore, StorageUnavailable
from backend.services import Services
from backend.write.debtors.erase import ErasePersonalData
from backend.write.deliveries.record import RecordDocument
from backend.write.execute import execute
from tests.given.federation import Federation
from tests.given.invoices import Issued, a_drafted_invoice, an_issued_invoice, it_was_paid
from tests.outbound.test_document_mail import services_of

# Longer than any law keeps a document.
LATER = timedelta(days=366 * 12)


async def printed(
    services: Services, pool: RendererPool, federation: Federation, invoice: Issued, known: str
) -> DocumentBytes:
    async with services.database.scope(federation.tenant_id) as connection:
        keys = PersonKeys(services.keyring, connection, federation.tenant_id)
        events = (await events_of(connection, federation.tenant_id, {invoice.invoice_id: 0}, keys))[invoice.invoice_id]
    issued = next(each.event for each in events if type(each.event).__name__ == "InvoiceIssued")
    page = await stored_document(issued, known, tenant_id=federation.tenant_id, store=services.store, pool=pool)
    if page.stored is not None:
        await execute(
            federation.write, federation.system, RecordDocument(invoice_id=invoice.invoice_id, document=page.stored)
        )
    await catch_up(services.database, services.keyring, federation.tenant_id)
    return page


async def test_the_pages_of_an_erased_person_are_deleted(
    federation: Federation, settings: Settings, clock: TravellingClock
) -> None:
    """S001-8, architecture 8: erasing deletes rendered files; other people's stay, and nothing is repeated."""
    services = services_of(federation, settings, clock)
    hers, his = await an_issued_invoice(federation), await an_issued_invoice(federation)
    async with RendererPool(processes=1) as pool:
        page, other = [await printed(services, pool, federation, each, "") for each in (hers, his)]
        await it_was_paid(federation, hers)
        assert await forget(services, federation.tenant_id) == 0
        clock.advance(LATER)
        await execute(
            federation.write, federation.system, ErasePersonalData(debtor_id=hers.debtor_id, ground="GDPR art. 17")
        )
        await catch_up(services.database, services.keyring, federation.tenant_id)
        # What is asked for before the worker came is not the stored page either.
        again = await printed(services, pool, federation, hers, page.digest)
        assert await forget(services, federation.tenant_id) == 1
        assert await forget(services, federation.tenant_id) == 0
    assert not await services.store.exists(federation.tenant_id, page.digest)
    assert await services.store.exists(federation.tenant_id, other.digest)
    text = PdfReader(io.BytesIO(again.pdf)).pages[0].extract_text()
    assert hers.number in text
    assert again.stored is None
    assert not await services.store.exists(federation.tenant_id, again.digest)


async def a_file(services: Services, federation: Federation, content: bytes) -> Attachment:
    digest = await services.store.put(federation.tenant_id, content, media_type="text/csv")
    return Attachment(name="members.csv", media_type="text/csv", digest=digest, size=len(content))


async def erase_in_time(federation: Federation, clock: TravellingClock, invoice: Issued) -> None:
    clock.advance(LATER)
    await execute(
        federation.write, federation.system, ErasePersonalData(debtor_id=invoice.debtor_id, ground="GDPR art. 17")
    )
    await catch_up(federation.write.database, federation.write.keyring, federation.tenant_id)


async def test_the_files_of_an_erased_person_are_deleted(
    federation: Federation, settings: Settings, clock: TravellingClock
) -> None:
    """S001-8: also a file of a draft; one that somebody else's invoice names stays, until that person is erased."""
    services = services_of(federation, settings, clock)
    alone, shared, drafted = [await a_file(services, federation, content) for content in (b"a;1", b"b;2", b"c;3")]
    hers = await an_issued_invoice(federation, attachments=(alone, shared))
    await a_drafted_invoice(federation, debtor_id=hers.debtor_id, attachments=(drafted,))
    his = await an_issued_invoice(federation, attachments=(shared,))
    for invoice in (hers, his):
        await it_was_paid(federation, invoice)

    async def there() -> list[bool]:
        digests = (alone.digest, shared.digest, drafted.digest)
        return [await services.store.exists(federation.tenant_id, each) for each in digests]

    await erase_in_time(federation, clock, hers)
    assert await forget(services, federation.tenant_id) == 2
    assert await there() == [False, True, False]
    inline = await compare(services.database, services.keyring, federation.tenant_id, projections=(), inline=INLINE)
    assert inline == []
    await erase_in_time(federation, clock, his)
    assert await forget(services, federation.tenant_id) == 1
    assert await there() == [False, False, False]
    assert await forget(services, federation.tenant_id) == 0


async def test_a_crash_between_erasing_and_deleting_loses_no_file(
    federation: Federation, settings: Settings, clock: TravellingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S001-8: what is to be deleted is recorded with the erasure; it is tried until it is gone."""
    services = services_of(federation, settings, clock)
    files = [await a_file(services, federation, content) for content in (b"a;1", b"b;2")]
    hers = await an_issued_invoice(federation, attachments=tuple(files))
    await it_was_paid(federation, hers)
    await erase_in_time(federation, clock, hers)
    delete = DocumentStore.delete

    async def one_then_none(store: DocumentStore, tenant_id: UUID, digest: str) -> None:
        await delete(store, tenant_id, digest)
        raise StorageUnavailable("killed")

    with monkeypatch.context() as patched:
        patched.setattr(DocumentStore, "delete", one_then_none)
        with pytest.raises(StorageUnavailable):
            await forget(services, federation.tenant_id)
    left = [await services.store.exists(federation.tenant_id, each.digest) for each in files]
    assert sorted(left) == [False, True]
    await forget(services, federation.tenant_id)
    assert not any([await services.store.exists(federation.tenant_id, each.digest) for each in files])


async def test_a_file_that_is_named_again_stays(
    federation: Federation, settings: Settings, clock: TravellingClock
) -> None:
    """The same bytes may be sent for somebody else before the worker comes."""
    services = services_of(federation, settings, clock)
    rules = await a_file(services, federation, b"rules;1")
    hers = await an_issued_invoice(federation, attachments=(rules,))
    await it_was_paid(federation, hers)
    await erase_in_time(federation, clock, hers)
    await a_drafted_invoice(federation, attachments=(rules,))
    assert await forget(services, federation.tenant_id) == 0
    assert await services.store.exists(federation.tenant_id, rules.digest)


async def test_a_page_that_was_stored_while_its_debtor_was_erased_goes_too(
    federation: Federation, settings: Settings, clock: TravellingClock
) -> None:
    """The worker may be drawing while somebody erases: the later event asks again."""
    services = services_of(federation, settings, clock)
    invoice = await an_issued_invoice(federation)
    await it_was_paid(federation, invoice)
    async with RendererPool(processes=1) as pool:
        page = await printed(services, pool, federation, await an_issued_invoice(federation), "")
    assert page.stored is not None
    clock.advance(LATER)
    await execute(
        federation.write, federation.system, ErasePersonalData(debtor_id=invoice.debtor_id, ground="GDPR art. 17")
    )
    await catch_up(services.database, services.keyring, federation.tenant_id)
    assert await forget(services, federation.tenant_id) == 0
    late = await services.store.put(federation.tenant_id, b"%PDF late", media_type="application/pdf")
    document = type(page.stored)(
        digest=late,
        size=9,
        media_type="application/pdf",
        language="sv",
        template="standard",
        template_digest="0" * 64,
        fonts_digest="0" * 64,
        renderer="test",
        fallback=False,
    )
    await execute(federation.write, federation.system, RecordDocument(invoice_id=invoice.invoice_id, document=document))
    await catch_up(services.database, services.keyring, federation.tenant_id)
    assert await forget(services, federation.tenant_id) == 1
    assert not await services.store.exists(federation.tenant_id, late)


async def test_what_the_list_of_invoices_does_not_know_yet_is_asked_about_later(
    federation: Federation, settings: Settings, clock: TravellingClock
) -> None:
    """S001-8: a read model that is behind, or halted, must not let a page of an erased person stay for ever."""
    services = services_of(federation, settings, clock)
    invoice = await an_issued_invoice(federation)
    async with RendererPool(processes=1) as pool:
        page = await printed(services, pool, federation, invoice, "")
    await it_was_paid(federation, invoice)
    await catch_up(services.database, services.keyring, federation.tenant_id)
    clock.advance(LATER)
    await execute(
        federation.write, federation.system, ErasePersonalData(debtor_id=invoice.debtor_id, ground="GDPR art. 17")
    )
    # As after a page that a busy moment has not folded: its digest is nowhere in the list.
    async with services.database.scope(federation.tenant_id) as connection:
        await connection.execute("UPDATE read_invoices SET document_digest = ''")
    assert await forget(services, federation.tenant_id) == 0
    async with services.database.scope(federation.tenant_id) as connection:
        await connection.execute("UPDATE read_invoices SET document_digest = %s", (page.digest,))
    await catch_up(services.database, services.keyring, federation.tenant_id)
    assert await forget(services, federation.tenant_id) == 1
    assert not await services.store.exists(federation.tenant_id, page.digest)
