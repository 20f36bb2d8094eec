"""Registering a debtor: who may be billed, and what may be said about them."""

from collections.abc import Container
from dataclasses import dataclass
from typing import ClassVar, Final

from backend.events.debtors import DebtorRegistered
from backend.inline.debtors import debtors_by_reference
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import existing_nodes
from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
from backend.values.parties import DebtorKind, Particulars
from backend.values.why import Why
from backend.write.command import command
from backend.write.parties import particulars
from backend.write.refusal import AlreadyExists, InvalidValue
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import Path, code, language, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDebtor:
    """Let somebody be billed in this tenant. `reference` is the member or club number, unique in the tenant.

    `org_node_id` is the member's club, or the club itself; `billed_tenant_id` the federation, for kind `tenant`. An
    empty `language` means the issuer's.
    """

    ASSIGNED: ClassVar = ("debtor_id",)
    debtor_id: DebtorId
    kind: DebtorKind
    reference: str
    particulars: Particulars
    org_node_id: OrgNodeId | None = None
    billed_tenant_id: TenantId | None = None
    language: str = ""
    licence_type: str = ""


MAX_REFERENCE: Final = 40
MAX_LICENCE_TYPE: Final = 40


def register(
    command: RegisterDebtor, *, tenant_id: TenantId, nodes: Container[OrgNodeId], taken: Container[str], path: Path = ()
) -> DebtorRegistered:
    """A new debtor. `nodes` are the org nodes that exist, `taken` the references in use, as far as they are asked
    about."""
    reference = reference_of(command.reference, path=(*path, "reference"))
    if reference in taken:
        raise AlreadyExists("this number belongs to another debtor: revise that one", path=(*path, "reference"))
    _check_kind(command, tenant_id, path)
    return DebtorRegistered(
        debtor_id=command.debtor_id,
        kind=command.kind,
        reference=reference,
        org_node_id=existing_node(command.org_node_id, nodes, path),
        billed_tenant_id=command.billed_tenant_id,
        language=language(command.language, path=(*path, "language"), required=False),
        licence_type=licence_type_of(command.licence_type, path),
        particulars=particulars(command.particulars, path=(*path, "particulars")),
    )


def reference_of(value: str, *, path: Path) -> str:
    """A member or club number in the one spelling it is stored and looked up by."""
    return code(value, MAX_REFERENCE, path=path)


def _check_kind(command: RegisterDebtor, tenant_id: TenantId, path: Path) -> None:
    if command.kind == "club" and command.org_node_id is None:
        raise InvalidValue(Why.ORG_NODE_MISSING, path=(*path, "orgNodeId"))
    if (command.kind == "tenant") != (command.billed_tenant_id is not None):
        raise InvalidValue(Why.TENANT_MISPLACED, path=(*path, "billedTenantId"))
    if command.billed_tenant_id == tenant_id:
        raise InvalidValue(Why.TENANT_BILLS_ITSELF, path=(*path, "billedTenantId"))


def existing_node(node: OrgNodeId | None, nodes: Container[OrgNodeId], path: Path) -> OrgNodeId | None:
    """The org node, if there is such a node. Raises `InvalidValue`."""
    if node is not None and node not in nodes:
        raise InvalidValue(Why.ORG_NODE_UNKNOWN, path=(*path, "orgNodeId"))
    return node


def licence_type_of(value: str, path: Path) -> str:
    """The type of licence, cleaned; it may be empty."""
    return one_line(value, MAX_LICENCE_TYPE, path=(*path, "licenceType"), required=False)


@command(Capability.DEBTORS_MANAGE)
async def register_debtor(command: RegisterDebtor, work: UnitOfWork) -> None:
    """Load the org node and the reference in use, and record the debtor."""
    work.authorise(command.org_node_id)
    registered = register(
        command,
        tenant_id=work.tenant_id,
        nodes=await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,)),
        taken=await debtors_by_reference(*work.place, (reference_of(command.reference, path=("reference",)),)),
    )
    work.record(command.debtor_id, registered)
    work.answer = {"debtor_id": str(command.debtor_id)}
