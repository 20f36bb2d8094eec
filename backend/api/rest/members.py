"""Importing members from a CSV file: everything is checked first, and a file is never half imported."""

import asyncio
from dataclasses import dataclass
from typing import Final

from backend.api import member_import
from backend.api.member_import import ChangedMeanwhile, Checked, Imported, RowProblem
from backend.api.rest.endpoint import Call, Declined, needs
from backend.api.rest.reading import Query
from backend.rules.member_csv import MemberSheet, import_digest, read_members
from backend.rules.member_plan import MemberPlan
from backend.rules.spreadsheet_text import MAX_SHEET_BYTES, UnreadableSheet
from backend.tenants.capabilities import Capability
from backend.values.identifiers import OrgNodeId
from backend.write.org import MAX_CLUBS

# A byte more is read, so that the rule can say that the file is too large.
MAX_UPLOAD: Final = MAX_SHEET_BYTES + 64 * 1024
# What browsers and spreadsheet programs call a CSV file.
CSV_TYPES: Final = ("text/csv", "text/plain", "application/csv", "application/vnd.ms-excel")
# A file where this much is wrong is another file.
MAX_PROBLEMS: Final = 10_000


class ImportQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`preview` imports nothing and tells everything; `good_rows_only` imports what is right, and says what was not."""

    preview: bool = False
    good_rows_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingClub:
    """A club that rows of the file name and that is not there; `parent_id` is where it belongs, within your reach."""

    parent_id: OrgNodeId
    parent: str
    name: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What the file holds and what came of it. `imported` is false for a preview.

    `problems` names every bad row and column (the first 10,000 of `problem_count`); `warnings` keep no row out. The
    same members always have the same `digest`. `missing_clubs` (the first 500) are made with `POST /org-nodes/clubs`.
    Where `lag` is not 0, so many events are still to be folded before every member can be read.
    """

    imported: bool
    lag: int
    encoding: str
    delimiter: str
    digest: str
    good_rows: int
    bad_rows: int
    created: int
    revised: int
    unchanged: int
    problem_count: int
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]
    ignored_columns: tuple[str, ...]
    missing_clubs: tuple[MissingClub, ...]


@needs(Capability.DEBTORS_MANAGE)
async def import_members(call: Call, query: ImportQuery, upload: bytes) -> ImportReport:
    """Import members from CSV: UTF-8, UTF-16 or what Excel writes, with commas, semicolons or tabs.

    New members become debtors, changed ones are revised, the others are left alone, so that repeating it does nothing.
    Clubs must exist. A file with a bad row answers 422 and imports nothing, unless `good_rows_only` says otherwise.
    Every row is tried before the first is recorded; should somebody change a member in between, 409 says how far it
    came, and repeating completes it.
    """
    try:
        sheet = await asyncio.to_thread(read_members, upload)
    except UnreadableSheet as unreadable:
        raise Declined(422, f"MEMBER_FILE_{unreadable.code.upper()}", unreadable.message) from None
    checked = await member_import.check_members(call.services, call.actor, sheet, make_clubs=False)
    if query.preview:
        return _report(sheet, checked, None)
    if checked.problems and not query.good_rows_only:
        raise Declined(
            422,
            "MEMBER_FILE_HAS_PROBLEMS",
            "nothing was imported: repair the rows, or import the good ones with good_rows_only=true",
            report=_report(sheet, checked, None),
        )
    try:
        imported = await member_import.import_members(call.services, call.actor, checked)
    except ChangedMeanwhile as changed:
        raise Declined(409, "MEMBER_FILE_CHANGED_MEANWHILE", str(changed)) from None
    return _report(sheet, checked, imported)


def _report(sheet: MemberSheet, checked: Checked, imported: Imported | None) -> ImportReport:
    came = imported or Imported()
    return ImportReport(
        imported=imported is not None,
        lag=came.lag,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        digest=import_digest(sheet),
        good_rows=len(checked.rows),
        bad_rows=len({each.row for each in checked.problems}),
        created=came.created,
        revised=came.revised,
        unchanged=came.unchanged,
        problem_count=len(checked.problems),
        problems=checked.problems[:MAX_PROBLEMS],
        warnings=tuple(map(member_import.told, sheet.warnings[:MAX_PROBLEMS])),
        ignored_columns=sheet.ignored_columns,
        missing_clubs=_missing(checked.plan),
    )


def _missing(plan: MemberPlan) -> tuple[MissingClub, ...]:
    """Which of these clubs the caller may make: below a district that is there and theirs, or the federation."""
    return tuple(
        MissingClub(parent_id=each.parent, parent=each.parent_name, name=each.name, rows=each.rows)
        for each in sorted(plan.planned, key=lambda each: (each.parent_name, each.name))
        if each.kind == "club" and each.parent_known
    )[:MAX_CLUBS]
