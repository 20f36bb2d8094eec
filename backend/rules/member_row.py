"""What a good row of a member file looks like, cell by cell, and every way in which it may not."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from backend.rules.email_address import MAX_ADDRESS, is_address
from backend.values.countries import ISO_3166_1, POSTAL_DIGITS, WITHOUT_POSTAL_CODE
from backend.values.languages import ISO_639_1, TRANSLATED

# The columns, each with its greatest number of characters.
COLUMNS: Final[Mapping[str, int]] = {
    "member_no": 40,
    "first_name": 100,
    "last_name": 100,
    "email": MAX_ADDRESS,
    "club": 150,
    "district": 150,
    "street": 150,
    "postal_code": 12,
    "city": 100,
    "country": 2,
    "language": 2,
    "licence_type": 40,
}
# A debtor without a language gets the issuer's; a club belongs to a district whether the file says so or not. An
# invoice needs the buyer's whole address (VAT directive, article 226), and one that cannot be sent is none.
OPTIONAL: Final = frozenset({"district", "language"})
MAX_VALUE_SHOWN: Final = 40

_NAMES: Final = frozenset({"first_name", "last_name"})
_NAME_PUNCTUATION: Final = frozenset(" '’.-,()·\u2010\u2011")
# Thai and Vietnamese stack two or three marks on a letter; more is a prank that spills over the lines of a page.
_MAX_MARKS: Final = 5
_FORMULA: Final = tuple("=+-@＝＋－＠")
_MEMBER_NO: Final = re.compile(r"\w[\w./ -]*")
_POSTAL_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]*")
_SPACES: Final = re.compile(" {2,}")
_POSTAL_PREFIX: Final = re.compile(r"[A-Z]{1,2}-")


class ProblemCode(StrEnum):
    """What may be wrong with a row. The names are stored and translated: never change one."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    HIDDEN_CHARACTER = "hidden_character"
    UNREADABLE_CHARACTER = "unreadable_character"
    FORMULA = "formula"
    MARKUP = "markup"
    NOT_A_NAME = "not_a_name"
    MEMBER_NO_MALFORMED = "member_no_malformed"
    MEMBER_NO_REPEATED = "member_no_repeated"
    EMAIL_MALFORMED = "email_malformed"
    EMAIL_SEVERAL = "email_several"
    EMAIL_REPEATED = "email_repeated"
    POSTAL_CODE_MALFORMED = "postal_code_malformed"
    COUNTRY_UNKNOWN = "country_unknown"
    LANGUAGE_UNKNOWN = "language_unknown"
    LANGUAGE_NOT_TRANSLATED = "language_not_translated"
    LICENCE_TYPE_UNKNOWN = "licence_type_unknown"
    CELLS_BEYOND_HEADER = "cells_beyond_header"
    CLUB_UNKNOWN = "club_unknown"
    CLUB_AMBIGUOUS = "club_ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One cell that is wrong. `row` counts as a spreadsheet does (the header is 1); `column` is ours, not the file's.

    `value` is shortened and has nothing left in it that could hide, run or break a line. It may be personal.
    """

    row: int
    column: str
    code: ProblemCode
    message: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A member as in the file, trimmed and in NFC. `district` and `language` may be empty."""

    row: int
    member_no: str
    first_name: str
    last_name: str
    email: str
    club: str
    district: str
    street: str
    postal_code: str
    city: str
    country: str
    language: str
    licence_type: str


def problem(row: int, column: str, code: ProblemCode, message: str, value: str) -> Problem:
    """A problem whose `value` is safe to show: escaped where it is not printable, and shortened."""
    shown = "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in value[: MAX_VALUE_SHOWN + 1]
    )
    shown = shown if len(shown) <= MAX_VALUE_SHOWN else shown[: MAX_VALUE_SHOWN - 1] + "…"
    return Problem(row=row, column=column, code=code, message=message, value=shown)


def normalised(cell: str) -> str:
    """The cell trimmed, in NFC, and with one plain space for every run of spaces (Excel likes U+00A0)."""
    text = cell.strip()
    if not text.isascii():
        spaced = "".join(" " if unicodedata.category(char) == "Zs" else char for char in text)
        text = unicodedata.normalize("NFC", spaced)
    return _SPACES.sub(" ", text)


def cell_fault(
    column: str, cell: str, *, country: str, licence_types: frozenset[str]
) -> tuple[ProblemCode, str] | None:
    """The first thing wrong with a normalised cell, as code and English message; None when it is good.

    `country` is that of the same row, because it decides what a postal code looks like.
    """
    if not cell:
        optional = column in OPTIONAL or (column == "postal_code" and country in WITHOUT_POSTAL_CODE)
        return None if optional else (ProblemCode.MISSING, "is empty")
    unsafe = _unsafe(cell)
    if unsafe is not None:
        return unsafe
    if len(cell) > COLUMNS[column] and column not in ("country", "language"):
        return ProblemCode.TOO_LONG, f"has {len(cell)} characters, at most {COLUMNS[column]} are allowed"
    match column:
        case "first_name" | "last_name":
            return _name_fault(cell)
        case "member_no" if not _MEMBER_NO.fullmatch(cell):
            return ProblemCode.MEMBER_NO_MALFORMED, "is not made of letters, digits, dots, dashes and slashes"
        case "email":
            return _email_fault(cell)
        case "postal_code":
            return _postal_fault(cell, country)
        case "country" if cell.upper() not in ISO_3166_1:
            return ProblemCode.COUNTRY_UNKNOWN, "is no two-letter ISO 3166 code, such as SE"
        case "language" if cell.lower() not in ISO_639_1:
            return ProblemCode.LANGUAGE_UNKNOWN, "is no two-letter ISO 639-1 code, such as sv"
        case "licence_type" if cell.lower() not in licence_types:
            return ProblemCode.LICENCE_TYPE_UNKNOWN, f"is none of {', '.join(sorted(licence_types))}"
    return None


def is_untranslated(language: str) -> bool:
    """Whether the debtor asks for a language in which there are no documents: English is sent instead."""
    return bool(language) and language not in TRANSLATED


def _unsafe(cell: str) -> tuple[ProblemCode, str] | None:
    """Characters that hide, mislead or run. Right-to-left scripts are welcome; what overrides direction is not."""
    if not cell.isprintable() or "\ufffd" in cell:
        for char in cell:
            name = f"U+{ord(char):04X}"
            match unicodedata.category(char):
                case "Cc" | "Zl" | "Zp":
                    return ProblemCode.CONTROL_CHARACTER, f"holds a line break or control character ({name})"
                case "Cf":
                    return ProblemCode.HIDDEN_CHARACTER, f"holds an invisible or direction-changing character ({name})"
                case "Cn" | "Co" | "Cs":
                    return ProblemCode.UNREADABLE_CHARACTER, f"holds a character that means nothing ({name})"
        if "\ufffd" in cell:
            return ProblemCode.UNREADABLE_CHARACTER, "holds a character that was lost in an earlier conversion"
    if cell.startswith(_FORMULA):
        return ProblemCode.FORMULA, "begins like a formula, which a spreadsheet would run"
    if "<" in cell or ">" in cell:
        return ProblemCode.MARKUP, "holds an angle bracket"
    return None


def _name_fault(cell: str) -> tuple[ProblemCode, str] | None:
    """Letters and marks of any script, spaces and the punctuation of names: no digits, no semicolons."""
    marks = letters = 0
    for char in cell:
        is_mark = not char.isascii() and unicodedata.category(char).startswith("M")
        marks = marks + 1 if is_mark else 0
        letters += char.isalpha()
        if marks > _MAX_MARKS or not (is_mark or char.isalpha() or char in _NAME_PUNCTUATION):
            return ProblemCode.NOT_A_NAME, "holds a character that no name has"
    return None if letters else (ProblemCode.NOT_A_NAME, "has no letter")


def _email_fault(cell: str) -> tuple[ProblemCode, str] | None:
    if is_address(cell):
        return None
    if cell.count("@") > 1 and re.search(r"[,;\s/|]", cell):
        return ProblemCode.EMAIL_SEVERAL, "holds several addresses: one is allowed"
    return ProblemCode.EMAIL_MALFORMED, "is no e-mail address"


def _postal_fault(cell: str, country: str) -> tuple[ProblemCode, str] | None:
    digits = POSTAL_DIGITS.get(country)
    bare = _POSTAL_PREFIX.sub("", cell, count=1).replace(" ", "")
    if digits is not None and not (bare.isascii() and bare.isdigit() and len(bare) == digits):
        return ProblemCode.POSTAL_CODE_MALFORMED, f"is no postal code of {country}: {digits} digits are expected"
    if not _POSTAL_CODE.fullmatch(cell):
        return ProblemCode.POSTAL_CODE_MALFORMED, "is not made of letters, digits, spaces and dashes"
    return None
