"""Files of invoices from before Carreau, as bookkeeping programs write them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.history_csv import COLUMNS, HistorySheet, read_history
from backend.rules.spreadsheet_text import SheetFault, UnreadableSheet

GOOD = {
    "number": "2025-0001",
    "issued_on": "2025-03-01",
    "due_on": "2025-03-31",
    "currency": "SEK",
    "net": "400.00",
    "tax": "100.00",
    "total": "500.00",
    "open": "0",
    "debtor_reference": "F-1",
    "debtor_name": "Åsa Öst AB",
    "debtor_country": "SE",
}


def a_file(*rows: dict[str, str], delimiter: str = ",") -> str:
    lines = [delimiter.join(COLUMNS)]
    lines += [delimiter.join(f'"{value}"' for value in (GOOD | row).values()) for row in rows or ({},)]
    return "\r\n".join(lines) + "\r\n"


def read(text: str, encoding: str = "utf-8") -> HistorySheet:
    return read_history(text.encode(encoding))


def test_a_good_row_is_read_exactly() -> None:
    """S002-22: original number, dates and amounts."""
    (row,) = read(a_file({"open": "125,50"})).rows
    assert (row.number, row.issued_on) == ("2025-0001", date(2025, 3, 1))
    assert (row.total_minor, row.open_minor) == (50_000, 12_550)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_excel_is_understood(delimiter: str, encoding: str) -> None:
    """Issue 2, item 4: Excel's semicolons and Latin-1, and spaces in amounts."""
    (row,) = read(a_file({"total": "10\u00a0500,00", "net": "10 400,00"}, delimiter=delimiter), encoding).rows
    assert (row.debtor_name, row.total_minor) == ("Åsa Öst AB", 1_050_000)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"number": ""}, "number"),
        ({"number": "x" * 51}, "number"),
        ({"issued_on": "2025-02-30"}, "issued_on"),
        ({"issued_on": "01/03/2025"}, "issued_on"),
        ({"due_on": "2025-02-28"}, "due_on"),
        ({"currency": "XBT"}, "currency"),
        ({"net": "four hundred"}, "net"),
        ({"net": "1.234.50"}, "net"),
        ({"tax": "100.001"}, "tax"),
        ({"total": "499.99"}, "total"),
        ({"open": "500.01"}, "open"),
        ({"open": "-1"}, "open"),
        ({"debtor_name": ""}, "debtor_name"),
        ({"debtor_country": "EL"}, "debtor_country"),
    ],
)
def test_every_bad_row_is_named_and_the_good_ones_stay(change: dict[str, str], column: str) -> None:
    """Issue 2, item 4: a preview names every bad row and column."""
    sheet = read(a_file({}, change | {"number": change.get("number", "2025-0002")}, {"number": "2025-0003"}))
    assert (3, column) in {(problem.row, problem.column) for problem in sheet.problems}
    assert (len(sheet.rows), sheet.lines) == (2, (2, 4))


def test_a_number_is_there_once() -> None:
    """S002-22: original numbers are unique."""
    (problem,) = read(a_file({}, {})).problems
    assert problem.message == "number is already on row 2"


def test_a_file_that_is_none() -> None:
    """Issue 2, item 4: the reason is told, nothing is guessed."""
    for text, fault in (
        (a_file().replace("debtor_country", "land"), SheetFault.COLUMNS_MISSING),
        (",".join(COLUMNS), SheetFault.EMPTY),
        ("", SheetFault.EMPTY),
    ):
        with pytest.raises(UnreadableSheet) as unreadable:
            read(text)
        assert unreadable.value.code is fault


@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(st.text(max_size=12), max_size=11).map(
            lambda cells: (",".join(COLUMNS) + "\n" + ",".join(cells)).encode("utf-8", "replace")
        ),
    )
)
def test_nothing_else_is_ever_raised(content: bytes) -> None:
    """Issue 2, item 4: whatever is uploaded is read or refused."""
    with suppress(UnreadableSheet):
        read_history(content)
