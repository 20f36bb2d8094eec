"""Cells of CSV files: whatever a person is called, no spreadsheet calculates it."""

import csv
import io

import pytest

from backend.documents.sheets.cells import MACHINE, excel_dialect, line

FORMULA = '=HYPERLINK("http://evil.example")'


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("dialect", [MACHINE, excel_dialect("sv"), excel_dialect("en")])
@pytest.mark.parametrize("name", ["{f}", "Anna{s}{f}", "Anna{s} {f}", 'Anna{s}"{f}"', "Anna\r\n{f}", "x{s}@SUM(1)"])
def test_no_cell_becomes_a_formula_however_the_file_is_split(name: str, dialect: object, separator: str) -> None:
    """C46: Excel splits at the character of its own language, not at ours, and sees no quotes within a cell."""
    text = line(["F-1", name.format(f=FORMULA, s=separator), "2026"], dialect)  # type: ignore[arg-type]
    split = [piece for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for piece in row]
    blunt = [piece for row in text.splitlines() for piece in row.split(separator)]
    for piece in (*split, *blunt):
        assert not piece.strip(' "').startswith(("=", "+", "-", "@")), text


@pytest.mark.parametrize("name", ["Anna-Karin", "Lund, Åsa", "a=b; c+d", "O'Neil", "2025-2026", "e@mail.example"])
def test_what_is_no_formula_stays_as_it_is(name: str) -> None:
    """C46: a file for machines says what the list says."""
    (row,) = csv.reader(io.StringIO(line([name], MACHINE), newline=""))
    assert row == [name]
