"""Read a CSV file of invoices from before Carreau: the good rows, and every bad cell by row and column. Pure.

A row is good or bad as a whole; the caller imports all rows or explicitly the good ones, never half of one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from backend.rules.member_row import ProblemCode, normalised, problem
from backend.rules.numbering import MAX_NUMBER
from backend.rules.spreadsheet_text import DELIMITERS, SheetFault, UnreadableSheet, decode, records, split_sep_line
from backend.values.countries import ISO_3166_1
from backend.values.currency import EXPONENTS, UnknownCurrency
from backend.values.money import AmountTooLarge, InvalidAmount, Money

MAX_ROWS: Final = 20_000
MAX_NAME: Final = 250
MAX_REFERENCE: Final = 40

# Each column with its greatest number of characters. Amounts are in major units, dates ISO 8601.
COLUMNS: Final[Mapping[str, int]] = {
    "number": MAX_NUMBER,
    "issued_on": 10,
    "due_on": 10,
    "currency": 3,
    "net": 24,
    "tax": 24,
    "total": 24,
    "open": 24,
    "debtor_reference": MAX_REFERENCE,
    "debtor_name": MAX_NAME,
    "debtor_country": 2,
}
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricalRow:
    """An invoice as in the file. `open_minor` is what was still owed when it was taken over."""

    number: str
    issued_on: date
    due_on: date
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    open_minor: int
    debtor_reference: str
    debtor_name: str
    debtor_country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryProblem:
    """One cell that is wrong. `row` counts as a spreadsheet does; `value` is safe to show, and may be personal."""

    row: int
    column: str
    message: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySheet:
    """What the file holds. `lines` are the file's row numbers of `rows`, which are free of problems."""

    rows: tuple[HistoricalRow, ...]
    lines: tuple[int, ...]
    problems: tuple[HistoryProblem, ...]


class _BadCell(Exception):
    """What is wrong with a cell, after its column's name: `is no date`."""


def read_history(content: bytes) -> HistorySheet:
    """Read a CSV upload of historical invoices. Raises `UnreadableSheet` and nothing else, whatever the bytes."""
    text, _ = decode(content)
    text, named = split_sep_line(text)
    delimiter = named if named in DELIMITERS else max(DELIMITERS, key=text.partition("\n")[0].count)
    places: dict[str, int] = {}
    # The rows by their number, because a second invoice of one number is wrong whatever it says.
    rows: dict[str, tuple[int, HistoricalRow]] = {}
    problems: list[HistoryProblem] = []
    for line, cells in records(text, delimiter):
        if line > MAX_ROWS + 1:
            raise UnreadableSheet(SheetFault.TOO_MANY_ROWS, f"the file has more than {MAX_ROWS} invoices")
        if line == 1:
            places = _places(cells)
        elif any(cell.strip() for cell in cells):
            row, found = _row(line, _values(cells, places))
            problems += found
            if row is not None and rows.setdefault(row.number, (line, row))[0] != line:
                first = rows[row.number][0]
                problems.append(_problem(line, "number", f"is already on row {first}", row.number))
    if not rows and not problems:
        raise UnreadableSheet(SheetFault.EMPTY, "the file holds no invoices")
    return HistorySheet(
        rows=tuple(row for _, row in rows.values()),
        lines=tuple(line for line, _ in rows.values()),
        problems=tuple(problems),
    )


def _places(header: Sequence[str]) -> dict[str, int]:
    places = {cell.strip().casefold(): place for place, cell in enumerate(header)}
    missing = [column for column in COLUMNS if column not in places]
    if missing:
        raise UnreadableSheet(SheetFault.COLUMNS_MISSING, f"these columns are missing: {', '.join(missing)}")
    return places


def _values(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    # Spreadsheets leave out empty cells at the end of a row.
    return {column: normalised(cells[places[column]]) if places[column] < len(cells) else "" for column in COLUMNS}


def _row(line: int, values: Mapping[str, str]) -> tuple[HistoricalRow | None, list[HistoryProblem]]:
    """The row, or what is wrong with it: each bad cell, then what the cells say together."""
    found: list[HistoryProblem] = []
    read: dict[str, object] = {}
    readers = _readers(values["currency"])
    for column, value in values.items():
        try:
            read[column] = readers[column](_limited(column, value))
        except _BadCell as bad:
            found.append(_problem(line, column, str(bad), value))
    if found:
        return None, found
    row = HistoricalRow(
        **{_FIELDS.get(column, column): value for column, value in read.items()}  # type: ignore[arg-type]
    )
    if (contradiction := _contradiction(row)) is not None:
        return None, [_problem(line, *contradiction, values[contradiction[0]])]
    return row, []


_FIELDS: Final = {"net": "net_minor", "tax": "tax_minor", "total": "total_minor", "open": "open_minor"}


def _readers(currency: str) -> dict[str, Callable[[str], object]]:
    def amount(value: str) -> int:
        return _amount(value, currency)

    return {
        **dict.fromkeys(COLUMNS, lambda value: value),
        "issued_on": _date,
        "due_on": _date,
        "currency": _currency,
        "net": amount,
        "tax": amount,
        "total": amount,
        "open": amount,
        "debtor_country": _country,
    }


def _limited(column: str, value: str) -> str:
    if not value:
        raise _BadCell("is empty")
    if len(value) > COLUMNS[column]:
        raise _BadCell(f"has more than {COLUMNS[column]} characters")
    if not value.isprintable():
        raise _BadCell("holds a character that cannot be printed")
    return value


def _date(value: str) -> date:
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _BadCell("is no date: write 2025-12-31")


def _currency(value: str) -> str:
    if value not in EXPONENTS:
        raise _BadCell("is no currency with an ECB reference rate")
    return value


def _country(value: str) -> str:
    if value not in ISO_3166_1:
        raise _BadCell("is no country: write SE or FR")
    return value


def _amount(value: str, currency: str) -> int:
    # Excel in Swedish and French writes 1 234,50; a thousands separator other than a space is never guessed.
    plain = value.replace(" ", "")
    try:
        return Money.parse(plain.replace(",", ".") if "." not in plain else plain, currency).minor
    except (InvalidAmount, AmountTooLarge, UnknownCurrency):
        raise _BadCell("is no amount: write 1234.50") from None


def _contradiction(row: HistoricalRow) -> tuple[str, str] | None:
    """The column that contradicts the others, and how."""
    if row.total_minor != row.net_minor + row.tax_minor:
        return "total", "is not net plus tax"
    if not 0 <= row.open_minor <= row.total_minor:
        return "open", "is not between 0 and the total: credits are not taken over as invoices"
    if row.due_on < row.issued_on:
        return "due_on", "is before the invoice date"
    return None


def _problem(line: int, column: str, message: str, value: str) -> HistoryProblem:
    shown = problem(line, column, ProblemCode.MISSING, "", value).value
    return HistoryProblem(row=line, column=column, message=f"{column} {message}", value=shown)
