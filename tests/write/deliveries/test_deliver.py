"""Asking for a dispatch, and the kill switch."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from backend.events.deliveries import DeliveryQueued
from backend.events.invoices import InvoiceIssued
from backend.values.identifiers import CreditNoteId, DeliveryId
from backend.write.deliveries.deliver import (
    DeliverInvoice,
    DeliveryHasNoAddress,
    DeliveryInProgress,
    DeliveryNotPossible,
    deliver,
    in_force,
)
from backend.write.deliveries.record import StoredDocument, stored
from backend.write.deliveries.switch import TurnDeliverySwitch, turn
from backend.write.refusal import InvalidValue, ReasonRequired
from backend.write.states.invoice import INVOICE, DiscardedState, HistoricalState, Invoice, IssuedState
from tests.given.money_events import a_historical_invoice, an_invoice, an_issuer
from tests.given.parties import a_registration

DAY = date(2026, 11, 20)


def an_issued_one(**debtor: Any) -> InvoiceIssued:
    return an_invoice(a_registration(**debtor), an_issuer(), issued_on=DAY)


def queued(invoice: Invoice, *, to: str | None = None, under_way: bool = False) -> DeliveryQueued:
    issued = in_force(invoice)
    command = DeliverInvoice(delivery_id=DeliveryId(uuid4()), invoice_id=issued.invoice_id, to_address=to)
    return deliver(command, issued, under_way=under_way)


def a_stored_page(digest: str = "a" * 64) -> StoredDocument:
    return StoredDocument(
        digest=digest,
        size=10,
        media_type="application/pdf",
        language="sv",
        template="standard",
        template_digest="b" * 64,
        fonts_digest="c" * 64,
        renderer="plutoprint",
        fallback=False,
    )


def test_it_goes_to_the_debtor_or_where_one_says() -> None:
    """S002-36: the debtor's address in the invoice's language, or another one."""
    invoice = IssuedState(event=an_issued_one(email="mans@members.example"))
    assert queued(invoice).to_address == "mans@members.example"
    other = queued(invoice, to="parent@members.example")
    assert (other.to_address, other.language) == ("parent@members.example", "sv")
    assert other.message_id == f"<{other.delivery_id}@invoices.carreau>"


def test_somewhere_it_must_go() -> None:
    """Issue 2, item 7: DELIVERY_NO_ADDRESS rather than a delivery that never ends."""
    with pytest.raises(DeliveryHasNoAddress):
        queued(IssuedState(event=an_issued_one(email="")))
    with pytest.raises(InvalidValue) as refused:
        queued(IssuedState(event=an_issued_one()), to="a@b.example, c@d.example")
    assert refused.value.path == ("toAddress",)


def test_only_an_invoice_in_force_is_delivered() -> None:
    """X22: neither drafts, nor cancelled ones, nor those of the time before."""
    issued, old = (
        an_issued_one(),
        a_historical_invoice(a_registration(), an_issuer(), issued_on=DAY, due_on=DAY, total_minor=1, open_minor=1),
    )
    cancelled = IssuedState(event=issued, cancelled_by=CreditNoteId(uuid4()))
    thrown_away = DiscardedState(invoice_id=issued.invoice_id, issuer_id=issued.issuer.issuer_id)
    for invoice in (HistoricalState(old), cancelled, thrown_away):
        with pytest.raises(DeliveryNotPossible):
            queued(invoice)


def test_two_dispatches_are_never_on_their_way_at_once() -> None:
    """I06: nobody gets the same mail twice because somebody clicked twice."""
    with pytest.raises(DeliveryInProgress):
        queued(IssuedState(event=an_issued_one()), under_way=True)


def test_a_page_is_stored_once() -> None:
    """X2, I12: the same bytes are no news; other bytes are, and are recorded."""
    issued = an_issued_one()
    first = stored(IssuedState(event=issued), a_stored_page())
    assert first is not None
    invoice = INVOICE.fold((issued, first))
    assert invoice is not None
    assert stored(invoice, a_stored_page()) is None
    assert stored(invoice, None) is None
    assert stored(invoice, a_stored_page("d" * 64)) is not None


def test_the_switch_is_turned_off_with_a_reason() -> None:
    """Issue 2, item 7, E.9: a kill switch for everything that goes out."""
    with pytest.raises(ReasonRequired):
        turn(TurnDeliverySwitch(enabled=False), enabled=True)
    off = turn(TurnDeliverySwitch(enabled=False, reason="wrong logo"), enabled=True)
    assert off is not None
    assert (off.enabled, off.reason) == (False, "wrong logo")
    assert turn(TurnDeliverySwitch(enabled=True), enabled=False) is not None
    assert turn(TurnDeliverySwitch(enabled=True), enabled=True) is None
