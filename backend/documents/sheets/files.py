"""A sheet as CSV or as a workbook, written into an open file row by row."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any, Final

from backend.documents.sheets.cells import BYTE_ORDER_MARK, MACHINE, Cell, Coded, Dialect, excel_dialect, line
from backend.documents.sheets.sheet import Manifest, Sheet
from backend.documents.sheets.words import label
from backend.values.currency import exponent
from backend.values.money import Money

# Excel cuts a longer text off and then calls the file broken.
_MAX_CELL: Final = 32_767
_MAX_TAB: Final = 31
_WIDTHS: Final = {"text": 18, "date": 12, "amount": 14, "count": 10}


def write_machine_csv(sheet: Sheet, file: IO[bytes]) -> None:
    """RFC 4180 in UTF-8: the ids of the columns, then codes and decimal points."""
    _write_csv([column.id for column in sheet.columns], sheet, MACHINE, file)


def write_excel_csv(sheet: Sheet, file: IO[bytes]) -> None:
    """With a byte order mark, and the separator and decimal mark of the language. A head is `Label [id]`."""
    heads = [f"{text} [{column.id}]" for column, text in zip(sheet.columns, sheet.labels(), strict=True)]
    file.write(BYTE_ORDER_MARK.encode())
    _write_csv(heads, sheet, excel_dialect(sheet.language), file)


def write_workbook(sheet: Sheet, manifest: Manifest, file: IO[bytes]) -> None:
    """XLSX with typed cells. The first row holds the ids and is hidden, the second the labels; a second page says
    what the file is. Texts are texts: nothing in them is ever a formula, a number or a link."""
    # Fourteen megabytes that only a process which writes workbooks should hold.
    import xlsxwriter

    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False},
    )
    book.set_properties(
        {"title": sheet.title, "author": sheet.publisher, "created": sheet.made_at.replace(tzinfo=None)}
    )
    _Book(book, sheet).write(manifest)
    book.close()


def _write_csv(heads: Sequence[str], sheet: Sheet, dialect: Dialect, file: IO[bytes]) -> None:
    file.write(line(heads, dialect).encode())
    for row in sheet.rows:
        file.write(line(row, dialect).encode())


class _Book:
    """The formats of one workbook, and its two pages."""

    def __init__(self, book: Any, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        # As if an apostrophe had been typed: it stays a text when somebody edits it, or saves the file as CSV.
        self._text = book.add_format({"quote_prefix": True})
        self._amounts: dict[int, Any] = {}

    def write(self, manifest: Manifest) -> None:
        self._write_list()
        self._write_about(manifest)

    def _write_list(self) -> None:
        sheet = self._sheet
        page = self._book.add_worksheet(sheet.title[:_MAX_TAB])
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, _WIDTHS[column.kind])
        page.set_row(0, None, None, {"hidden": True})
        page.freeze_panes(2, 1)
        page.autofilter(1, 0, len(sheet.rows) + 1, len(sheet.columns) - 1)
        page.repeat_rows(1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for index, column in enumerate(sheet.columns):
            page.write_string(0, index, column.id)
        for index, text in enumerate(sheet.labels()):
            page.write_string(1, index, text, self._bold)
        for number, row in enumerate(sheet.rows, start=2):
            for index, cell in enumerate(row):
                self._write(page, number, index, cell)

    def _write_about(self, manifest: Manifest) -> None:
        sheet, spoken = self._sheet, self._sheet.language
        page = self._book.add_worksheet(label("about", spoken))
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 70)
        facts: list[tuple[str, Cell]] = [
            (label("list", spoken), sheet.title),
            (label("publisher", spoken), sheet.publisher),
            *sheet.about,
            (label("made_at", spoken), sheet.made_at.isoformat(timespec="seconds")),
            (label("rows", spoken), manifest.rows),
            (label("position", spoken), manifest.journal_position),
            (label("rows_sha256", spoken), manifest.rows_sha256),
        ]
        facts.extend(
            (f"{label('column', spoken)} {column.id}", text)
            for column, text in zip(sheet.columns, sheet.labels(), strict=True)
        )
        for row, (name, value) in enumerate(facts):
            page.write_string(row, 0, name)
            self._write(page, row, 1, value)
        self._write_sums(page, len(facts), manifest)

    def _write_sums(self, page: Any, row: int, manifest: Manifest) -> None:
        spoken = self._sheet.language
        for sums in manifest.sums:
            places = exponent(sums.currency)
            page.write_string(row, 0, f"{label('rows', spoken)} {sums.currency}")
            page.write_number(row, 1, sums.rows)
            for name, minor in sums.minor.items():
                row += 1
                page.write_string(row, 0, f"{label(name, spoken)} {sums.currency}")
                # A sum may be larger than any one amount of money can be here.
                page.write_number(row, 1, Decimal(minor).scaleb(-places), self._amount(places))
            row += 1

    def _write(self, page: Any, row: int, index: int, cell: Cell) -> None:
        match cell:
            case None:
                return
            case str():
                page.write_string(row, index, cell[:_MAX_CELL], self._text)
            case Coded():
                page.write_string(row, index, cell.word)
            case Money():
                page.write_number(row, index, cell.decimal, self._amount(exponent(cell.currency)))
            case date():
                page.write_datetime(row, index, cell, self._date)
            case _:
                page.write_number(row, index, cell)

    def _amount(self, places: int) -> Any:
        if places not in self._amounts:
            pattern = "#,##0" + ("." + "0" * places if places else "")
            self._amounts[places] = self._book.add_format({"num_format": pattern})
        return self._amounts[places]
