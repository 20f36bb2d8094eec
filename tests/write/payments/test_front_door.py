"""Payments through `execute`, on real PostgreSQL."""

import asyncio

import pytest

from backend.inline.debtor_credit import credit_of
from backend.inline.open_receivables import balance_of
from backend.tenants.actor import Actor, Reach
from backend.tenants.capabilities import Capability
from backend.values.identifiers import IssuerId, PaymentId
from backend.write.debtors.erase import ErasePersonalData, RetentionNotExpired
from backend.write.execute import execute
from backend.write.invoices.refusals import InvoiceIsCancelled, InvoiceNotIssued
from backend.write.payments import PaymentExceedsBalance
from backend.write.refusal import NotFound
from tests.given.federation import Federation
from tests.given.invoices import (
    Issued,
    a_drafted_invoice,
    a_wanted_payment,
    an_issued_invoice,
    it_was_cancelled,
    it_was_paid,
)


async def open_balance(federation: Federation, invoice: Issued) -> int:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        return await balance_of(connection, federation.tenant_id, 1, invoice.invoice_id)


async def test_a_debt_is_paid_in_two_parts(federation: Federation) -> None:
    """S003-40, S003-41: the residual falls to nothing, and nothing more is taken."""
    invoice = await an_issued_invoice(federation)
    first = await it_was_paid(federation, invoice, 20_000)
    assert (first.answer["allocated_minor"], first.answer["balance_minor"]) == (20_000, 30_000)
    await it_was_paid(federation, invoice, 30_000)
    assert await open_balance(federation, invoice) == 0
    with pytest.raises(PaymentExceedsBalance):
        await it_was_paid(federation, invoice, 1)


async def test_payments_at_once_never_exceed_the_balance(federation: Federation) -> None:
    """I04: allocation is race-free, because a tenant has one writer."""
    invoice = await an_issued_invoice(federation)
    results = await asyncio.gather(
        *(it_was_paid(federation, invoice, 20_000) for _ in range(6)), return_exceptions=True
    )
    assert sum(not isinstance(result, BaseException) for result in results) == 2
    assert await open_balance(federation, invoice) == 10_000


async def test_what_is_not_owed_cannot_be_paid(federation: Federation, other_federation: Federation) -> None:
    """S003-65, and the wall: another tenant's invoice does not exist."""
    draft, _ = await a_drafted_invoice(federation)
    with pytest.raises(InvoiceNotIssued):
        await execute(federation.write, federation.system, a_wanted_payment(draft, 100))
    invoice = await an_issued_invoice(federation)
    await it_was_cancelled(federation, invoice)
    with pytest.raises(InvoiceIsCancelled):
        await it_was_paid(federation, invoice, 100)
    with pytest.raises(NotFound):
        await execute(other_federation.write, other_federation.system, a_wanted_payment(invoice.invoice_id, 100))


async def test_a_treasurer_takes_money_of_the_district_only(federation: Federation) -> None:
    """Issue 2, item 3: the issuer's org node decides."""
    invoice = await an_issued_invoice(federation)
    for node, allowed in ((federation.club, False), (federation.district, True)):
        reaches = {Capability.PAYMENTS_REGISTER: Reach(frozenset({node}))}
        actor = Actor(tenant_id=federation.tenant_id, principal="user:1", reaches=reaches)
        payment = a_wanted_payment(invoice.invoice_id, 100)
        if allowed:
            await execute(federation.write, actor, payment)
        else:
            with pytest.raises(NotFound):
                await execute(federation.write, actor, payment)


async def test_a_repeated_payment_is_registered_once(federation: Federation) -> None:
    """S001-3: the same key, the same money, although the edge made up another id."""
    invoice = await an_issued_invoice(federation)
    command = a_wanted_payment(invoice.invoice_id, 10_000)
    first = await execute(federation.write, federation.system, command, idempotency_key="p-1")
    repeated = a_wanted_payment(invoice.invoice_id, 10_000, payment_id=PaymentId(federation.write.new_id()))
    again = await execute(federation.write, federation.system, repeated, idempotency_key="p-1")
    assert again.replayed
    assert again.answer == first.answer
    assert await open_balance(federation, invoice) == 40_000


async def test_a_debtor_who_owes_is_not_erased(federation: Federation) -> None:
    """C48: money can always be registered, because whoever owes keeps a name."""
    invoice = await an_issued_invoice(federation)
    erase = ErasePersonalData(debtor_id=invoice.debtor_id, ground="GDPR 17")
    with pytest.raises(RetentionNotExpired):
        await execute(federation.write, federation.system, erase)


async def test_what_no_invoice_took_is_known_to_decisions(federation: Federation) -> None:
    """X12, C27, C28: overpaid and credited money adds up by debtor, issuer and currency, in the very transaction."""
    invoice = await an_issued_invoice(federation)
    assert await credit(federation, invoice) == {}
    await it_was_paid(federation, invoice, 50_700, allow_overpayment=True)
    assert await credit(federation, invoice) == {(federation.issuer_id, "SEK"): 700}
    await it_was_cancelled(federation, invoice)
    assert await credit(federation, invoice) == {(federation.issuer_id, "SEK"): 50_700}


async def credit(federation: Federation, invoice: Issued) -> dict[tuple[IssuerId, str], int]:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await credit_of(connection, federation.tenant_id, 1, (invoice.debtor_id,))
    return {(each.issuer_id, each.currency): each.credit_minor for each in found[invoice.debtor_id]}
