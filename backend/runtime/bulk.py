"""Set-based writes: many rows in one statement, as binary arrays. COPY is refused under row-level security, and this
is the fastest form that is not."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from psycopg.types.numeric import Int8
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql

from backend.runtime.arrays import BigintArray
from backend.runtime.database import Connection

# One statement carries at most this many rows; more are sent in several.
ROWS_PER_STATEMENT: Final = 5_000

_DIALECT: Final = postgresql.dialect()  # type: ignore[no-untyped-call]


async def insert_rows(
    connection: Connection,
    table: Table,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
    *,
    conflict: str = "",
) -> None:
    """Insert `rows`; `conflict` is an `ON CONFLICT …` clause. JSON columns take text."""
    types = _types(table, columns)
    if len(rows) == 1:
        # What an interactive command writes: plain values cost a third of arrays of one.
        values = [_value(kind, value) for kind, value in zip(types, rows[0], strict=True)]
        await connection.execute(_insert(table.name, columns, types, conflict, many=False), values)
    else:
        await _send(connection, _insert(table.name, columns, types, conflict, many=True), types, rows)


async def update_rows(
    connection: Connection,
    table: Table,
    keys: tuple[str, ...],
    assign: dict[str, str],
    columns: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """`UPDATE table t SET assign FROM rows AS v WHERE keys match`, each row at most once.

        keys, rows = ("tenant_id", "invoice_id"), [(tenant_id, invoice_id, -500)]
        await update_rows(connection, open_receivables, keys, {"open_minor": "t.open_minor + v.delta"},
                          (*keys, "delta"), rows)

    takes 500 off one invoice. `columns` name the values of a row; one that the table lacks (`delta`) is a bigint.
    """
    types = _types(table, columns)
    values = ", ".join(f"%b::{kind}[]" for kind in types)
    sets = ", ".join(f"{column} = {expression}" for column, expression in assign.items())
    match = " AND ".join(f"t.{key} = v.{key}" for key in keys)
    statement = f"UPDATE {table.name} t SET {sets} FROM unnest({values}) AS v({', '.join(columns)}) WHERE {match}"
    await _send(connection, statement.encode(), types, rows)


async def delete_rows(
    connection: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Delete the rows whose `keys` are among `rows`."""
    types = _types(table, keys)
    values = ", ".join(f"%b::{kind}[]" for kind in types)
    match = " AND ".join(f"t.{key} = v.{key}" for key in keys)
    statement = f"DELETE FROM {table.name} t USING unnest({values}) AS v({', '.join(keys)}) WHERE {match}"
    await _send(connection, statement.encode(), types, rows)


async def _send(
    connection: Connection, statement: bytes, types: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        arrays = list(zip(*rows[start : start + ROWS_PER_STATEMENT], strict=True))
        parameters = [_array(kind, values) for kind, values in zip(types, arrays, strict=True)]
        await connection.execute(statement, parameters)


def _array(kind: str, values: Sequence[Any]) -> Any:
    return BigintArray(values) if kind == "bigint" else list(values)


def _value(kind: str, value: Any) -> Any:
    # psycopg picks the smallest integer type that holds a value; naming the type keeps one plan for all.
    return Int8(value) if kind == "bigint" and value is not None else value


@lru_cache(maxsize=512)
def _insert(table: str, columns: tuple[str, ...], types: tuple[str, ...], conflict: str, *, many: bool) -> bytes:
    values = ", ".join(f"%b::{kind}[]" if many else f"%b::{kind}" for kind in types)
    source = f"SELECT * FROM unnest({values})" if many else f"VALUES ({values})"
    return f"INSERT INTO {table} ({', '.join(columns)}) {source} {conflict}".encode()


@lru_cache(maxsize=512)
def _types(table: Table, columns: tuple[str, ...]) -> tuple[str, ...]:
    def kind(column: str) -> str:
        if column not in table.c:
            return "bigint"
        # "INTEGER" columns are sent as bigint too: the server narrows them, and refuses what does not fit.
        name = table.c[column].type.compile(dialect=_DIALECT).lower().partition(" collate ")[0]
        return "bigint" if name in ("integer", "smallint", "bigint") else name

    return tuple(kind(column) for column in columns)
