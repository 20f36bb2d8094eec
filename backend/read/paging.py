"""Pages by keyset: a cursor is the sort key of a row, so that a page costs the same wherever it stands.

Cursors are opaque and not secret: whatever they say is only a position within what the reader may see anyway.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, Literal, TypeVar
from uuid import UUID

import msgspec

from backend.read.where import Where
from backend.runtime.database import ReadConnection

PAGE_LIMIT: Final = 100
DEFAULT_PAGE: Final = 25
# The longest key we make is a number, a name and an identifier.
MAX_CURSOR: Final = 2_048

T = TypeVar("T")
R = TypeVar("R")
Kind = Literal["text", "bigint", "date", "timestamptz", "uuid"]


class BadCursor(ValueError):
    """The text is not a cursor of this list in this order."""


class BadPage(ValueError):
    """The page asked for is none: a negative or too large size, or both ends at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which page: `first` rows after the cursor `after`, or `last` rows before the cursor `before`."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    @property
    def size(self) -> int:
        """How many rows. Raises `BadPage`."""
        if self.first is not None and self.last is not None:
            raise BadPage("ask for the first or for the last, not for both")
        size = next((n for n in (self.first, self.last) if n is not None), DEFAULT_PAGE)
        if not 0 <= size <= PAGE_LIMIT:
            raise BadPage(f"a page has 0 to {PAGE_LIMIT} rows")
        return size

    @property
    def backwards(self) -> bool:
        return self.last is not None


FIRST_PAGE: Final = PageRequest()


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, in its order, with the cursor of each."""

    items: tuple[T, ...]
    cursors: tuple[str, ...]
    has_next: bool
    has_previous: bool

    @property
    def start_cursor(self) -> str | None:
        return self.cursors[0] if self.cursors else None

    @property
    def end_cursor(self) -> str | None:
        return self.cursors[-1] if self.cursors else None

    def of(self, items: tuple[R, ...]) -> "Page[R]":
        """The same page with more known of each row."""
        return Page(items=items, cursors=self.cursors, has_next=self.has_next, has_previous=self.has_previous)


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: columns that together name one row and are never null, all in one direction.

    `name` goes into the cursor, so that a cursor of another order is refused and not misread.
    """

    name: str
    columns: tuple[tuple[str, Kind], ...]
    descending: bool = False

    def write(self, key: Sequence[Any]) -> str:
        """The cursor of the row with this sort key."""
        said = msgspec.json.encode([self.name, *[value if isinstance(value, int) else str(value) for value in key]])
        return base64.urlsafe_b64encode(said).decode("ascii").rstrip("=")

    def read(self, cursor: str) -> tuple[Any, ...]:
        """The sort key a cursor stands for. Raises `BadCursor`."""
        try:
            if len(cursor) > MAX_CURSOR:
                raise BadCursor
            raw = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            name, *values = msgspec.json.decode(raw, type=list[str | int])
            if name != self.name:
                raise BadCursor
            return tuple(_parsed(value, kind) for value, (_, kind) in zip(values, self.columns, strict=True))
        except (ValueError, binascii.Error):
            # Nothing of what the caller sent is repeated.
            raise BadCursor("not a cursor of this list") from None

    def beyond(self, *, before: bool) -> str:
        """The condition "after this key", or "before" it, in the list's own direction."""
        sign = "<" if self.descending != before else ">"
        columns = ", ".join(column for column, _ in self.columns)
        return f"({columns}) {sign} ({', '.join(f'%b::{kind}' for _, kind in self.columns)})"

    def sql(self, *, backwards: bool) -> str:
        direction = "DESC" if self.descending != backwards else "ASC"
        return ", ".join(f"{column} {direction}" for column, _ in self.columns)


async def page_of(
    connection: ReadConnection,
    columns: str,
    source: str,
    where: Where,
    order: Order,
    request: PageRequest,
    *,
    row: Callable[[tuple[Any, ...]], T],
) -> Page[T]:
    """One page of `SELECT columns FROM source`, restricted by `where`. Raises `BadCursor` and `BadPage`.

    `row` makes an item from the values of `columns`; all texts are ours, never a caller's.

        newest_first = Order("payments", (("position", "bigint"),), descending=True)
        await page_of(connection, "payment_id", "read_payments", where, newest_first, PageRequest(first=50), row=_row)

    asks for 51 rows by `position DESC`; `after` a cursor adds `(position) < (%b::bigint)`, with the position that the
    cursor holds.
    """
    size = request.size
    if request.after is not None:
        where.add(order.beyond(before=False), *order.read(request.after))
    if request.before is not None:
        where.add(order.beyond(before=True), *order.read(request.before))
    keys = ", ".join(column for column, _ in order.columns)
    direction = order.sql(backwards=request.backwards)
    statement = f"SELECT {columns}, {keys} FROM {source} WHERE {where.sql} ORDER BY {direction} LIMIT %b"
    # One more than asked for tells whether there are more.
    found = await connection.execute(statement.encode(), [*where.parameters, size + 1])
    rows = await found.fetchall()
    more, rows = len(rows) > size, rows[:size]
    if request.backwards:
        rows.reverse()
    width = len(order.columns)
    return Page(
        items=tuple(row(each[:-width]) for each in rows),
        cursors=tuple(order.write(each[-width:]) for each in rows),
        has_next=request.before is not None if request.backwards else more,
        has_previous=more if request.backwards else request.after is not None,
    )


def _parsed(value: str | int, kind: Kind) -> Any:
    match kind, value:
        case "bigint", int() if -(1 << 63) <= value < 1 << 63:
            return value
        case "text", str():
            # PostgreSQL has no NUL in text, and a lone surrogate is no text at all.
            value.encode()
            if "\0" not in value:
                return value
        case "uuid", str():
            return UUID(value)
        case "date", str():
            return date.fromisoformat(value)
        case "timestamptz", str():
            at = datetime.fromisoformat(value)
            if at.tzinfo is not None:
                return at
    raise BadCursor
