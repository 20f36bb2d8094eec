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
from backend.write.invoices.issue import IssueInvoice
from backend.write.issuers.delivery import SetAutoDelivery
from backend.write.refusal import Refusal
from tests.given.federation import Federation
from tests.given.invoices import a_drafted_invoice, an_issued_invoice


async def positions(federation: Federation) -> list[int]:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await connection.execute(
            b"SELECT position FROM journal_events WHERE tenant_id = %b AND book = 'money' ORDER BY position",
            (federation.tenant_id,),
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
        await lock_head(connection, federation.tenant_id, "money")
        command = SetAutoDelivery(issuer_id=IssuerId(other_federation.issuer_id), enabled=False)
        async with asyncio.timeout(5):
            await execute(other_federation.write, other_federation.system, command)


async def test_an_entry_that_does_not_balance_is_never_written(federation: Federation) -> None:
    """ADR 0005: a money event carries its double entry, and the sum of one is zero."""
    invoice_id, _ = await a_drafted_invoice(federation, "400.00")
    before = await positions(federation)
    entry = Entry(
        issuer_id=IssuerId(federation.issuer_id),
        on=date(2026, 11, 20),
        currency="SEK",
        postings=(Posting(account="1510", amount_minor=1),),
    )
    event = AutoDeliverySet(issuer_id=IssuerId(federation.issuer_id), enabled=True)
    with pytest.raises(UnbalancedEntry):
        await _append(federation, Pending(stream_id=invoice_id, version=2, event=event, entry=entry))
    assert await positions(federation) == before


async def _append(federation: Federation, pending: Pending) -> None:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        head = await lock_head(connection, federation.tenant_id, "money")
        keys = PersonKeys(federation.write.keyring, connection, federation.tenant_id)
        at = federation.write.clock.now()
        await append(connection, federation.tenant_id, head, [pending], keys, actor="test", reason="", at=at)


async def test_a_person_waits_for_one_chunk_and_not_for_the_run(federation: Federation) -> None:
    """ADR 0012: a run takes the lock chunk after chunk; whoever asked meanwhile has it before the next one."""
    order: list[str] = []
    began = asyncio.Event()
    write, tenant_id = federation.write, federation.tenant_id

    async def somebody_waits() -> None:
        waiting = 0
        while not waiting:
            async with write.database.unscoped() as connection:
                found = await connection.execute(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                )
                waiting = (await found.fetchone() or (0,))[0]

    async def run() -> None:
        for chunk in range(4):
            async with write.database.scope(tenant_id) as connection:
                await lock_head(connection, tenant_id, "money")
                order.append(f"chunk {chunk}")
                # What a chunk does last, and what lets PostgreSQL hand the row to anybody.
                await connection.execute(
                    b"UPDATE journal_heads SET position = position WHERE tenant_id = %b AND book = 'money'",
                    (tenant_id,),
                )
                began.set()
                if chunk == 0:
                    await somebody_waits()

    async def person() -> None:
        await began.wait()
        async with write.database.scope(tenant_id) as connection:
            await lock_head(connection, tenant_id, "money")
            order.append("person")

    async with asyncio.timeout(20):
        await asyncio.gather(run(), person())
    assert order[:2] == ["chunk 0", "person"]
