"""Importing a chunk of a member file, decided member by member: registered, revised or left alone."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.inline.debtors import debtors_by_reference
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import existing_nodes
from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
from backend.values.parties import Particulars
from backend.values.why import Why
from backend.write.command import command
from backend.write.debtors.register import RegisterDebtor, reference_of, register
from backend.write.debtors.revise import ReviseDebtor, revise
from backend.write.refusal import InvalidValue
from backend.write.states.debtor import DEBTOR, Debtor
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedMember:
    """A member as in a checked file, with the club already found in the org tree."""

    reference: str
    org_node_id: OrgNodeId
    particulars: Particulars
    language: str = ""
    licence_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMembers:
    """One chunk of a member file: new members are registered, changed ones revised, the others left alone.

    All or nothing. Sending a chunk twice changes nothing the second time.
    """

    members: tuple[ImportedMember, ...]


MAX_CHUNK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a chunk comes to. Every member of it is in exactly one of the three."""

    registered: tuple[DebtorRegistered, ...]
    revised: tuple[DebtorRevised, ...]
    unchanged: int


def references_of(members: tuple[ImportedMember, ...]) -> tuple[str, ...]:
    """The member numbers of a chunk, cleaned, in its order. Refuses one that is there twice."""
    if not 1 <= len(members) <= MAX_CHUNK:
        raise InvalidValue(Why.WRONG_COUNT, lowest=1, highest=MAX_CHUNK, path=("members",))
    seen: dict[str, int] = {}
    for index, member in enumerate(members):
        path = ("members", index, "reference")
        first = seen.setdefault(reference_of(member.reference, path=path), index)
        if first != index:
            raise InvalidValue(Why.NUMBER_OF_ANOTHER_ROW, row=first + 1, path=path)
    return tuple(seen)


def members_imported(
    members: tuple[ImportedMember, ...],
    known: Mapping[str, Debtor],
    *,
    tenant_id: TenantId,
    nodes: Container[OrgNodeId],
    new_id: Callable[[], UUID],
) -> Imported:
    """Decide a chunk. `known` are the debtors that have one of its member numbers."""
    registered: list[DebtorRegistered] = []
    revised: list[DebtorRevised] = []
    for index, (member, reference) in enumerate(zip(members, references_of(members), strict=True)):
        path, debtor = ("members", index), known.get(reference)
        if debtor is None:
            wanted = _as_registration(member, DebtorId(new_id()))
            registered.append(register(wanted, tenant_id=tenant_id, nodes=nodes, taken=(), path=path))
        elif debtor.kind != "member":
            raise InvalidValue(Why.NUMBER_OF_ANOTHER_KIND, kind=debtor.kind, path=(*path, "reference"))
        elif (change := revise(debtor, _as_revision(member, debtor), nodes=nodes, path=path)) is not None:
            revised.append(change)
    unchanged = len(members) - len(registered) - len(revised)
    return Imported(registered=tuple(registered), revised=tuple(revised), unchanged=unchanged)


def _as_registration(member: ImportedMember, debtor_id: DebtorId) -> RegisterDebtor:
    return RegisterDebtor(
        debtor_id=debtor_id,
        kind="member",
        reference=member.reference,
        particulars=member.particulars,
        org_node_id=member.org_node_id,
        language=member.language,
        licence_type=member.licence_type,
    )


def _as_revision(member: ImportedMember, debtor: Debtor) -> ReviseDebtor:
    return ReviseDebtor(
        debtor_id=debtor.debtor_id,
        particulars=member.particulars,
        org_node_id=member.org_node_id,
        language=member.language,
        licence_type=member.licence_type,
    )


@command(Capability.DEBTORS_MANAGE)
async def import_members(command: ImportMembers, work: UnitOfWork) -> None:
    """Load the debtors that the chunk may mean, and record who is new or changed."""
    references = references_of(command.members)
    taken = await debtors_by_reference(*work.place, references)
    states = await work.load_many(DEBTOR, taken.values())
    known: dict[str, Debtor] = {state.reference: state for state in states.values() if state is not None}
    # A member who moves leaves one club and joins another: the sender must reach both.
    touched = {member.org_node_id for member in command.members}
    for node in touched | {debtor.node for debtor in known.values()}:
        work.authorise(node)
    imported = members_imported(
        command.members,
        known,
        tenant_id=work.tenant_id,
        nodes=await existing_nodes(work.connection, work.tenant_id, touched),
        new_id=work.new_id,
    )
    for registered in imported.registered:
        work.record(registered.debtor_id, registered)
    for revised in imported.revised:
        work.record(revised.debtor_id, revised)
    work.answer = {
        "created": len(imported.registered),
        "revised": len(imported.revised),
        "unchanged": imported.unchanged,
    }
