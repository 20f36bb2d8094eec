"""The generations of a read model: new ones beside the live one, and the removal of those nobody reads."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Table

from backend.runtime.database import Connection, Database
from backend.values.books import Book
from backend.values.identifiers import TenantId

# Short transactions: nobody waits for a rebuild to clean up.
ROWS_PER_DELETE = 10_000


async def new_generation(
    connection: Connection, tenant_id: TenantId, projection: str, books: Sequence[Book], *, above: int = 0
) -> int:
    """Register a generation that nobody reads yet, at position 0 of each book. It exceeds every other, and `above`."""
    found = await connection.execute(
        b"INSERT INTO checkpoints (tenant_id, projection, generation, book, position, live)"
        b" SELECT %b, %b, g.generation, b.book, 0, false FROM unnest(%b::text[]) AS b(book),"
        b" (SELECT greatest(coalesce(max(generation), 0), %b) + 1 AS generation FROM checkpoints"
        b" WHERE tenant_id = %b AND projection = %b) AS g RETURNING generation",
        (tenant_id, projection, list(books), above, tenant_id, projection),
    )
    row = await found.fetchone()
    assert row is not None
    return int(row[0])


async def orphans(database: Database, tenant_id: TenantId, projection: str) -> list[int]:
    """Generations that are not live: of a rebuild that is under way or was killed, or replaced by one."""
    async with database.scope(tenant_id) as connection:
        found = await connection.execute(
            b"SELECT DISTINCT generation FROM checkpoints WHERE tenant_id = %b AND projection = %b AND NOT live"
            b" ORDER BY 1",
            (tenant_id, projection),
        )
        return [int(row[0]) for row in await found.fetchall()]


async def drop_generation(
    database: Database, tenant_id: TenantId, projection: str, tables: Iterable[Table], generation: int
) -> None:
    """Delete the rows of a generation in chunks, and its checkpoint last, so that a crash leaves it findable."""
    for table in tables:
        while await _delete_some(database, tenant_id, table, generation):
            pass
    async with database.scope(tenant_id) as connection:
        await connection.execute(
            b"DELETE FROM checkpoints WHERE tenant_id = %b AND projection = %b AND generation = %b AND NOT live",
            (tenant_id, projection, generation),
        )


async def _delete_some(database: Database, tenant_id: TenantId, table: Table, generation: int) -> bool:
    """Delete the rows up to the key that stands `ROWS_PER_DELETE` further on; whether any remain.

    A range of the primary key, and neither `ctid` nor a join: row-level security takes the speed out of the first,
    and missing statistics (a new generation has none) out of the second.
    """
    key, here = (tenant_id, generation), f"{table.name} WHERE tenant_id = %b AND generation = %b"
    first = next((c.name for c in table.primary_key if c.name not in ("tenant_id", "generation")), None)
    async with database.scope(tenant_id) as connection:
        boundary = None
        if first is not None:
            found = await connection.execute(
                f"SELECT {first} FROM {here} ORDER BY {first} OFFSET %b LIMIT 1".encode(), (*key, ROWS_PER_DELETE)
            )
            boundary = await found.fetchone()
        if boundary is None:
            await connection.execute(f"DELETE FROM {here}".encode(), key)
            return False
        await connection.execute(f"DELETE FROM {here} AND {first} <= %b".encode(), (*key, boundary[0]))
        return True
