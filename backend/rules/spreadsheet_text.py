"""From the bytes a spreadsheet program saved to records of text: which encoding, which delimiter, which row.

Excel writes UTF-8 with a mark, Windows-1252 or UTF-16 with tabs, depending on the menu; none of them says so.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, Literal

MAX_SHEET_BYTES: Final = 8 * 1024 * 1024
MAX_COLUMNS: Final = 50

Encoding = Literal["utf-8", "utf-16", "windows-1252", "iso-8859-1"]
DELIMITERS: Final = (",", ";", "\t")

# The first bytes of what people upload instead: xlsx and ods (zip), xls (OLE), PDF.
_NOT_CSV: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF")
# Excel reads such a first line and does not show it, so it does not count as a row.
_SEP_LINE: Final = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)


class SheetFault(StrEnum):
    """Why a whole file cannot be read. The names are stored and translated: never change one."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    NOT_TEXT = "not_text"
    SPREADSHEET_FILE = "spreadsheet_file"
    MIXED_ENCODING = "mixed_encoding"
    QUOTES = "quotes"
    COLUMNS_MISSING = "columns_missing"
    COLUMN_REPEATED = "column_repeated"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"


class UnreadableSheet(ValueError):
    """Nothing of the file can be used. `message` is English for whoever uploaded it; `code` is for translation."""

    def __init__(self, code: SheetFault, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def decode(content: bytes) -> tuple[str, Encoding]:
    """The text of `content` and the encoding it was found in. Raises `UnreadableSheet`.

    A byte order mark decides; then strict UTF-8; then Windows-1252, which is what Excel means by CSV; then Latin-1.
    """
    if len(content) > MAX_SHEET_BYTES:
        raise UnreadableSheet(SheetFault.TOO_LARGE, f"the file exceeds {MAX_SHEET_BYTES // 1024 // 1024} MB")
    if content.startswith(_NOT_CSV):
        raise UnreadableSheet(SheetFault.SPREADSHEET_FILE, "this is a spreadsheet or PDF: save it as CSV UTF-8 first")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _without_nul(_decoded(content, "utf-16")), "utf-16"
    try:
        return _without_nul(content.decode("utf-8-sig")), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_mixed(content, error.start)
    try:
        return _without_nul(content.decode("cp1252")), "windows-1252"
    except UnicodeDecodeError:
        return _without_nul(content.decode("latin-1")), "iso-8859-1"


def split_sep_line(text: str) -> tuple[str, str]:
    """`text` without Excel's `sep=;` line, and the delimiter it names (empty when there is none)."""
    found = _SEP_LINE.match(text)
    return (text[found.end() :], found[1]) if found else (text, "")


def records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows as a spreadsheet numbers them, the first is 1: a quoted line break does not begin a new one.

    Raises `UnreadableSheet` for quotes that do not close: everything after them would silently be one cell.
    """
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UnreadableSheet(
                SheetFault.QUOTES, f"row {number}: a quoted cell does not end where it should, or is far too long"
            ) from None
        yield number, cells


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableSheet(SheetFault.NOT_TEXT, f"the file says {encoding.upper()} and is not") from None


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise UnreadableSheet(SheetFault.NOT_TEXT, "this is not a text file: save it as CSV UTF-8 first")
    return text


def _refuse_mixed(content: bytes, first_bad: int) -> None:
    """Refuse UTF-8 with a few broken bytes: read as Windows-1252 it would turn every Å into Ã….

    Text that really is Windows-1252 almost never holds two bytes that happen to be valid UTF-8.
    """
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(not char.isascii() for char in text) - broken
    if whole > broken:
        line = content.count(b"\n", 0, first_bad) + 1
        raise UnreadableSheet(SheetFault.MIXED_ENCODING, f"line {line}: the file is UTF-8 with damaged characters")
