"""Importing members from a CSV file: everything is checked first, and a file is never half imported."""

import asyncio
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from backend.api.dispatch import carry_out
from backend.api.rest.endpoint import Call, Declined
from backend.api.rest.reading import Query
from backend.rules.member_csv import MemberSheet, import_digest, read_members
from backend.rules.member_row import MemberRow, Problem
from backend.rules.spreadsheet_text import MAX_SHEET_BYTES, UnreadableSheet
from backend.tenants.actor import Forbidden, Reach
from backend.tenants.capabilities import Capability
from backend.tenants.clubs import Node, Place, missing_clubs, name_key, nodes_of, place_clubs
from backend.values.identifiers import OrgNodeId
from backend.values.parties import Address, Particulars
from backend.write.debtors.import_members import ImportedMember, ImportMembers
from backend.write.execute import preview
from backend.write.org import MAX_CLUBS
from backend.write.refusal import Refusal

# A byte more is read, so that the rule can say that the file is too large.
MAX_UPLOAD: Final = MAX_SHEET_BYTES + 64 * 1024
# What browsers and spreadsheet programs call a CSV file.
CSV_TYPES: Final = ("text/csv", "text/plain", "application/csv", "application/vnd.ms-excel")
# One command locks the tenant for some 50 ms; other people's commands get their turn between.
MEMBERS_PER_COMMAND: Final = 250
# A file where this much is wrong is another file.
MAX_PROBLEMS: Final = 10_000
# Rows that only the write side can refuse (a number that belongs to a club) are rare: each costs one more trial.
MAX_TRIALS: Final = 100


class ImportQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`preview` imports nothing and tells everything; `good_rows_only` imports what is right, and says what was not."""

    preview: bool = False
    good_rows_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """One cell that is wrong. `row` counts as a spreadsheet does, the header is 1; `value` is shortened."""

    row: int
    column: str
    code: str
    message: str
    value: str


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


# A row, and the member it becomes.
Imported = tuple[MemberRow, ImportedMember]


@dataclass(slots=True)
class _Checked:
    """The rows that may be imported, and all that keeps others out."""

    rows: list[Imported]
    problems: list[RowProblem]
    missing: tuple[MissingClub, ...]


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
    checked = await _checked(call, sheet)
    counts = {"created": 0, "revised": 0, "unchanged": 0}
    if not query.preview:
        if checked.problems and not query.good_rows_only:
            report = _report(sheet, checked, counts, imported=False)
            raise Declined(
                422,
                "MEMBER_FILE_HAS_PROBLEMS",
                "nothing was imported: repair the rows, or import the good ones with good_rows_only=true",
                report=report,
            )
        lag = await _import(call, checked, counts)
        return _report(sheet, checked, counts, imported=True, lag=lag)
    return _report(sheet, checked, counts, imported=False)


async def _checked(call: Call, sheet: MemberSheet) -> _Checked:
    """The sheet against the federation: clubs within reach, and what the write side would refuse."""
    reach = call.actor.reach(Capability.DEBTORS_MANAGE)
    problems = [_problem(each) for each in sheet.problems]
    async with call.services.database.scope(call.actor.tenant_id) as connection:
        tree = await nodes_of(connection, call.actor.tenant_id)
        known = _known_places(tree, map(_place, sheet.rows))
        # Every one of these exists, so none is made.
        placed = await place_clubs(connection, call.actor.tenant_id, known, new_id=call.services.write.new_id)
    rows = []
    for row in sheet.rows:
        node = placed.nodes.get(_place(row))
        if node is not None and reach.covers(node):
            rows.append((row, _member(row, node)))
        else:
            # A club beyond the caller's reach is none of theirs to know of.
            problems.append(_of_row(row, "club", "club_unknown", "there is no such club in this district", row.club))
    missing = _missing(tree, Counter(_place(row) for row in sheet.rows if _place(row) not in placed.nodes), reach)
    return await _tried(call, _Checked(rows=rows, problems=problems, missing=missing))


def _missing(tree: Sequence[Node], wanted: Counter[Place], reach: Reach) -> tuple[MissingClub, ...]:
    """Which of these clubs the caller may make: below a district that is there and theirs, or the federation."""
    parents = {name_key(node.name): node for node in tree if node.kind == "district"}
    root = next(node for node in tree if node.parent is None)
    found: dict[tuple[OrgNodeId, str], MissingClub] = {}
    for place, rows in sorted(wanted.items()):
        parent = parents.get(name_key(place.district)) if place.district else root
        if parent is None or not reach.covers(parent.node):
            continue
        # Two spellings of one name are one club.
        same = found.setdefault(
            (parent.node, name_key(place.club)),
            MissingClub(parent_id=parent.node, parent=parent.name, name=place.club, rows=0),
        )
        found[parent.node, name_key(place.club)] = replace(same, rows=same.rows + rows)
    return tuple(found.values())[:MAX_CLUBS]


async def _tried(call: Call, checked: _Checked) -> _Checked:
    """Let the write side decide every chunk without recording it, until it refuses none."""
    waiting, trials, good = deque(_chunks(checked.rows)), 0, []
    while waiting:
        chunk = waiting.popleft()
        command = ImportMembers(members=tuple(member for _, member in chunk))
        try:
            await preview(call.services.write, call.actor, command)
        except (Refusal, Forbidden) as no:
            trials += 1
            place = _place_in(no, len(chunk))
            if trials > MAX_TRIALS:
                raise
            if place is None:
                # It does not say which row it means: one of the halves will.
                waiting.extendleft((chunk[len(chunk) // 2 :], chunk[: len(chunk) // 2]))
                continue
            row, _ = chunk.pop(place)
            checked.problems.append(_refused(row, no))
            waiting.extendleft([chunk] if chunk else [])
        else:
            good += chunk
    problems = sorted(checked.problems, key=lambda each: (each.row, each.column))
    return _Checked(rows=good, problems=problems, missing=checked.missing)


def _place_in(no: Refusal | Forbidden, size: int) -> int | None:
    said = no.path[1] if isinstance(no, Refusal) and len(no.path) > 1 else None
    return said if isinstance(said, int) else 0 if size == 1 else None


def _refused(row: MemberRow, no: Refusal | Forbidden) -> RowProblem:
    if isinstance(no, Forbidden):
        return _of_row(row, "member_no", "forbidden", "this number belongs to somebody you may not change", "")
    column = _COLUMNS.get(str(no.path[-1]), "") if no.path else "member_no"
    return _of_row(row, column, no.code.value.lower(), no.message, "")


def _chunks(rows: Sequence[Imported]) -> Iterator[list[Imported]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, MEMBERS_PER_COMMAND)):
        yield chunk


# Where the rules point in a command, as a column of the file.
_COLUMNS: Final = {
    "reference": "member_no",
    "name": "last_name",
    "email": "email",
    "street": "street",
    "postalCode": "postal_code",
    "city": "city",
    "country": "country",
    "language": "language",
    "licenceType": "licence_type",
    "orgNodeId": "club",
}


async def _import(call: Call, checked: _Checked, counts: dict[str, int]) -> int:
    """How many events the read models are behind when the last chunk is recorded."""
    done = lag = 0
    for chunk in _chunks(checked.rows):
        command = ImportMembers(members=tuple(member for _, member in chunk))
        try:
            carried = await carry_out(call.services, call.actor, command)
        except (Refusal, Forbidden) as changed:
            if not done:
                raise
            raise Declined(
                409,
                "MEMBER_FILE_CHANGED_MEANWHILE",
                f"somebody changed a member meanwhile: {done} of {len(checked.rows)} rows are imported, repeat the"
                f" request to complete it ({changed})",
            ) from None
        for word in counts:
            counts[word] += int(carried.answer[word])
        done, lag = done + len(chunk), carried.lag
    return lag


def _known_places(nodes: Sequence[Node], wanted: Iterable[Place]) -> list[Place]:
    distinct = list(dict.fromkeys(wanted))
    if not missing_clubs(nodes, distinct):
        return distinct
    return [place for place in distinct if not missing_clubs(nodes, (place,))]


def _place(row: MemberRow) -> Place:
    return Place(row.district, row.club)


def _member(row: MemberRow, node: OrgNodeId) -> ImportedMember:
    address = Address(street=row.street, postal_code=row.postal_code, city=row.city, country=row.country)
    return ImportedMember(
        reference=row.member_no,
        org_node_id=node,
        language=row.language,
        licence_type=row.licence_type,
        particulars=Particulars(name=f"{row.first_name} {row.last_name}", email=row.email, address=address),
    )


def _report(
    sheet: MemberSheet, checked: _Checked, counts: dict[str, int], *, imported: bool, lag: int = 0
) -> ImportReport:
    return ImportReport(
        imported=imported,
        lag=lag,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        digest=import_digest(sheet),
        good_rows=len(checked.rows),
        bad_rows=len({each.row for each in checked.problems}),
        **counts,
        problem_count=len(checked.problems),
        problems=tuple(checked.problems[:MAX_PROBLEMS]),
        warnings=tuple(_problem(each) for each in sheet.warnings[:MAX_PROBLEMS]),
        ignored_columns=sheet.ignored_columns,
        missing_clubs=checked.missing,
    )


def _problem(found: Problem) -> RowProblem:
    return RowProblem(
        row=found.row, column=found.column, code=found.code.value, message=found.message, value=found.value
    )


def _of_row(row: MemberRow, column: str, code: str, message: str, value: str) -> RowProblem:
    return RowProblem(row=row.row, column=column, code=code, message=message, value=value)
