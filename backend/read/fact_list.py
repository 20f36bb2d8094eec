"""Fact lists: read models in which one kind of event is one row. They are declared, not written.

CREDIT_NOTES: Final = fact_list(
    "credit_notes",
    CreditNoteIssued,
    NOTES,
    columns={"invoice_number": "event.invoice.number", "issued_at": "at", "issued_by": "actor"},
    blanked=("reason",),
)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.access import AccessBookPruned
from backend.events.debtors import PersonalDataErased
from backend.events.event import BY_CLASS
from backend.read.projection import ReadModel, Recorded, Target, declared, key_of
from backend.runtime.bulk import insert_rows, update_rows
from backend.runtime.database import Connection

_KEY: Final = ("tenant_id", "generation")

# Where a column comes from: a path ("at", "event.invoice.number"), or a function of what the path would begin at.
Source = str | Callable[[Any], Any]
# What a later event does to the row of a fact. It is given the row to change, and may leave it as it is.
Change = Callable[[dict[str, Any], Recorded], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A second table with one row for each part of a fact, such as the allocations of a payment.

    `of` is the event's field that holds the parts. `columns` says where a column comes from: paths begin at `event`,
    `part` or `seq` (the part's number, from 0). Without a word, `seq` is that number, the fact's own key comes from the
    event, and any other column is the part's field of that name.
    """

    table: Table
    of: str
    columns: Mapping[str, Source] = field(default_factory=dict)


def fact_list(
    name: str,
    of: type,
    table: Table,
    *,
    columns: Mapping[str, Source],
    blanked: Sequence[str] = (),
    changes: Mapping[type, Change] | None = None,
    parts: Parts | None = None,
) -> ReadModel:
    """Declare the projection `name`: each event `of` is a row of `table`, whose key is one field of that event.

    `columns` says where a column comes from, by a path into the `Recorded`. Without a word, `position` is the event's
    position, and any other column is the event's field (or property) of that name. `blanked` are about the person
    `debtor_id`: when they are erased, these columns become empty. `changes` are later events that name the fact by its
    key. What the access book lets go of leaves its lists, too.
    """
    sources = {
        column.name: columns.get(column.name) or _own_field(of, column.name)
        for column in table.columns
        if column.name not in _KEY
    }
    fold = _Fold(
        of=of,
        table=table,
        key=_key_of_fact(table),
        values={column: _getter(source) for column, source in sources.items()},
        blanks={column: None if table.c[column].nullable else "" for column in blanked},
        changes=dict(changes or {}),
        parts=_parts(parts, table) if parts else None,
    )
    handles = frozenset({of, *fold.changes} | ({PersonalDataErased} if blanked else set()) | _pruned_by(of))
    tables = (table, parts.table) if parts else (table,)
    return declared(ReadModel(name, tables, handles, fold))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the sources of a part's columns begin at."""

    event: Any
    part: Any
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    table: Table
    of: str
    values: dict[str, Callable[[Any], Any]]

    def rows(self, event: Any) -> Iterable[tuple[Any, ...]]:
        for seq, part in enumerate(getattr(event, self.of)):
            seen = _Seen(event, part, seq)
            yield tuple(value(seen) for value in self.values.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fold:
    """What `fact_list` was told, as functions."""

    of: type
    table: Table
    key: str
    values: dict[str, Callable[[Any], Any]]
    blanks: dict[str, str | None]
    changes: dict[type, Change]
    parts: _Parts | None

    async def __call__(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        earlier, pruned = await self._earlier(connection, target, events), 0
        made, parts, erased = dict[UUID, dict[str, Any]](), list[tuple[Any, ...]](), set[UUID]()
        for recorded in events:
            event = recorded.event
            if isinstance(event, self.of):
                row = self._row(recorded)
                made[row[self.key]] = row
                parts.extend(self.parts.rows(event) if self.parts else ())
            elif isinstance(event, PersonalDataErased):
                erased.add(event.debtor_id)
                self._blank((*made.values(), *earlier.values()), event.debtor_id)
            elif isinstance(event, AccessBookPruned):
                pruned = event.until
            else:
                fact = getattr(event, self.key)
                known = made.get(fact) or earlier.get(fact)
                if known is not None:
                    self.changes[type(event)](known, recorded)
        await self._write(connection, target, made=made.values(), changed=earlier.values(), erased=erased)
        if self.parts:
            await _insert(connection, target, self.parts.table, tuple(self.parts.values), parts)
        if pruned:
            await connection.execute(
                f"DELETE FROM {self.table.name} WHERE tenant_id = %b AND generation = %b AND position <= %b".encode(),
                (*key_of(target), pruned),
            )

    def _row(self, recorded: Recorded) -> dict[str, Any]:
        row = {column: value(recorded) for column, value in self.values.items()}
        # A personal field of an erased person reads None.
        return row | {column: blank for column, blank in self.blanks.items() if row[column] is None}

    def _blank(self, rows: Iterable[dict[str, Any]], debtor_id: UUID) -> None:
        for row in rows:
            if row["debtor_id"] == debtor_id:
                row |= self.blanks

    async def _earlier(
        self, connection: Connection, target: Target, events: Sequence[Recorded]
    ) -> dict[UUID, dict[str, Any]]:
        """The rows of earlier batches that this batch may change."""
        wanted = {getattr(recorded.event, self.key) for recorded in events if type(recorded.event) in self.changes}
        if not wanted:
            return {}
        found = await connection.execute(
            f"SELECT {', '.join(self.values)} FROM {self.table.name}"
            f" WHERE tenant_id = %b AND generation = %b AND {self.key} = ANY(%b)".encode(),
            (*key_of(target), list(wanted)),
        )
        rows = [dict(zip(self.values, values, strict=True)) for values in await found.fetchall()]
        return {row[self.key]: row for row in rows}

    async def _write(
        self,
        connection: Connection,
        target: Target,
        *,
        made: Iterable[dict[str, Any]],
        changed: Iterable[dict[str, Any]],
        erased: set[UUID],
    ) -> None:
        columns = tuple(self.values)
        # First what stands already: the rows of this batch are blank where they must be.
        await update_rows(
            connection,
            self.table,
            (*_KEY, "debtor_id"),
            {column: "NULL" if blank is None else "''" for column, blank in self.blanks.items()},
            (*_KEY, "debtor_id"),
            [(*key_of(target), debtor_id) for debtor_id in erased],
        )
        await _insert(connection, target, self.table, columns, [tuple(row.values()) for row in made])
        await update_rows(
            connection,
            self.table,
            (*_KEY, self.key),
            {column: f"v.{column}" for column in columns if column != self.key},
            (*_KEY, *columns),
            [(*key_of(target), *row.values()) for row in changed],
        )


async def _insert(
    connection: Connection, target: Target, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    await insert_rows(connection, table, (*_KEY, *columns), [(*key_of(target), *row) for row in rows])


def _parts(parts: Parts, facts: Table) -> _Parts:
    def source(column: str) -> Source:
        return "seq" if column == "seq" else f"event.{column}" if column == _key_of_fact(facts) else f"part.{column}"

    names = [column.name for column in parts.table.columns if column.name not in _KEY]
    values = {name: _getter(parts.columns.get(name) or source(name)) for name in names}
    return _Parts(table=parts.table, of=parts.of, values=values)


def _pruned_by(of: type) -> set[type]:
    """What removes rows of facts that the journal itself does not keep any more."""
    return {AccessBookPruned} if BY_CLASS[of].book == "access" else set()


def _key_of_fact(table: Table) -> str:
    (key,) = (column.name for column in table.primary_key if column.name not in _KEY)
    return key


def _own_field(of: type, column: str) -> str:
    if column == "position":
        return column
    if not hasattr(of, column):
        raise TypeError(f"{of.__name__} has no {column}: say where the column comes from")
    return f"event.{column}"


def _getter(source: Source) -> Callable[[Any], Any]:
    return attrgetter(source) if isinstance(source, str) else source
