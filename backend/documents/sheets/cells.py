"""Cells, and how CSV writes them: RFC 4180 for machines, or as the Excel of a language opens it (C46, E.7).

Only text cells are guarded against formulas: a negative amount stays a number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from backend.values.money import Money

# What a spreadsheet takes for the beginning of a formula, in its ASCII and its full-width form: at the beginning of a
# cell, and of what becomes a cell in a spreadsheet of another language, which splits at another character than we do.
_FORMULA: Final = re.compile(r"^(?=[\t\r\n])|(?:^|(?<=[,;\t\r\n|]))(?=[ \"']*[=+\-@＝＋－＠])")
BYTE_ORDER_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Coded:
    """A value of a fixed set: `code` for machines, `word` for people."""

    code: str
    word: str


Cell = str | int | Decimal | Money | date | Coded | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one kind of CSV is written. There is never a `sep=` line, because it breaks the byte order mark."""

    separator: str = ","
    decimal_mark: str = "."
    words: bool = False


MACHINE: Final = Dialect()


def excel_dialect(language: str) -> Dialect:
    """What the Excel of a language splits at: a comma is taken where it already marks decimals."""
    if language == "en":
        return Dialect(words=True)
    return Dialect(separator=";", decimal_mark=",", words=True)


def line(cells: Sequence[Cell], dialect: Dialect) -> str:
    """One line with its end."""
    return dialect.separator.join(_quoted(written(cell, dialect), dialect) for cell in cells) + "\r\n"


def machine_line(cells: Sequence[Cell]) -> str:
    """The line as RFC 4180 has it, which is also what is hashed."""
    return line(cells, MACHINE)


def written(cell: Cell, dialect: Dialect) -> str:
    """One cell: amounts in major units without grouping, dates in ISO 8601, text with its formulas disarmed."""
    match cell:
        case None:
            return ""
        case str():
            return _FORMULA.sub("'", cell)
        case Coded():
            return cell.word if dialect.words else cell.code
        case Money():
            return _number(cell.decimal, dialect)
        case Decimal():
            return _number(cell, dialect)
        case int():
            return str(cell)
        case date():
            return cell.isoformat()


def _number(value: Decimal, dialect: Dialect) -> str:
    return f"{value:f}".replace(".", dialect.decimal_mark)


def _quoted(text: str, dialect: Dialect) -> str:
    if dialect.separator in text or '"' in text or "\r" in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
