"""A member file at the command line: read, every problem told by row and column, and the good rows imported."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.cli.with_services import CannotGoOn

if TYPE_CHECKING:
    from backend.rules.member_csv import MemberSheet
    from backend.rules.member_row import MemberRow, Problem
    from backend.runtime.database import Connection
    from backend.services import Services
    from backend.tenants.clubs import Place
    from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
    from backend.write.debtors.import_members import ImportedMember

# One command locks the tenant for some 50 ms; other people's commands get their turn between.
MEMBERS_PER_COMMAND: Final = 250
MAX_LINES_SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import came to. `debtors` are by member number, in the order of the file."""

    debtors: dict[str, DebtorId]
    created: int
    revised: int
    unchanged: int
    made: tuple[str, ...]

    @property
    def summary(self) -> str:
        return f"{self.created} new members, {self.revised} changed, {self.unchanged} as before"


def read_file(path: Path, *, good_rows_only: bool) -> MemberSheet:
    """The file, with all that is wrong in it printed. Raises `CannotGoOn` unless every row is good or that was said."""
    from backend.rules.member_csv import read_members
    from backend.rules.spreadsheet_text import MAX_SHEET_BYTES, UnreadableSheet

    try:
        with path.open("rb") as file:
            sheet = read_members(file.read(MAX_SHEET_BYTES + 1))
    except OSError as error:
        raise CannotGoOn(f"{path} cannot be read: {error.strerror}") from None
    except UnreadableSheet as unreadable:
        raise CannotGoOn(f"{path.name} is no member file: {unreadable}") from None
    tell(sheet, path)
    if sheet.problems and not good_rows_only:
        raise CannotGoOn(
            f"nothing was imported. Repair the rows, or import the {len(sheet.rows)} good ones with --good-rows-only"
        )
    if not sheet.rows:
        raise CannotGoOn("no row is good: nothing was imported")
    return sheet


def tell(sheet: MemberSheet, path: Path) -> None:
    """What was read, and every problem and warning by row and column."""
    words = {",": "commas", ";": "semicolons", "\t": "tabs"}
    bad = len({problem.row for problem in sheet.problems})
    print(
        f"{path.name}: {len(sheet.rows)} good rows, {bad} bad ones"
        f" ({sheet.encoding}, {words.get(sheet.delimiter, sheet.delimiter)})"
    )
    if sheet.ignored_columns:
        print(f"  columns that mean nothing here: {', '.join(sheet.ignored_columns)}")
    _list(sheet.problems, "problem")
    _list(sheet.warnings, "warning")
    sys.stdout.flush()


async def import_rows(
    services: Services, tenant_id: TenantId, rows: Sequence[MemberRow], *, done: Callable[[int], None] = lambda n: None
) -> Imported:
    """Import the rows, chunk by chunk; clubs and districts that are missing are made below the right node."""
    from backend.tenants.actor import system_actor
    from backend.tenants.clubs import place_clubs
    from backend.write.debtors.import_members import ImportMembers
    from backend.write.execute import execute

    async with services.database.scope(tenant_id) as connection:
        placed = await place_clubs(connection, tenant_id, map(place_of, rows), new_id=services.write.new_id)
    actor, counts = system_actor(tenant_id, "command-line"), {"created": 0, "revised": 0, "unchanged": 0}
    remaining = iter(rows)
    while chunk := tuple(islice(remaining, MEMBERS_PER_COMMAND)):
        command = ImportMembers(members=tuple(_member(row, placed.nodes[place_of(row)]) for row in chunk))
        answer = (await execute(services.write, actor, command)).answer
        for word in counts:
            counts[word] += int(answer[word])
        done(len(chunk))
    debtors = await debtors_of(services, tenant_id, [row.member_no for row in rows])
    return Imported(debtors={row.member_no: debtors[row.member_no] for row in rows}, made=placed.made, **counts)


async def debtors_of(services: Services, tenant_id: TenantId, references: Sequence[str]) -> dict[str, DebtorId]:
    """Which of these member numbers are known, and whose they are."""
    from backend.inline.debtor_references import debtors_by_reference

    async with services.database.scope(tenant_id) as connection:
        generation = await inline_generation(connection, tenant_id)
        return await debtors_by_reference(connection, tenant_id, generation, references)


async def inline_generation(connection: Connection, tenant_id: TenantId) -> int:
    """Which generation of the inline tables is in force; 1 for a tenant without a past."""
    found = await connection.execute(b"SELECT inline_generation FROM journal_heads WHERE tenant_id = %b", (tenant_id,))
    row = await found.fetchone()
    return int(row[0]) if row else 1


def place_of(row: MemberRow) -> Place:
    from backend.tenants.clubs import Place

    return Place(row.district, row.club)


def _member(row: MemberRow, node: OrgNodeId) -> ImportedMember:
    from backend.values.parties import Address, Particulars
    from backend.write.debtors.import_members import ImportedMember

    address = Address(street=row.street, postal_code=row.postal_code, city=row.city, country=row.country)
    return ImportedMember(
        reference=row.member_no,
        org_node_id=node,
        language=row.language,
        licence_type=row.licence_type,
        particulars=Particulars(name=f"{row.first_name} {row.last_name}", email=row.email, address=address),
    )


def _list(found: Sequence[Problem], word: str) -> None:
    for problem in found[:MAX_LINES_SHOWN]:
        where = f"row {problem.row}" + (f", {problem.column}" if problem.column else "")
        value = f" ({problem.value!r})" if problem.value else ""
        print(f"  {word:8}{where}: {problem.message}{value}")
    if len(found) > MAX_LINES_SHOWN:
        print(f"  … and {len(found) - MAX_LINES_SHOWN} more {word}s")
