"""Roll-ups that answer "up to any day" and "within any reach" from few rows.

Every amount is added to its day, its month and its year: a sum up to a day reads whole years, then the months of the
last year, then the days of the last month. And it is added to two sides, the issuer's org node and the debtor's, so
that a limited reach reads the rows of its own nodes and counts nothing twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Index, Table, Text, Uuid
from sqlalchemy.schema import SchemaItem

from backend.read.projection import Target
from backend.read.where import Where
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.runtime.tables import read_table
from backend.tenants.actor import Reader

# Key columns cannot be null: this stands for "no org node", which only an unlimited reach covers.
NO_NODE: Final = UUID(int=0)

_PLACE: Final = ("side", "span", "period", "node_id", "issuer_node_id")

# Day, issuer's org node, debtor's org node, then the columns of the roll-up's own key.
Cell = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Rollup:
    """One roll-up table: sums of `measures` by place (side, node, span, period) and `keys`."""

    table: Table
    keys: tuple[str, ...]
    measures: tuple[str, ...]

    async def add(self, connection: Connection, target: Target, cells: Mapping[Cell, list[int]]) -> None:
        """Add the measures of `cells`. A row that comes to zero stays, so that batches do not show."""
        sums: dict[tuple[Any, ...], list[int]] = {}
        for (on, issuer_node, debtor_node, *key), amounts in cells.items():
            for place in _places(on, issuer_node or NO_NODE, debtor_node or NO_NODE):
                row = sums.setdefault((*place, *key), [0] * len(amounts))
                for index, amount in enumerate(amounts):
                    row[index] += amount
        await add_rows(
            connection,
            self.table,
            (*_PLACE, *self.keys),
            self.measures,
            [(target.tenant_id, target.generation, *key, *amounts) for key, amounts in sums.items()],
        )


def rollup(name: str, *keys: SchemaItem, measures: tuple[str, ...]) -> Rollup:
    """Declare a roll-up table. `keys` are the columns it is summed by besides its place, never null.

        OPEN: Final = rollup("read_open", Column("currency", Text, nullable=False), measures=("minor", "count"))
        await OPEN.add(connection, target, {(date(2026, 11, 20), district, club, "SEK"): [10_000, 1]})

    adds 10,000 and 1 to six rows: to day, month and year on the issuer's side (district), and on the debtor's (club).
    """
    names = tuple(column.name for column in keys if isinstance(column, Column))
    table = read_table(
        name,
        Column("side", Text, nullable=False),
        Column("span", Text, nullable=False),
        Column("period", Date, nullable=False),
        Column("node_id", Uuid, nullable=False),
        Column("issuer_node_id", Uuid, nullable=False),
        *keys,
        *(Column(measure, BigInteger, nullable=False) for measure in measures),
        key=(*_PLACE, *names),
    )
    # What a limited reach reads; the primary key serves the unlimited one.
    c = table.c
    Index(f"{name}_node", c.tenant_id, c.generation, c.side, c.node_id, c.span, c.period)
    return Rollup(table, names, measures)


async def add_rows(
    connection: Connection, table: Table, keys: tuple[str, ...], measures: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    """Insert `rows` (tenant, generation, keys, measures), or add their measures to the rows that are there."""
    sums = ", ".join(f"{measure} = {table.name}.{measure} + excluded.{measure}" for measure in measures)
    await insert_rows(
        connection,
        table,
        ("tenant_id", "generation", *keys, *measures),
        rows,
        conflict=f"ON CONFLICT (tenant_id, generation, {', '.join(keys)}) DO UPDATE SET {sums}",
    )


def summed(cells: Iterable[tuple[Cell, tuple[int, ...]]]) -> dict[Cell, list[int]]:
    """The measures of equal cells, added up."""
    result: dict[Cell, list[int]] = {}
    for cell, amounts in cells:
        row = result.get(cell)
        if row is None:
            result[cell] = list(amounts)
            continue
        for index, amount in enumerate(amounts):
            row[index] += amount
    return result


# --- Reading ---


@dataclass(frozen=True, slots=True)
class Source:
    """What stands after FROM, with its parameters."""

    sql: str
    parameters: list[Any]


def up_to(table: Rollup, where: Where, day: date) -> Source:
    """The rows of `where` that sum up to everything to `day`, inclusive: three ranges of the key, each by itself."""
    month, year = day.replace(day=1), day.replace(month=1, day=1)
    ranges = (("day", month, shifted(day, 1)), ("month", year, month), ("year", date.min, year))
    one = f"SELECT * FROM {table.table.name} WHERE {where.sql} AND span = %b AND period >= %b AND period < %b"
    parameters = [each for span in ranges for each in (*where.parameters, *span)]
    return Source(f"({one} UNION ALL {one} UNION ALL {one}) AS r", parameters)


def shifted(day: date, days: int) -> date:
    """`days` after `day`, or the end of the calendar: whoever asks for the year 9999 gets an answer too."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def side_in_reach(where: Where, reader: Reader) -> Where:
    """An unlimited reach reads the issuer's side; a limited one its nodes on both, and counts no row twice."""
    nodes = reader.reach.array
    if nodes is None:
        return where.add("side = 'issuer'")
    return where.add(
        "(side = 'issuer' AND node_id = ANY(%b)"
        " OR side = 'debtor' AND node_id = ANY(%b) AND issuer_node_id <> ALL(%b))",
        nodes,
        nodes,
        nodes,
    )


def _places(on: date, issuer_node: UUID, debtor_node: UUID) -> Iterator[tuple[str, str, date, UUID, UUID]]:
    spans = (("day", on), ("month", on.replace(day=1)), ("year", on.replace(month=1, day=1)))
    for span, period in spans:
        yield "issuer", span, period, issuer_node, issuer_node
        # Where both nodes are one, whoever reaches the debtor's reaches the issuer's too.
        if debtor_node not in (NO_NODE, issuer_node):
            yield "debtor", span, period, debtor_node, issuer_node
