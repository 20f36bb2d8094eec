"""A chunk of a member file, decided member by member: registered, revised or left alone. Pure."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
from backend.write.debtors.commands import ImportedMember, RegisterDebtor, ReviseDebtor
from backend.write.debtors.debtor import Debtor
from backend.write.debtors.decisions import reference_of, register, revise
from backend.write.refusal import InvalidValue

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
        raise InvalidValue(f"import 1 to {MAX_CHUNK} members at a time", path=("members",))
    seen: dict[str, int] = {}
    for index, member in enumerate(members):
        path = ("members", index, "reference")
        first = seen.setdefault(reference_of(member.reference, path=path), index)
        if first != index:
            raise InvalidValue(f"this number is already that of member {first + 1} of the chunk", path=path)
    return tuple(seen)


def import_members(
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
            raise InvalidValue(f"this number belongs to a {debtor.kind}, not to a member", path=(*path, "reference"))
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
