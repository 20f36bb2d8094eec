"""Member files as federations really send them, and as nobody should."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.rules.member_csv import MAX_ROWS, import_digest, read_members
from backend.rules.member_row import COLUMNS, MAX_VALUE_SHOWN
from backend.rules.spreadsheet_text import MAX_COLUMNS, MAX_SHEET_BYTES, SheetFault, UnreadableSheet
from tests.given.member_files import GOOD, HEADER, a_file, found, read

DATA = Path(__file__).parent.parent / "data"


def test_the_stockholm_file_is_good() -> None:
    """S002-36, issue 2: 120 renewals, each row as it stands in the file."""
    sheet = read_members((DATA / "renewals_stockholm_2026.csv").read_bytes())
    assert (sheet.encoding, sheet.delimiter, len(sheet.rows)) == ("utf-8", ",", 120)
    assert (sheet.problems, sheet.warnings, sheet.ignored_columns) == ((), (), ())
    french = sheet.rows[63]
    assert (french.row, french.street, french.country, french.language) == (65, "586, avenue Patrick Roger", "FR", "fr")


def test_excels_semicolons_and_latin_1_are_recognised() -> None:
    """Issue 2, item 4: what Excel calls CSV in Sweden."""
    sheet = read_members((DATA / "renewals_excel_latin1_semicolon.csv").read_bytes())
    assert (sheet.encoding, sheet.delimiter, len(sheet.rows)) == ("windows-1252", ";", 25)
    assert (sheet.problems, sheet.warnings) == ((), ())
    assert sheet.rows[2].last_name == "Sjödin"


def test_every_bad_row_of_the_hostile_file_is_named() -> None:
    """Issue 2, must show: every bad row and column named, the good rows importable."""
    sheet = read_members((DATA / "renewals_hostile.csv").read_bytes())
    assert found(sheet) == [
        (3, "email", "missing"),
        (4, "email", "email_malformed"),
        (5, "member_no", "member_no_repeated"),
        (6, "last_name", "formula"),
        (7, "first_name", "too_long"),
        (8, "country", "country_unknown"),
        (9, "language", "language_unknown"),
        (10, "last_name", "control_character"),
        (11, "licence_type", "licence_type_unknown"),
        (13, "last_name", "not_a_name"),
        (14, "first_name", "hidden_character"),
        (15, "member_no", "missing"),
        (16, "email", "email_several"),
        (17, "last_name", "markup"),
        (18, "postal_code", "missing"),
        (19, "last_name", "hidden_character"),
        (21, "club", "missing"),
    ]
    # Row 12 is an Arabic name, row 20 an address in capitals: both are good.
    assert [row.row for row in sheet.rows] == [2, 12, 20, *range(22, 42)]
    assert sheet.warnings == ()
    assert "row 2" in sheet.problems[2].message
    assert all(each.value.isprintable() and len(each.value) <= MAX_VALUE_SHOWN for each in sheet.problems)


@pytest.mark.parametrize(
    ("encode", "encoding"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "windows-1252")],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_all_that_excel_saves_gives_the_same_import(encode: str, encoding: str, delimiter: str) -> None:
    """Issue 2, item 4; C46: the menu entry chosen in Excel has no influence on what is imported."""
    sheet = read_members(a_file({}, {"member_no": "2"}, delimiter=delimiter).encode(encode))
    assert (sheet.encoding, sheet.delimiter) == (encoding, delimiter)
    assert import_digest(sheet) == import_digest(read(a_file({"member_no": "2"}, {})))
    assert sheet.rows[0].last_name == "Östlund"


def test_an_undefined_byte_of_windows_1252_makes_it_latin_1_and_a_named_cell() -> None:
    """Issue 2, item 4: 0x81 is a control character, not the end of the import."""
    content = a_file({}, {"member_no": "2", "city": "Malm\x81"}).encode("latin-1")
    sheet = read_members(content)
    assert (sheet.encoding, found(sheet)) == ("iso-8859-1", [(3, "city", "control_character")])


def test_a_sep_line_is_obeyed_and_not_counted() -> None:
    """C46: Excel does not show the line, so the header stays row 1."""
    sheet = read("sep=;\r\n" + a_file({"club": ""}, delimiter=";"))
    assert (sheet.delimiter, found(sheet)) == (";", [(2, "club", "missing")])


@pytest.mark.parametrize(
    "header",
    [
        "Medlemsnr;Förnamn;Efternamn;E-postadress;Förening;Distrikt;Gatuadress;Postnummer;Ort;Land;Språk;Licenstyp",
        "N° de membre;Prénom;Nom;Courriel;Club;Comité;Rue;Code postal;Ville;Pays;Langue;Type de licence",
        "Member ID;First name;Surname;E-mail;Club name;District;Address;Postcode;Town;Country code;LANGUAGE;Licence",
        " MEMBER_NO ;first-name;Last Name;E-Mail;CLUB;district;street;postal_code;city;COUNTRY;language;licence_type",
    ],
)
def test_headers_are_found_in_three_languages(header: str) -> None:
    """Issue 2, item 4: nobody renames columns to please a program."""
    sheet = read(a_file({}, delimiter=";", header=header))
    assert (sheet.problems, sheet.ignored_columns) == ((), ())
    assert sheet.rows[0].postal_code == "518 84"


def test_columns_may_be_in_any_order_unknown_ones_are_reported_and_two_may_lack() -> None:
    """Issue 2, item 4: district and language are optional."""
    names = [name for name in reversed(COLUMNS) if name not in ("district", "language")]
    text = ";".join([*names, "Skostorlek", ""]) + "\n" + ";".join([*(GOOD[name] for name in names), "43", ""])
    sheet = read(text)
    assert sheet.ignored_columns == ("Skostorlek",)
    assert (sheet.rows[0].district, sheet.rows[0].language, sheet.rows[0].last_name) == ("", "", "Östlund")


def test_rows_count_as_a_spreadsheet_counts_them() -> None:
    """Issue 2, item 4: a quoted line break begins no row, a blank line is one."""
    sheet = read(a_file({"club": "Boule\nClub"}) + "\r\n;;;\r\n,,,\r\n" + a_file({"city": ""}).split("\r\n", 1)[1])
    assert found(sheet)[0] == (2, "club", "control_character")
    assert (sheet.problems[-1].row, sheet.problems[-1].column) == (6, "city")


def test_a_row_that_is_shifted_or_short_is_named() -> None:
    """Issue 2, item 4: a comma without quotes moves everything after it."""
    sheet = read(HEADER + "\n" + ",".join([*GOOD.values(), "senior"]) + "\n" + "STO-2,Måns\n")
    assert found(sheet)[0] == (2, "", "cells_beyond_header")
    assert {each.column for each in sheet.problems if each.row == 3} == set(COLUMNS) - {
        "member_no",
        "first_name",
        "district",
        "language",
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", SheetFault.EMPTY),
        (b"\xef\xbb\xbf", SheetFault.EMPTY),
        (HEADER.encode(), SheetFault.EMPTY),
        ((HEADER + "\r\n,,,\r\n\r\n").encode(), SheetFault.EMPTY),
        (b"PK\x03\x04rest", SheetFault.SPREADSHEET_FILE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SheetFault.SPREADSHEET_FILE),
        (a_file().replace("STO", "S\0O").encode(), SheetFault.NOT_TEXT),
        (a_file().encode("utf-16-le"), SheetFault.NOT_TEXT),
        (b"\xff\xfea", SheetFault.NOT_TEXT),
        (a_file({}, {"member_no": "2"}).encode() + b"\xe5", SheetFault.MIXED_ENCODING),
        ((HEADER + '\nSTO-1,"Måns,Öst\n' + "x\n" * 9).encode(), SheetFault.QUOTES),
        ((HEADER + '\n"Kalle" Karl,x\n').encode(), SheetFault.QUOTES),
        ((HEADER + "\n" + "x" * 200_000).encode(), SheetFault.QUOTES),
        (b"name,amount\nx,1\n", SheetFault.COLUMNS_MISSING),
        ((HEADER + ",E-post\n").encode(), SheetFault.COLUMN_REPEATED),
        ((HEADER + "," * MAX_COLUMNS).encode(), SheetFault.TOO_MANY_COLUMNS),
        ((HEADER + "\n" + "x\n" * (MAX_ROWS + 1)).encode(), SheetFault.TOO_MANY_ROWS),
        (b"x" * (MAX_SHEET_BYTES + 1), SheetFault.TOO_LARGE),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, code: SheetFault) -> None:
    """Issue 2, item 4: never half-imported."""
    with pytest.raises(UnreadableSheet) as fault:
        read_members(content)
    assert fault.value.code is code
    assert fault.value.message


def test_missing_columns_are_named() -> None:
    """Issue 2, item 4: all of them at once."""
    with pytest.raises(UnreadableSheet, match="last_name, email, licence_type"):
        read("member_no,first_name,club,street,postal_code,city,country\n")


def test_the_digest_is_about_the_good_rows() -> None:
    """Issue 2, item 6: one changed letter is another import; a bad row is none."""
    digest = import_digest(read(a_file({})))
    assert digest == import_digest(read(a_file({}, {"member_no": "2", "club": ""})))
    assert digest != import_digest(read(a_file({"first_name": "Mans"})))
    assert len(digest) == 64


@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: HEADER.encode() + b"\n" + tail))
@example(b"\xfe\xff")
@example(b"sep=\n")
@example(b'"')
def test_arbitrary_bytes_are_read_or_refused(content: bytes) -> None:
    """Issue 2, item 4: no upload makes an error page."""
    with suppress(UnreadableSheet):
        read_members(content)
