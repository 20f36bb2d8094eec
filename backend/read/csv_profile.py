"""CSV for machines (RFC 4180) and for Excel (byte order mark, semicolon, decimal comma), safe to open in both (C46).

Only text cells are guarded against formulas: a negative amount stays a number.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Final

from backend.values.money import Money

Cell = str | int | Decimal | Money | date | None

# What a spreadsheet takes for the beginning of a formula, in its ASCII and its full-width form.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK: Final = "\ufeff"


class CsvProfile(StrEnum):
    """Who will open the file."""

    RFC4180 = "rfc4180"
    EXCEL = "excel"


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """A finished file. `digest` is the SHA-256 of `content`; `rows` does not count the header."""

    name: str
    content: bytes
    rows: int
    digest: str


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, profile: CsvProfile) -> CsvFile:
    """The file. The header names are stable identifiers. There is no `sep=` line, because it breaks the mark."""
    text, count = io.StringIO(newline=""), 0
    writer = csv.writer(text, delimiter=";" if profile is CsvProfile.EXCEL else ",", lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([written(cell, profile) for cell in row])
        count += 1
    mark = BYTE_ORDER_MARK if profile is CsvProfile.EXCEL else ""
    content = (mark + text.getvalue()).encode()
    return CsvFile(name=name, content=content, rows=count, digest=sha256(content).hexdigest())


def written(cell: Cell, profile: CsvProfile) -> str:
    """One cell: amounts in major units without grouping, dates in ISO 8601, text with its formulas disarmed."""
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
        case Money():
            return _number(cell.decimal, profile)
        case Decimal():
            return _number(cell, profile)
        case int():
            return str(cell)
        case date():
            return cell.isoformat()


def _number(value: Decimal, profile: CsvProfile) -> str:
    text = f"{value:f}"
    return text.replace(".", ",") if profile is CsvProfile.EXCEL else text
