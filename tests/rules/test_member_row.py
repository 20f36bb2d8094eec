"""Cells of a member file: which are refused, and which strange ones are perfectly good."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.member_csv import read_members
from backend.rules.member_row import COLUMNS, MAX_VALUE_SHOWN, ProblemCode
from tests.given.member_files import a_file, found, read


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("first_name", "", "missing"),
        ("first_name", " \u00a0 ", "missing"),
        ("last_name", "Karl 2", "not_a_name"),
        ("last_name", "--", "formula"),
        ("last_name", "'", "not_a_name"),
        ("last_name", "a" + "\u0301" * 9, "not_a_name"),
        ("last_name", "a\u202eb", "hidden_character"),
        ("last_name", "a\u2066b", "hidden_character"),
        ("last_name", "a\u200db", "hidden_character"),
        ("last_name", "a\ufeffb", "hidden_character"),
        ("last_name", "a\u00adb", "hidden_character"),
        ("last_name", "a\tb", "control_character"),
        ("last_name", "a\u2028b", "control_character"),
        ("last_name", "a\ufffdb", "unreadable_character"),
        ("last_name", "a\ue000b", "unreadable_character"),
        ("last_name", "x" * 101, "too_long"),
        ("club", "=1+1", "formula"),
        ("club", "+46 8", "formula"),
        ("club", "@SUM(A1)", "formula"),
        ("club", "-2+3", "formula"),
        ("club", "＝1+1", "formula"),
        ("club", "\t=1+1", "formula"),
        ("club", "A<b", "markup"),
        ("street", "x" * 151, "too_long"),
        ("street", "", "missing"),
        ("city", "", "missing"),
        ("member_no", "1,23457E+12", "member_no_malformed"),
        ("member_no", "../etc", "member_no_malformed"),
        ("member_no", "x" * 41, "too_long"),
        ("email", "a b@c.example", "email_malformed"),
        ("email", "a@b", "email_malformed"),
        ("email", "a@b.example; c@d.example", "email_several"),
        ("email", "a@b.example c@d.example", "email_several"),
        ("email", "A <a@b.example>", "markup"),
        ("country", "Sverige", "country_unknown"),
        ("country", "", "missing"),
        ("language", "sv-SE", "language_unknown"),
        ("licence_type", "", "missing"),
        ("postal_code", "1000", "postal_code_malformed"),
        ("postal_code", "5188A", "postal_code_malformed"),
        ("postal_code", "٥١٨٨٤", "postal_code_malformed"),
    ],
)
def test_a_bad_cell_is_named_by_row_column_and_code(column: str, value: str, code: str) -> None:
    """Issue 2, item 4: and only that row stays out."""
    sheet = read(a_file({}, {"member_no": "STO-2", column: value}, {"member_no": "STO-3"}))
    assert found(sheet) == [(3, column, code)]
    assert [row.row for row in sheet.rows] == [2, 4]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("last_name", "O'Brien"),
        ("last_name", "D’Arc-Müller, jr. (f.d. Åberg)"),
        ("last_name", "محمد"),
        ("last_name", "ศรีสุวรรณ"),
        ("last_name", "नमस्ते"),
        ("last_name", "Nguyễn"),
        ("last_name", "Paral·lel"),
        ("first_name", "李"),
        ("club", "1. FC Boule & Pétanque 07"),
        ("street", "Ängsvägen 538 B, 2 tr"),
        ("postal_code", "SE-518 84"),
        ("member_no", "2026/0017.b"),
        ("email", "o'brien+boule@malmö.example"),
        ("language", "th"),
        ("language", ""),
    ],
)
def test_what_people_are_really_called_is_good(column: str, value: str) -> None:
    """Issue 2, item 4: right-to-left and Asian scripts, apostrophes and commas belong to names."""
    sheet = read(a_file({column: value}))
    assert sheet.problems == ()
    assert getattr(sheet.rows[0], column) == value


def test_cells_are_trimmed_normalised_and_codes_have_one_case() -> None:
    """Issue 2, item 4: the same member always looks the same."""
    row = {"last_name": " O\u0308stlund\u00a0 af  Ek ", "country": "se", "language": "SV", "licence_type": "Senior"}
    (member,) = read(a_file(row)).rows
    assert (member.last_name, member.country, member.language, member.licence_type) == (
        "Östlund af Ek",
        "SE",
        "sv",
        "senior",
    )


@pytest.mark.parametrize(("country", "good"), [("AE", True), ("HK", True), ("SE", False), ("GB", False)])
def test_a_postal_code_may_lack_where_there_is_none(country: str, good: bool) -> None:
    """Issue 2, item 4: an incomplete address is an error, a country without postal codes is not."""
    assert (not read(a_file({"country": country, "postal_code": ""})).problems) is good


def test_a_repeated_member_number_names_both_rows_and_keeps_the_first() -> None:
    """Issue 2, item 4: case does not make another member."""
    sheet = read(a_file({}, {"member_no": "sto-1"}, {"member_no": " STO-1 "}))
    assert found(sheet) == [(3, "member_no", "member_no_repeated"), (4, "member_no", "member_no_repeated")]
    assert all("row 2" in each.message for each in sheet.problems)
    assert [row.row for row in sheet.rows] == [2]


def test_a_shared_address_and_an_untranslated_language_are_warnings() -> None:
    """S002-24, S002-25: families share an address; Thai gets English, and the treasurer sees it before the run."""
    sheet = read(a_file({}, {"member_no": "2", "email": "MANS@members.example", "language": "th"}))
    assert len(sheet.rows) == 2
    assert [(each.row, each.column, each.code) for each in sheet.warnings] == [
        (3, "email", ProblemCode.EMAIL_REPEATED),
        (3, "language", ProblemCode.LANGUAGE_NOT_TRANSLATED),
    ]


def test_licence_types_are_the_callers() -> None:
    """Issue 2, item 6: the federation's price list decides."""
    text = a_file({"licence_type": "Elite"})
    assert read_members(text.encode(), licence_types=frozenset({"elite"})).problems == ()
    assert found(read(text)) == [(2, "licence_type", "licence_type_unknown")]


@given(
    st.lists(st.text(max_size=30).map("x".__add__), min_size=12, max_size=12),
    st.sampled_from(list(COLUMNS)),
    st.text(max_size=120),
)
def test_whatever_a_cell_holds_the_row_is_good_or_named(cells: list[str], column: str, value: str) -> None:
    """Issue 2, item 4: nothing is dropped in silence, and what is shown is safe."""
    for row in (dict(zip(COLUMNS, cells, strict=True)), {column: value}):
        text = a_file(row)
        # A NUL refuses the whole file; a test above says so.
        sheet = read_members(text.replace("\0", "?").encode("utf-8", "replace"))
        assert len(sheet.rows) + bool(sheet.problems) == 1
        assert all(each.value.isprintable() and len(each.value) <= MAX_VALUE_SHOWN for each in sheet.problems)
