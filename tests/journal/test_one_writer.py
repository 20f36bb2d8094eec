"""One writer per tenant: positions and numbers without a gap, whoever writes at the same time."""

import asyncio
from datetime import date

import pytest

from backend.events.issuers import AutoDeliverySet
from backend.journal.append import Pending, UnbalancedEntry, append, lock_head
from backend.journal.keys import PersonKeys
from backend.values.identifiers import IssuerId
from backend.values.ledger import Entry, Posting
from backend.write.execute import execute
from backend.write.invoices.commands import IssueInvoice
from backend.write.issuers.commands import SetAutoDelivery
from backend.write.refusal import Refusal
from tests.given.federation import Federation
from tests.given.invoices import a_drafted_invoice, an_issued_invoice


async def positions(federation: Federation) -> list[int]:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await connection.execute(
            b"SELECT position FROM journal_events WHERE tenant_id = %b ORDER BY position", (federation.tenant_id,)
        )
        return [row[0] for row in await found.fetchall()]


async def test_invoices_issued_at_the_same_moment_are_numbered_without_a_gap(federation: Federation) -> None:
    """S002-50, ADR 0002: no number is lost or used twice, and nobody has to try again."""
    issued = await asyncio.gather(*(an_issued_invoice(federation, "400.00") for _ in range(12)))
    assert sorted(invoice.number for invoice in issued) == [f"FAKTURA-2026-{n:06d}" for n in range(1, 13)]
    everything = await positions(federation)
    assert everything == list(range(1, len(everything) + 1))


async def test_a_command_that_fails_takes_no_number_and_no_position(federation: Federation) -> None:
    invoice_id, _ = await a_drafted_invoice(federation, "400.00")
    before = await positions(federation)
    command = IssueInvoice(invoice_id=invoice_id, issued_on=date(2030, 1, 1))
    with pytest.raises(Refusal):
        await execute(federation.write, federation.system, command)
    assert await positions(federation) == before
    assert (await an_issued_invoice(federation, "400.00")).number == "FAKTURA-2026-000001"


async def test_tenants_do_not_wait_for_each_other(federation: Federation, other_federation: Federation) -> None:
    """One tenant's lock is held; the other one's command goes through."""
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await lock_head(connection, federation.tenant_id)
        command = SetAutoDelivery(issuer_id=IssuerId(other_federation.issuer_id), enabled=False)
        async with asyncio.timeout(5):
            await execute(other_federation.write, other_federation.system, command)


async def test_an_entry_that_does_not_balance_is_never_written(federation: Federation) -> None:
    """ADR 0005: a money event carries its double entry, and the sum of one is zero."""
    invoice_id, _ = await a_drafted_invoice(federation, "400.00")
    before = await positions(federation)
    entry = Entry(on=date(2026, 11, 20), currency="SEK", postings=(Posting(account="1510", amount_minor=1),))
    event = AutoDeliverySet(issuer_id=IssuerId(federation.issuer_id), enabled=True)
    with pytest.raises(UnbalancedEntry):
        await _append(federation, Pending(stream_id=invoice_id, version=2, event=event, entry=entry))
    assert await positions(federation) == before


async def _append(federation: Federation, pending: Pending) -> None:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        head = await lock_head(connection, federation.tenant_id)
        keys = PersonKeys(federation.write.keyring, connection, federation.tenant_id)
        at = federation.write.clock.now()
        await append(connection, federation.tenant_id, head, [pending], keys, actor="test", reason="", at=at)
