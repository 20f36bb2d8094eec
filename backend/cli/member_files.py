"""A member file at the command line: read, every problem told by row and column, and the good rows imported."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.cli.with_services import CannotGoOn

if TYPE_CHECKING:
    from backend.api.member_import import Checked, RowProblem
    from backend.rules.member_csv import MemberSheet
    from backend.rules.member_row import Problem
    from backend.services import Services
    from backend.tenants.actor import Actor
    from backend.values.identifiers import DebtorId, TenantId

MAX_LINES_SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersImported:
    """What an import came to. `debtors` are by member number, in the order of the file; `made` are names of clubs and
    districts that were not there before."""

    debtors: dict[str, DebtorId]
    made: tuple[str, ...]
    summary: str


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
    _stop_unless_good(sheet.problems, len(sheet.rows), good_rows_only=good_rows_only)
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


def command_line(tenant_id: TenantId) -> Actor:
    """Who imports: the command line, which may register members, and make their clubs and districts, and no more."""
    from backend.tenants.actor import system_actor
    from backend.tenants.capabilities import Capability

    return system_actor(tenant_id, "command-line", Capability.DEBTORS_MANAGE, Capability.ACCESS_MANAGE)


async def check_rows(services: Services, tenant_id: TenantId, sheet: MemberSheet, *, good_rows_only: bool) -> Checked:
    """Every row tried, with all that the federation has against it printed. Raises `CannotGoOn` unless every row is
    good or that was said."""
    from backend.api.member_import import check_members

    checked = await check_members(services, command_line(tenant_id), sheet, make_clubs=True)
    told = {(problem.row, problem.column) for problem in sheet.problems}
    beyond = [problem for problem in checked.problems if (problem.row, problem.column) not in told]
    _list(beyond, "problem")
    _stop_unless_good(beyond, len(checked.rows), good_rows_only=good_rows_only)
    return checked


async def import_rows(
    services: Services, tenant_id: TenantId, checked: Checked, *, done: Callable[[int], None] = lambda n: None
) -> MembersImported:
    """Import the rows that were checked; clubs and districts that are missing are made below the right node."""
    from backend.api.member_import import ChangedMeanwhile, import_members

    try:
        came = await import_members(services, command_line(tenant_id), checked, done=done)
    except ChangedMeanwhile as changed:
        raise CannotGoOn(str(changed)) from None
    numbers = [placed.row.member_no for placed in checked.rows]
    known = await debtors_of(services, tenant_id, numbers)
    return MembersImported(
        debtors={number: known[number] for number in numbers},
        made=tuple(node.name for node in checked.needed),
        summary=f"{came.created} new members, {came.revised} changed, {came.unchanged} as before",
    )


async def debtors_of(services: Services, tenant_id: TenantId, references: Sequence[str]) -> dict[str, DebtorId]:
    """Which of these member numbers are known, and whose they are."""
    from backend.inline.debtors import debtors_by_reference
    from backend.journal.load import inline_generation

    async with services.database.scope(tenant_id) as connection:
        generation = await inline_generation(connection, tenant_id)
        return await debtors_by_reference(connection, tenant_id, generation, references)


def _stop_unless_good(problems: Sequence[object], good: int, *, good_rows_only: bool) -> None:
    if problems and not good_rows_only:
        raise CannotGoOn(f"nothing was imported. Repair the rows, or import the {good} good ones with --good-rows-only")
    if not good:
        raise CannotGoOn("no row is good: nothing was imported")


def _list(found: Sequence[Problem | RowProblem], word: str) -> None:
    for problem in found[:MAX_LINES_SHOWN]:
        where = f"row {problem.row}" + (f", {problem.column}" if problem.column else "")
        value = f" ({problem.value!r})" if problem.value else ""
        print(f"  {word:8}{where}: {problem.message}{value}")
    if len(found) > MAX_LINES_SHOWN:
        print(f"  … and {len(found) - MAX_LINES_SHOWN} more {word}s")
