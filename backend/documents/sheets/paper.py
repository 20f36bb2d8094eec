"""A sheet on paper, for a board: the HTML that the invoices' renderer turns into a PDF."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.documents.formats import Formats
from backend.documents.printable import Printer
from backend.documents.sheets.cells import Cell, Coded
from backend.documents.sheets.sheet import Manifest, Sheet
from backend.documents.sheets.words import label
from backend.values.money import Money

FOLDER: Final = Path(__file__).parents[3] / "templates" / "report"
# Ten seconds and 24 MB are what a page may take; this many rows stay well below both.
MAX_PAPER_ROWS: Final = 5_000

_WORDS: Final = ("page", "pages", "rows", "currency", "position", "made_at")
_COUNTRY: Final = {"sv": "SE", "fr": "FR", "en": ""}


def report_html(sheet: Sheet, manifest: Manifest) -> str:
    """The page: who and what, the sums by currency, then the table with its head on every page."""
    printer, formats = Printer(), Formats.of(sheet.language, _COUNTRY[sheet.language])
    shown = [index for index, column in enumerate(sheet.columns) if column.on_paper]
    labels = sheet.labels()
    summed = [column.id for column in sheet.columns if column.summed]
    return (
        _environment()
        .get_template("list.html")
        .render(
            sheet=sheet,
            words={name: label(name, sheet.language) for name in _WORDS},
            title=printer(sheet.title),
            publisher=printer(sheet.publisher),
            about=[(name, printer(text)) for name, text in sheet.about],
            made_at=f"{formats.date(sheet.made_at.date())} {sheet.made_at:%H:%M} UTC",
            manifest=manifest,
            sum_heads=[label(name, sheet.language) for name in summed],
            sums=[
                (each.currency, each.rows, [formats.amount(each.minor.get(name, 0), each.currency) for name in summed])
                for each in manifest.sums
            ],
            heads=[(labels[index], sheet.columns[index].kind) for index in shown],
            rows=[
                [(_printed(row[index], formats, printer), sheet.columns[index].kind) for index in shown]
                for row in sheet.rows
            ],
        )
    )


def _printed(cell: Cell, formats: Formats, printer: Printer) -> str:
    match cell:
        case None:
            return ""
        case str():
            return printer(cell)
        case Coded():
            return cell.word
        case Money():
            return formats.amount(cell.minor, cell.currency)
        case int():
            return str(cell)
        case date():
            return formats.date(cell)
        case _:
            return formats.quantity(cell)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
