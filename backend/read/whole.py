"""Whole lists, for files: every row at one position of the journal, read in chunks along the list's own key."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from backend.read.paging import Order
from backend.read.projection import live
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.values.books import Book

# About 60 MB while the file is made. Whoever has more asks for a season or an issuer at a time.
MAX_WHOLE_ROWS: Final = 100_000
CHUNK_ROWS: Final = 5_000

T = TypeVar("T")


class TooManyRows(ValueError):
    """The list is longer than `limit`."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} rows")
        self.limit = limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Generic[T]):
    """A whole list, and the position of the money book it shows."""

    items: tuple[T, ...]
    position: int


async def position_of(connection: ReadConnection, projection: str, book: Book = "money") -> int:
    """How far a projection has folded a book. Asked in the snapshot that the rows are read in."""
    found = await connection.execute(
        "SELECT position FROM checkpoints WHERE tenant_id = current_setting('app.tenant_id')::uuid"
        f" AND projection = %b AND book = %b AND generation = {live(projection)}".encode(),
        (projection, book),
    )
    row = await found.fetchone()
    return int(row[0]) if row else 0


async def every_row(
    connection: ReadConnection,
    columns: str,
    source: str,
    where: Where,
    order: Order,
    *,
    row: Callable[[tuple[Any, ...]], T],
    limit: int = MAX_WHOLE_ROWS,
) -> tuple[T, ...]:
    """All rows of `SELECT columns FROM source`, restricted by `where`. Raises `TooManyRows`."""
    keys, width = ", ".join(column for column, _ in order.columns), len(order.columns)
    items: list[T] = []
    last: tuple[Any, ...] = ()
    while True:
        beyond = f" AND {order.beyond(before=False)}" if last else ""
        statement = (
            f"SELECT {columns}, {keys} FROM {source} WHERE {where.sql}{beyond}"
            f" ORDER BY {order.sql(backwards=False)} LIMIT %b"
        )
        found = await connection.execute(statement.encode(), [*where.parameters, *last, CHUNK_ROWS])
        rows = await found.fetchall()
        items.extend(row(each[:-width]) for each in rows)
        if len(items) > limit:
            raise TooManyRows(limit)
        if len(rows) < CHUNK_ROWS:
            return tuple(items)
        last = rows[-1][-width:]
