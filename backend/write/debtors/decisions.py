"""Who may be billed, and what may be said about them: the pure rules behind registering and revising."""

from collections.abc import Container
from typing import Final

from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
from backend.write.debtors.commands import RegisterDebtor, ReviseDebtor
from backend.write.debtors.debtor import Debtor
from backend.write.debtors.refusals import PersonErased
from backend.write.parties import particulars
from backend.write.refusal import AlreadyExists, InvalidValue
from backend.write.wording import Path, code, language, one_line

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
        org_node_id=_node(command.org_node_id, nodes, path),
        billed_tenant_id=command.billed_tenant_id,
        language=language(command.language, path=(*path, "language"), required=False),
        licence_type=_licence_type(command.licence_type, path),
        particulars=particulars(command.particulars, path=(*path, "particulars")),
    )


def revise(
    debtor: Debtor, command: ReviseDebtor, *, nodes: Container[OrgNodeId], path: Path = ()
) -> DebtorRevised | None:
    """The debtor as it is from now on; `None` when nothing changes. Raises `PersonErased`."""
    still_known(debtor, path=path)
    if debtor.kind == "club" and command.org_node_id is None:
        raise InvalidValue("a club has an org node", path=(*path, "orgNodeId"))
    revised = DebtorRevised(
        debtor_id=debtor.debtor_id,
        org_node_id=_node(command.org_node_id, nodes, path),
        language=language(command.language, path=(*path, "language"), required=False),
        licence_type=_licence_type(command.licence_type, path),
        particulars=particulars(command.particulars, path=(*path, "particulars")),
    )
    before = (debtor.node, debtor.language, debtor.licence_type, debtor.particulars)
    after = (revised.org_node_id, revised.language, revised.licence_type, revised.particulars)
    return None if before == after else revised


def still_known(debtor: Debtor, *, path: Path = ()) -> DebtorId:
    """The debtor, unless erased: nothing can be sealed for a person whose key is destroyed. Raises `PersonErased`."""
    if debtor.particulars is None:
        raise PersonErased("this debtor's personal data was erased: register them anew", path=path)
    return debtor.debtor_id


def reference_of(value: str, *, path: Path) -> str:
    """A member or club number in the one spelling it is stored and looked up by."""
    return code(value, MAX_REFERENCE, path=path)


def _check_kind(command: RegisterDebtor, tenant_id: TenantId, path: Path) -> None:
    if command.kind == "club" and command.org_node_id is None:
        raise InvalidValue("a club has an org node", path=(*path, "orgNodeId"))
    if (command.kind == "tenant") != (command.billed_tenant_id is not None):
        raise InvalidValue("a debtor of kind tenant, and no other, names its tenant", path=(*path, "billedTenantId"))
    if command.billed_tenant_id == tenant_id:
        raise InvalidValue("a tenant does not bill itself", path=(*path, "billedTenantId"))


def _node(node: OrgNodeId | None, nodes: Container[OrgNodeId], path: Path) -> OrgNodeId | None:
    if node is not None and node not in nodes:
        raise InvalidValue("there is no such org node in this tenant", path=(*path, "orgNodeId"))
    return node


def _licence_type(value: str, path: Path) -> str:
    return one_line(value, MAX_LICENCE_TYPE, path=(*path, "licenceType"), required=False)
