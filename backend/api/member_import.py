"""Importing a member file, for REST and the command line: every row is tried before the first is recorded, and what is
done is done by commands that anybody could send."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from backend.api.dispatch import carry_out
from backend.rules.member_csv import MemberSheet
from backend.rules.member_plan import MemberPlan, PlacedRow, PlannedNode, needed_for, plan_members
from backend.rules.member_row import MemberRow, Problem
from backend.services import Services
from backend.tenants.actor import Actor, Forbidden
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import nodes_of
from backend.values.parties import Address, Particulars
from backend.write.debtors.import_members import ImportedMember, ImportMembers
from backend.write.execute import preview
from backend.write.org import MAX_CLUBS, CreateClubs, CreateOrgNode, WantedClub
from backend.write.refusal import Refusal

# One command locks the tenant for some 50 ms; other people's commands get their turn between.
MEMBERS_PER_COMMAND: Final = 250
# Rows that only the write side can refuse (a number that belongs to a club) are rare: each costs one more trial.
MAX_TRIALS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """One cell that is wrong. `row` counts as a spreadsheet does, the header is 1; `value` is shortened."""

    row: int
    column: str
    code: str
    message: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The rows that may be imported, the nodes to be made before, and all that keeps other rows out, by row."""

    rows: tuple[PlacedRow, ...]
    plan: MemberPlan
    problems: tuple[RowProblem, ...]

    @property
    def needed(self) -> tuple[PlannedNode, ...]:
        """The districts and clubs that the good rows need and that are not there."""
        return needed_for(self.plan, self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the members. The read models are `lag` events behind the last of them."""

    created: int = 0
    revised: int = 0
    unchanged: int = 0
    lag: int = 0


class ChangedMeanwhile(Exception):
    """Somebody changed a member between the trial and the import; repeating completes it."""

    def __init__(self, done: int, rows: int, why: Refusal | Forbidden) -> None:
        super().__init__(
            f"somebody changed a member meanwhile: {done} of {rows} rows are imported, repeat the request to complete"
            f" it ({why})"
        )


async def check_members(services: Services, actor: Actor, sheet: MemberSheet, *, make_clubs: bool) -> Checked:
    """The sheet against the federation: clubs within reach, and what the write side would refuse. Nothing is recorded.

    With `make_clubs` the import makes the clubs that are missing; otherwise their rows are problems. Raises `Forbidden`
    for somebody who may import no member at all.
    """
    reach = actor.reach(Capability.DEBTORS_MANAGE)
    async with services.database.scope(actor.tenant_id) as connection:
        tree = await nodes_of(connection, actor.tenant_id)
    plan = plan_members(sheet.rows, tree, covers=reach.covers, make_clubs=make_clubs, new_id=services.write.new_id)
    rows, refused = await _tried(services, actor, plan)
    found = (*map(told, sheet.problems), *map(told, plan.problems), *refused)
    return Checked(rows=rows, plan=plan, problems=tuple(sorted(found, key=lambda each: (each.row, each.column))))


async def import_members(
    services: Services, actor: Actor, checked: Checked, *, done: Callable[[int], None] = lambda rows: None
) -> Imported:
    """Make the clubs that are needed, then import the rows chunk by chunk; `done` hears how many each time.

    Raises `ChangedMeanwhile` once something is recorded, before that whatever the command raises.
    """
    counts, lag, imported = {"created": 0, "revised": 0, "unchanged": 0}, 0, 0
    for command in _making(checked.needed):
        await carry_out(services, actor, command)
    for chunk in _chunks(checked.rows):
        try:
            carried = await carry_out(services, actor, _importing(chunk))
        except (Refusal, Forbidden) as why:
            if not imported:
                raise
            raise ChangedMeanwhile(imported, len(checked.rows), why) from None
        for word in counts:
            counts[word] += int(carried.answer[word])
        imported, lag = imported + len(chunk), carried.lag
        done(len(chunk))
    return Imported(**counts, lag=lag)


def told(found: Problem) -> RowProblem:
    """A problem of the file's own, as clients hear of it."""
    return RowProblem(
        row=found.row, column=found.column, code=found.code.value, message=found.message, value=found.value
    )


async def _tried(services: Services, actor: Actor, plan: MemberPlan) -> tuple[tuple[PlacedRow, ...], list[RowProblem]]:
    """Let the write side decide every chunk without recording it, until it refuses none."""
    waiting, problems, good = deque(_chunks(plan.rows)), list[RowProblem](), list[PlacedRow]()
    trials = 0
    while waiting:
        chunk = waiting.popleft()
        try:
            await preview(services.write, actor, *_making(needed_for(plan, chunk)), _importing(chunk))
        except (Refusal, Forbidden) as no:
            trials += 1
            place = _place_in(no, len(chunk))
            if trials > MAX_TRIALS:
                raise
            if place is None:
                # It does not say which row it means: one of the halves will.
                waiting.extendleft((chunk[len(chunk) // 2 :], chunk[: len(chunk) // 2]))
                continue
            problems.append(_refused(chunk[place].row, no))
            rest = (*chunk[:place], *chunk[place + 1 :])
            waiting.extendleft([rest] if rest else [])
        else:
            good += chunk
    return tuple(good), problems


def _making(planned: Sequence[PlannedNode]) -> Iterator[Any]:
    """The commands that make these nodes, districts before their clubs."""
    for each in planned:
        if each.kind == "district":
            yield CreateOrgNode(org_node_id=each.node, parent_id=each.parent, kind="district", name=each.name)
    clubs = iter([each for each in planned if each.kind == "club"])
    while wanted := tuple(
        WantedClub(parent_id=each.parent, name=each.name, org_node_id=each.node) for each in islice(clubs, MAX_CLUBS)
    ):
        yield CreateClubs(clubs=wanted)


def _importing(chunk: Sequence[PlacedRow]) -> ImportMembers:
    return ImportMembers(members=tuple(map(_member, chunk)))


def _member(placed: PlacedRow) -> ImportedMember:
    row = placed.row
    address = Address(street=row.street, postal_code=row.postal_code, city=row.city, country=row.country)
    return ImportedMember(
        reference=row.member_no,
        org_node_id=placed.club,
        language=row.language,
        licence_type=row.licence_type,
        particulars=Particulars(name=f"{row.first_name} {row.last_name}", email=row.email, address=address),
    )


def _chunks(rows: Sequence[PlacedRow]) -> Iterator[tuple[PlacedRow, ...]]:
    remaining = iter(rows)
    while chunk := tuple(islice(remaining, MEMBERS_PER_COMMAND)):
        yield chunk


def _place_in(no: Refusal | Forbidden, size: int) -> int | None:
    said = no.path[1] if isinstance(no, Refusal) and no.path[:1] == ("members",) and len(no.path) > 1 else None
    return said if isinstance(said, int) else 0 if size == 1 else None


def _refused(row: MemberRow, no: Refusal | Forbidden) -> RowProblem:
    if isinstance(no, Forbidden):
        message = "this number belongs to somebody you may not change"
        return RowProblem(row=row.row, column="member_no", code="forbidden", message=message, value="")
    column = _COLUMNS.get(str(no.path[-1]), "") if no.path else "member_no"
    return RowProblem(row=row.row, column=column, code=no.code.value.lower(), message=no.message, value="")


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
