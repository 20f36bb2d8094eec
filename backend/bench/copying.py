"""The floor of everything that writes many rows: the same rows by binary COPY into logged copies of their tables."""

from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any, Final

import psycopg
from psycopg.abc import Buffer

from backend.runtime.settings import Settings
from backend.values.identifiers import TenantId

Owner = psycopg.AsyncConnection[tuple[Any, ...]]

# Each with the condition that finds the rows of one run among those of its tenant.
RUN_TABLES: Final[Mapping[str, str]] = {
    "journal_events": "book = 'money' AND position > {after}",
    "inline_open_receivables": "true",
    "inline_billed": "true",
    "outbound_work": "true",
}
JOURNAL: Final[Mapping[str, str]] = {"journal_events": "book = 'money' AND position > {after}"}


async def copy_seconds(settings: Settings, tenant_id: TenantId, tables: Mapping[str, str], *, after: int) -> float:
    """How long COPY takes for the tenant's rows of `tables` beyond a position, in one durable transaction.

    As the owner, because a role under row-level security may not COPY at all.
    """
    async with await psycopg.AsyncConnection.connect(settings.owner_database_url) as owner:
        await _make_copies(owner, tables)
        await owner.commit()
        held = {table: await _read(owner, tenant_id, table, where, after) for table, where in tables.items()}
        await owner.commit()
        began = perf_counter()
        for table, blocks in held.items():
            async with owner.cursor().copy(f"COPY bench_{table} FROM STDIN (FORMAT BINARY)".encode()) as copy:
                for block in blocks:
                    await copy.write(block)
        await owner.commit()
        return perf_counter() - began


async def _make_copies(owner: Owner, tables: Mapping[str, str]) -> None:
    for table in tables:
        # Indexes, constraints and defaults as in the original; nothing of row-level security.
        await owner.execute(f"CREATE TABLE IF NOT EXISTS bench_{table} (LIKE {table} INCLUDING ALL)".encode())
        await owner.execute(f"DELETE FROM bench_{table}".encode())


async def _read(owner: Owner, tenant_id: TenantId, table: str, where: str, after: int) -> Sequence[Buffer]:
    rows = f"SELECT * FROM {table} WHERE tenant_id = '{tenant_id}' AND {where.format(after=after)}"
    async with owner.cursor().copy(f"COPY ({rows}) TO STDOUT (FORMAT BINARY)".encode()) as copy:
        return [bytes(block) async for block in copy]
