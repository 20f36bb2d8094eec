"""Signs where each book of a tenant ends, once a day and at every start of the scheduler."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import psycopg

from backend.journal.signing import Signer, sign_head
from backend.runtime.clock import SystemClock
from backend.runtime.database import Database
from backend.runtime.settings import Settings
from backend.values.books import Book
from backend.values.identifiers import TenantId

DAILY_SECONDS: Final = 86_400.0
_BOOKS: Final = "SELECT tenant_id, book FROM journal_heads WHERE position > 0"


async def sign_heads(settings: Settings) -> None:
    """Sign every book that has events."""
    async with await psycopg.AsyncConnection.connect(settings.sweep_database_url) as connection:
        rows = await (await connection.execute(_BOOKS)).fetchall()
    async with Database(settings.database_url, size=1) as database:
        await sign_each(
            database,
            Signer.load(settings.keyring_file),
            [(TenantId(row[0]), row[1]) for row in rows],
            on=SystemClock().now().date(),
        )


async def sign_each(database: Database, signer: Signer, books: Sequence[tuple[TenantId, Book]], *, on: date) -> None:
    """Sign these books. One that has not moved keeps the signature it has."""
    for tenant_id, book in books:
        async with database.scope(tenant_id) as connection:
            await sign_head(connection, signer, tenant_id, book, on=on)
