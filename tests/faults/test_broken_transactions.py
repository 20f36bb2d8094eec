"""Connections that are cut and transactions that abort while many issue at once: gapless numbers, one effect each."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from random import Random

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from backend.events.invoices import InvoiceIssued
from backend.journal.keys import PersonKeys
from backend.read.batches import END_OF_TIME, next_batch
from backend.runtime.database import Connection, Database
from backend.values.identifiers import InvoiceId, TenantId
from backend.write.execute import Receipt, execute
from backend.write.invoices.issue import IssueInvoice
from tests.faults.world import World, a_pool
from tests.given.federation import Federation
from tests.given.invoices import a_drafted_invoice
from tests.given.journal import chance

CLIENTS = 40
# What a client cannot tell from a commit whose answer was lost.
LOST = (psycopg.Error, PoolTimeout, OSError)


class Aborted(Exception):
    """The transaction ends here, by the will of the test."""


class AbortingDatabase(Database):
    """Loses a third of its transactions after everything was written, right before their commit."""

    def __init__(self, url: str, dice: Random) -> None:
        super().__init__(url)
        self._dice = dice

    @asynccontextmanager
    async def scope(self, tenant_id: TenantId) -> AsyncIterator[Connection]:
        async with super().scope(tenant_id) as connection:
            yield connection
            if self._dice.random() < 0.3:
                raise Aborted


async def test_cut_connections_leave_no_gap_and_no_double(world: World) -> None:
    """F11, F36, I01, I07, I08: every acknowledged invoice is there, once; the others are too, once, after a retry."""
    federation = await world.federation()
    drafts = await drafted(federation, 120)
    done = asyncio.Event()
    async with a_pool(world) as database:
        own = replace(federation, write=replace(federation.write, database=database))
        cutting = asyncio.create_task(cut_connections(world, done))
        receipts = await asyncio.gather(*(issue_until_answered(own, draft) for draft in drafts))
        done.set()
        cut = await cutting
    assert cut > 10
    await assert_issued_once(world, federation, drafts, receipts)


async def test_aborted_transactions_take_no_number(world: World) -> None:
    """F36, I01: forty clients on one series, a third of all attempts lost before their commit."""
    federation = await world.federation()
    drafts = await drafted(federation, CLIENTS * 2)
    async with AbortingDatabase(world.settings.database_url, chance(36)) as database:
        own = replace(federation, write=replace(federation.write, database=database))
        receipts = await asyncio.gather(*(issue_until_answered(own, draft) for draft in drafts))
    await assert_issued_once(world, federation, drafts, receipts)


async def test_one_key_has_one_effect_however_often_it_is_used_at_once(world: World) -> None:
    """F37, I09: fifty clients with the same key, a third of all attempts lost."""
    federation = await world.federation()
    (draft,) = await drafted(federation, 1)
    async with AbortingDatabase(world.settings.database_url, chance(37)) as database:
        own = replace(federation, write=replace(federation.write, database=database))
        receipts = await asyncio.gather(*(issue_until_answered(own, draft) for _ in range(50)))
    assert all(receipt.answer == receipts[0].answer for receipt in receipts)
    assert sum(not receipt.replayed for receipt in receipts) == 1
    await assert_issued_once(world, federation, [draft], receipts[:1])


async def test_a_lost_answer_is_given_again(world: World) -> None:
    """F02, I08: the commit is done, the reply never leaves; the same key answers as it would have."""
    federation = await world.federation()
    (draft,) = await drafted(federation, 1)

    async def lost(_: TenantId) -> None:
        raise ConnectionResetError

    command = IssueInvoice(invoice_id=draft)
    with pytest.raises(ConnectionResetError):
        await execute(replace(federation.write, nudge=lost), federation.system, command, idempotency_key="once")
    receipt = await execute(federation.write, federation.system, command, idempotency_key="once")
    assert receipt.replayed
    await assert_issued_once(world, federation, [draft], [receipt])


async def drafted(federation: Federation, count: int) -> list[InvoiceId]:
    debtors = await federation.members(count)
    return [(await a_drafted_invoice(federation, debtor_id=debtor))[0] for debtor in debtors]


async def issue_until_answered(federation: Federation, draft: InvoiceId) -> Receipt:
    """As a client does that keeps its key: again and again, until there is an answer."""
    command = IssueInvoice(invoice_id=draft, deliver=False)
    for _ in range(200):
        try:
            return await execute(federation.write, federation.system, command, idempotency_key=f"issue {draft}")
        except (Aborted, *LOST):
            await asyncio.sleep(0.005)
    raise AssertionError("two hundred attempts, and no answer")


async def cut_connections(world: World, done: asyncio.Event) -> int:
    """Terminate backends of the application role in our own database until told to stop; how many there were."""
    count = 0
    async with await psycopg.AsyncConnection.connect(world.settings.owner_database_url, autocommit=True) as owner:
        while not done.is_set():
            found = await owner.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND usename = 'carreau_app' AND state <> 'idle' ORDER BY random() LIMIT 1"
            )
            count += len(await found.fetchall())
            await asyncio.sleep(0.01)
    return count


async def assert_issued_once(
    world: World, federation: Federation, drafts: Sequence[InvoiceId], receipts: Sequence[Receipt]
) -> None:
    """Numbers 1..n in the order of the journal, one invoice per draft, each as its client was told, all verified."""
    async with world.services.database.scope(federation.tenant_id) as connection:
        keys = PersonKeys(world.services.keyring, connection, federation.tenant_id)
        recorded = (await next_batch(connection, federation.tenant_id, "money", 0, END_OF_TIME, keys)).events
    invoices = [each.event for each in recorded if isinstance(each.event, InvoiceIssued)]
    assert [invoice.sequence for invoice in invoices] == list(range(1, len(drafts) + 1))
    assert {invoice.invoice_id for invoice in invoices} == set(drafts)
    told = {receipt.answer["invoice_id"]: receipt.answer["number"] for receipt in receipts}
    assert {str(invoice.invoice_id): invoice.number for invoice in invoices} == told
    assert await world.findings(federation.tenant_id) == []
