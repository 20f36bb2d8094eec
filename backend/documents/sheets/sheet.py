"""A list on its way into a file: columns with stable ids, typed cells, and what the file says about itself.

Whatever the format, `rows_sha256` is that of the same list in CSV for machines: two files of one list can be compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from backend.documents.sheets.cells import Cell, machine_line
from backend.documents.sheets.words import Language, label
from backend.values.money import Money

Kind = Literal["text", "date", "amount", "count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. Only a `summed` column is added up, by currency; what is not `on_paper` has no room in a report."""

    id: str
    kind: Kind = "text"
    summed: bool = False
    on_paper: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole list. `about` says in words what was asked for; `name` is the file's, without its ending."""

    name: str
    title: str
    publisher: str
    about: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    language: Language
    made_at: datetime
    position: int

    def labels(self) -> tuple[str, ...]:
        """The column heads in the reader's language."""
        return tuple(label(column.id, self.language) for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """One currency of the list: how many rows, and each summed column in minor units."""

    currency: str
    rows: int
    minor: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What proves that a file is whole: rows, sums, a hash of the content, and the place in the journal it shows."""

    rows: int
    sums: tuple[Sums, ...]
    rows_sha256: str
    journal_position: int
    created_at: datetime


def manifest_of(sheet: Sheet) -> Manifest:
    """Count, sum and hash the rows."""
    digest, sums = sha256(machine_line([column.id for column in sheet.columns]).encode()), dict[str, Sums]()
    for row in sheet.rows:
        digest.update(machine_line(row).encode())
        _add(sums, sheet.columns, row)
    return Manifest(
        rows=len(sheet.rows),
        sums=tuple(sums[currency] for currency in sorted(sums)),
        rows_sha256=digest.hexdigest(),
        journal_position=sheet.position,
        created_at=sheet.made_at,
    )


def _add(sums: dict[str, Sums], columns: Iterable[Column], row: Sequence[Cell]) -> None:
    amounts = [
        (column.id, cell)
        for column, cell in zip(columns, row, strict=True)
        if column.summed and isinstance(cell, Money)
    ]
    for currency in dict.fromkeys(cell.currency for _, cell in amounts):
        before = sums.get(currency) or Sums(currency=currency, rows=0, minor={})
        minor = dict(before.minor)
        for name, cell in amounts:
            if cell.currency == currency:
                minor[name] = minor.get(name, 0) + cell.minor
        sums[currency] = Sums(currency=currency, rows=before.rows + 1, minor=minor)
