"""Member files in the making: a good row, and what a test changes in it."""

from backend.rules.member_csv import MemberSheet, read_members
from backend.rules.member_row import COLUMNS

HEADER = ",".join(COLUMNS)
GOOD = {
    "member_no": "STO-1",
    "first_name": "Måns",
    "last_name": "Östlund",
    "email": "mans@members.example",
    "club": "Stockholm Boule Club",
    "district": "Stockholms Bouledistrikt",
    "street": "Backstigen 1",
    "postal_code": "518 84",
    "city": "Norrköping",
    "country": "SE",
    "language": "sv",
    "licence_type": "senior",
}


def a_file(*rows: dict[str, str], delimiter: str = ",", header: str | None = None) -> str:
    lines = [header or delimiter.join(COLUMNS)]
    lines += [
        delimiter.join('"' + value.replace('"', '""') + '"' for value in (GOOD | row).values()) for row in rows or ({},)
    ]
    return "\r\n".join(lines) + "\r\n"


def read(text: str) -> MemberSheet:
    return read_members(text.encode())


def found(sheet: MemberSheet) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.code.value) for each in sheet.problems]
