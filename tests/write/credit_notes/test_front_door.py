"""Cancelling through `execute`, on real PostgreSQL."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from backend.inline.open_receivables import open_receivables_of
from backend.runtime.clock import TravellingClock
from backend.tenants.actor import Actor, Reach
from backend.tenants.capabilities import Capability
from backend.values.identifiers import CreditNoteId
from backend.write.credit_notes import CancelInvoice
from backend.write.execute import execute
from backend.write.invoices.refusals import InvoiceIsCancelled, InvoiceNotIssued
from backend.write.refusal import NotFound
from tests.given.federation import Federation
from tests.given.invoices import Issued, a_drafted_invoice, an_issued_invoice, it_was_cancelled, it_was_paid


async def test_a_cancelled_invoice_is_owed_no_more(federation: Federation) -> None:
    """Issue 2, item 9: cancelling with a reason clears a debt."""
    invoice = await an_issued_invoice(federation)
    receipt = await it_was_cancelled(federation, invoice)
    assert receipt.answer["number"] == "CN-2026-000001"
    assert receipt.answer["applied_minor"] == invoice.total_minor
    async with federation.write.database.scope(federation.tenant_id) as connection:
        owed = await open_receivables_of(connection, federation.tenant_id, 1, (invoice.debtor_id,))
    assert owed[invoice.debtor_id] == []
    with pytest.raises(InvoiceIsCancelled):
        await it_was_cancelled(federation, invoice)


async def test_a_paid_invoice_leaves_a_credit(federation: Federation) -> None:
    """X10: nothing is applied where nothing is open."""
    invoice = await an_issued_invoice(federation)
    await it_was_paid(federation, invoice, 20_000)
    receipt = await it_was_cancelled(federation, invoice)
    assert (receipt.answer["applied_minor"], receipt.answer["total_minor"]) == (30_000, 50_000)


async def test_the_number_is_that_of_the_issuers_year(federation: Federation, clock: TravellingClock) -> None:
    """S002-33, C44: at 23:30 in UTC it is already next year in Stockholm."""
    first, second = await an_issued_invoice(federation), await an_issued_invoice(federation)
    await it_was_cancelled(federation, first)
    clock.travel_to(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert (await it_was_cancelled(federation, second)).answer["number"] == "CN-2027-000001"


async def test_what_cannot_be_cancelled(federation: Federation, other_federation: Federation) -> None:
    """S003-65, and the wall: drafts are discarded; another tenant's invoice does not exist."""
    draft, debtor = await a_drafted_invoice(federation)
    with pytest.raises(InvoiceNotIssued):
        await it_was_cancelled(federation, Issued(invoice_id=draft, debtor_id=debtor, number="", total_minor=0))
    invoice = await an_issued_invoice(federation)
    with pytest.raises(NotFound):
        await it_was_cancelled(other_federation, invoice)


async def test_a_club_does_not_cancel_the_districts_invoices(federation: Federation) -> None:
    """Issue 2, item 3: the issuer's org node decides."""
    invoice = await an_issued_invoice(federation)
    reaches = {Capability.INVOICES_CANCEL: Reach(frozenset({federation.club}))}
    actor = Actor(tenant_id=federation.tenant_id, principal="user:1", reaches=reaches)
    command = CancelInvoice(credit_note_id=CreditNoteId(uuid4()), invoice_id=invoice.invoice_id, reason="x")
    with pytest.raises(NotFound):
        await execute(federation.write, actor, command)
