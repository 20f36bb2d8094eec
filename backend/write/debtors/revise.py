"""Revising a debtor: the whole of what may be said about them, replaced."""

from collections.abc import Container
from dataclasses import dataclass

from backend.events.debtors import DebtorRevised
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import existing_nodes
from backend.values.identifiers import DebtorId, OrgNodeId
from backend.values.parties import Particulars
from backend.values.why import Why
from backend.write.command import command
from backend.write.debtors.erase import still_known
from backend.write.debtors.register import existing_node, licence_type_of
from backend.write.parties import particulars
from backend.write.refusal import InvalidValue
from backend.write.states.debtor import DEBTOR, Debtor
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import Path, language


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseDebtor:
    """The debtor's particulars are these from now on. Kind and reference never change."""

    debtor_id: DebtorId
    particulars: Particulars
    org_node_id: OrgNodeId | None = None
    language: str = ""
    licence_type: str = ""


def revise(
    debtor: Debtor, command: ReviseDebtor, *, nodes: Container[OrgNodeId], path: Path = ()
) -> DebtorRevised | None:
    """The debtor as it is from now on; `None` when nothing changes. Raises `PersonErased`."""
    still_known(debtor, path=path)
    if debtor.kind == "club" and command.org_node_id is None:
        raise InvalidValue(Why.ORG_NODE_MISSING, path=(*path, "orgNodeId"))
    revised = DebtorRevised(
        debtor_id=debtor.debtor_id,
        org_node_id=existing_node(command.org_node_id, nodes, path),
        language=language(command.language, path=(*path, "language"), required=False),
        licence_type=licence_type_of(command.licence_type, path),
        particulars=particulars(command.particulars, path=(*path, "particulars")),
    )
    before = (debtor.node, debtor.language, debtor.licence_type, debtor.particulars)
    after = (revised.org_node_id, revised.language, revised.licence_type, revised.particulars)
    return None if before == after else revised


@command(Capability.DEBTORS_MANAGE)
async def revise_debtor(command: ReviseDebtor, work: UnitOfWork) -> None:
    """Load the debtor, and record the particulars if they differ."""
    debtor = await work.get(DEBTOR, command.debtor_id, path=("debtorId",))
    work.authorise(debtor.node)
    work.authorise(command.org_node_id)
    nodes = await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,))
    work.record(command.debtor_id, revise(debtor, command, nodes=nodes))
    work.answer = {"debtor_id": str(command.debtor_id)}
