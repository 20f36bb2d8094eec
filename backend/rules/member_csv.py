"""Read an uploaded member file: the good rows, and every bad cell by row and column. It decides nothing else.

A row is good or bad as a whole; the caller imports all rows or explicitly the good ones, never half of one.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from backend.rules.member_row import (
    COLUMNS,
    OPTIONAL,
    MemberRow,
    Problem,
    ProblemCode,
    cell_fault,
    is_untranslated,
    normalised,
    problem,
)
from backend.rules.spreadsheet_text import (
    DELIMITERS,
    MAX_COLUMNS,
    Encoding,
    SheetFault,
    UnreadableSheet,
    decode,
    records,
    split_sep_line,
)

MAX_ROWS: Final = 20_000
LICENCE_TYPES: Final = frozenset({"senior", "junior", "youth", "veteran", "leisure"})

# What a header may also be called, in Swedish, French and English. Case, accents, spaces and punctuation are ignored
# before comparing, so "E-postadress" and "n° de membre" are found under `epostadress` and `ndemembre`.
_SYNONYMS: Final[Mapping[str, str]] = {
    "member_no": "memberno membernr membernumber memberid medlemsnr medlemsnummer medlemsid ndemembre nmembre "
    "numerodemembre numeromembre nodemembre numerodadherent ndadherent",
    "first_name": "firstname givenname forename fornamn tilltalsnamn prenom",
    "last_name": "lastname surname familyname efternamn nom nomdefamille",
    "email": "email emailaddress mail epost epostadress mejl mejladress courriel adressemail adresseemail "
    "adressecourriel",
    "club": "club clubname klubb klubbnamn forening foreningsnamn association nomduclub",
    "district": "district distrikt specialdistriktsforbund comite comitedepartemental comiteregional",
    "street": "street streetaddress address addressline1 gata gatuadress adress utdelningsadress rue adresse",
    "postal_code": "postalcode postcode zip zipcode postnummer postnr codepostal cp",
    "city": "city town ort postort stad ville localite commune",
    "country": "country countrycode land landskod pays codepays",
    "language": "language lang languagecode sprak sprakkod langue codelangue",
    "licence_type": "licencetype licensetype licence license licenstyp licens typdelicence typedelicence typelicence",
}
_COLUMN_OF: Final[Mapping[str, str]] = {
    synonym: column for column, synonyms in _SYNONYMS.items() for synonym in synonyms.split()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSheet:
    """What the file holds. `rows` are free of problems; `warnings` do not keep a row out; both are in file order.

    `ignored_columns` are headers that mean nothing to us, as written. At most one problem per cell is named, so
    their number is bounded by `MAX_ROWS` times the columns.
    """

    encoding: Encoding
    delimiter: str
    rows: tuple[MemberRow, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    ignored_columns: tuple[str, ...]


def read_members(content: bytes, *, licence_types: frozenset[str] = LICENCE_TYPES) -> MemberSheet:
    """Read a CSV upload of members; `licence_types` are in lower case.

    Raises `UnreadableSheet` and nothing else, whatever the bytes (issue 2, item 4).
    """
    text, encoding = decode(content)
    text, named = split_sep_line(text)
    delimiter, header = _header(text, named)
    places, ignored = _places(header)
    reading = _Reading(places=places, width=len(header), licence_types=licence_types)
    for number, cells in records(text, delimiter):
        if number > 1 and any(cell.strip() for cell in cells):
            reading.take(number, cells)
    if not reading.count:
        raise UnreadableSheet(SheetFault.EMPTY, "the file holds no members")
    return MemberSheet(
        encoding=encoding,
        delimiter=delimiter,
        rows=tuple(reading.rows),
        problems=tuple(reading.problems),
        warnings=tuple(reading.warnings),
        ignored_columns=ignored,
    )


def import_digest(sheet: MemberSheet) -> str:
    """SHA-256 (hex) of the good rows, ordered by member number: the same members always give the same digest.

    Encoding, delimiter, order of rows and columns, and rows with problems have no influence.
    """
    names = [each.name for each in fields(MemberRow) if each.name != "row"]
    rows = sorted(([getattr(row, name) for name in names] for row in sheet.rows), key=lambda row: (row[0], row))
    canonical = json.dumps([names, rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _header(text: str, named: str) -> tuple[str, list[str]]:
    """The delimiter under which the first row holds the most columns that we know, and that row."""
    candidates = (named,) if named in DELIMITERS else DELIMITERS
    tried: list[tuple[str, list[str]]] = []
    fault: UnreadableSheet | None = None
    for delimiter in candidates:
        try:
            first = next(records(text, delimiter), None)
        except UnreadableSheet as error:
            # A quote after a foreign delimiter looks like a broken cell, so the other delimiters still get their turn.
            fault = error
            continue
        if first is not None:
            tried.append((delimiter, first[1]))
    if not tried:
        raise fault or UnreadableSheet(SheetFault.EMPTY, "the file is empty")
    return max(tried, key=lambda each: len({_column(cell) for cell in each[1]} - {""}))


def _places(header: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each column stands, and the headers that are ignored. Raises `UnreadableSheet`."""
    if len(header) > MAX_COLUMNS:
        raise UnreadableSheet(SheetFault.TOO_MANY_COLUMNS, f"the file has more than {MAX_COLUMNS} columns")
    places: dict[str, int] = {}
    ignored: list[str] = []
    for place, cell in enumerate(header):
        column = _column(cell)
        if not column:
            shown = problem(1, "", ProblemCode.MISSING, "", cell.strip()).value
            ignored.extend([shown] if shown else [])
        elif column in places:
            raise UnreadableSheet(SheetFault.COLUMN_REPEATED, f"two columns mean {column}: remove one")
        else:
            places[column] = place
    missing = [column for column in COLUMNS if column not in places and column not in OPTIONAL]
    if missing:
        raise UnreadableSheet(SheetFault.COLUMNS_MISSING, f"these columns are missing: {', '.join(missing)}")
    return places, tuple(ignored)


def _column(cell: str) -> str:
    """Our name for a header, or an empty string."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", cell).casefold() if char.isascii() and char.isalnum()
    )
    return _COLUMN_OF.get(plain, "")


class _Reading:
    """The rows read so far, and what must be unique among them."""

    def __init__(self, *, places: Mapping[str, int], width: int, licence_types: frozenset[str]) -> None:
        self.count = 0
        self.rows: list[MemberRow] = []
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self._places = places
        self._width = width
        self._licence_types = licence_types
        self._row_of_member: dict[str, int] = {}
        self._row_of_email: dict[str, int] = {}

    def take(self, row: int, cells: Sequence[str]) -> None:
        self.count += 1
        if self.count > MAX_ROWS:
            raise UnreadableSheet(SheetFault.TOO_MANY_ROWS, f"the file has more than {MAX_ROWS} members")
        values = {column: normalised(self._cell(column, cells)) for column in COLUMNS}
        found = self._faults(row, values)
        extra = [cell for cell in cells[self._width :] if cell.strip()]
        if extra:
            message = "the row has more cells than the header: is a comma in a cell without quotes?"
            found.append(problem(row, "", ProblemCode.CELLS_BEYOND_HEADER, message, extra[0].strip()))
        self.problems.extend(found)
        if not found:
            self._accept(row, values)

    def _cell(self, column: str, cells: Sequence[str]) -> str:
        # Spreadsheets leave out empty cells at the end of a row.
        place = self._places.get(column, len(cells))
        return cells[place] if place < len(cells) else ""

    def _faults(self, row: int, values: Mapping[str, str]) -> list[Problem]:
        country = values["country"].upper()
        found: list[Problem] = []
        for column, value in values.items():
            fault = cell_fault(column, value, country=country, licence_types=self._licence_types)
            if fault is not None:
                found.append(problem(row, column, fault[0], f"{column} {fault[1]}", value))
            elif column == "member_no":
                # The first row keeps the number even when something else is wrong with it.
                first = self._row_of_member.setdefault(value.casefold(), row)
                if first != row:
                    message = f"member_no is already on row {first}"
                    found.append(problem(row, column, ProblemCode.MEMBER_NO_REPEATED, message, value))
        return found

    def _accept(self, row: int, values: Mapping[str, str]) -> None:
        codes = {
            "country": values["country"].upper(),
            "language": values["language"].lower(),
            "licence_type": values["licence_type"].lower(),
        }
        member = MemberRow(row=row, **{**values, **codes})
        self.rows.append(member)
        # Families share an address, so this is for the eye only.
        first = self._row_of_email.setdefault(member.email.casefold(), row)
        if first != row:
            message = f"email is also on row {first}"
            self.warnings.append(problem(row, "email", ProblemCode.EMAIL_REPEATED, message, member.email))
        if is_untranslated(member.language):
            message = "language has no documents yet: English will be sent"
            self.warnings.append(
                problem(row, "language", ProblemCode.LANGUAGE_NOT_TRANSLATED, message, member.language)
            )
