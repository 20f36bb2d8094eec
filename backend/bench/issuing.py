"""Goal `issue`: one invoice at a time through the front door, against the least that durability costs here."""

import asyncio
from contextlib import AsyncExitStack
from typing import Final
from uuid import uuid4

import psycopg

from backend.bench.bench import Bench, clocked
from backend.bench.goals import ISSUE, Outcome, Round
from backend.bench.world import BenchTenant, a_draft, a_tenant, members
from backend.runtime.settings import Settings
from backend.values.identifiers import InvoiceId
from backend.write.execute import execute
from backend.write.invoices.issue import IssueInvoice

CLIENTS: Final = 8
_FLOOR_ROW: Final = b"INSERT INTO bench_rows (id, envelope) VALUES (%b, %b)"


async def measure_issue(bench: Bench) -> tuple[Outcome, ...]:
    """Rounds of floor and figure; every client works on a tenant of its own."""
    drafts, rounds = bench.size(120, 50), bench.size(5, 3)
    tenants = [await a_tenant(bench.services) for _ in range(CLIENTS)]
    # Warm-up: connections, prepared statements, what a process has read once and keeps.
    await _issue(tenants, await _drafts(tenants, 12))
    size = await _envelope_size(bench, tenants[0])
    await _prepare_floor(bench.services.settings)
    measured = []
    for number in range(rounds):
        bench.tell(f"issue: round {number + 1} of {rounds}")
        work = await _drafts(tenants, drafts)
        floor = await _floor(bench.services.settings, inserts=10 * drafts, size=size)
        seconds, _ = await clocked(_issue(tenants, work))
        measured.append(Round(figure=CLIENTS * drafts / seconds, floor=floor))
    return (Outcome(goal=ISSUE, rounds=tuple(measured), remarks=(f"an envelope has {size} bytes",)),)


async def _drafts(tenants: list[BenchTenant], count: int) -> list[list[InvoiceId]]:
    return [[await a_draft(tenant, debtor) for debtor in await members(tenant, count)] for tenant in tenants]


async def _issue(tenants: list[BenchTenant], work: list[list[InvoiceId]]) -> None:
    async def client(tenant: BenchTenant, drafts: list[InvoiceId]) -> None:
        for draft in drafts:
            issue = IssueInvoice(invoice_id=draft, deliver=True)
            await execute(tenant.services.write, tenant.actor, issue, idempotency_key=f"issue {draft}")

    await asyncio.gather(*(client(tenant, drafts) for tenant, drafts in zip(tenants, work, strict=True)))


async def _envelope_size(bench: Bench, tenant: BenchTenant) -> int:
    """The bytes of an issued invoice as they stand in the journal."""
    async with bench.services.database.scope(tenant.tenant_id) as connection:
        found = await connection.execute(
            b"SELECT avg(octet_length(envelope))::int FROM journal_events WHERE tenant_id = %b"
            b" AND book = 'money' AND type = %b",
            (tenant.tenant_id, "invoice-issued"),
        )
        row = await found.fetchone()
    assert row is not None
    return int(row[0])


async def _prepare_floor(settings: Settings) -> None:
    async with await psycopg.AsyncConnection.connect(settings.owner_database_url) as owner:
        await owner.execute("CREATE TABLE bench_rows (id uuid PRIMARY KEY, envelope bytea NOT NULL)")
        await owner.execute("GRANT INSERT ON bench_rows TO carreau_app")


async def _floor(settings: Settings, *, inserts: int, size: int) -> float:
    """Bare durable inserts per second, by as many clients."""
    envelope = bytes(size)

    async def client(connection: psycopg.AsyncConnection[tuple[object, ...]], count: int) -> None:
        for _ in range(count):
            await connection.execute(_FLOOR_ROW, (uuid4(), envelope))

    async with AsyncExitStack() as stack:
        connections = [
            await stack.enter_async_context(
                await psycopg.AsyncConnection.connect(settings.database_url, autocommit=True)
            )
            for _ in range(CLIENTS)
        ]
        await asyncio.gather(*(client(each, 20) for each in connections))
        seconds, _ = await clocked(asyncio.gather(*(client(each, inserts) for each in connections)))
    return CLIENTS * inserts / seconds
