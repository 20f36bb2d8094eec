"""What somebody may want of debtors."""

from dataclasses import dataclass
from typing import ClassVar

from backend.events.debtors import DebtorKind
from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
from backend.values.parties import Particulars


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseDebtor:
    """The debtor's particulars are these from now on. Kind and reference never change."""

    debtor_id: DebtorId
    particulars: Particulars
    org_node_id: OrgNodeId | None = None
    language: str = ""
    licence_type: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePersonalData:
    """Destroy the key of a debtor's personal data, for ever. `ground` is the legal basis of the request."""

    debtor_id: DebtorId
    ground: str
