"""What somebody may want of the org tree."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from backend.values.identifiers import OrgNodeId

NewNodeKind = Literal["district", "club"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateOrgNode:
    """Add a district or a club below `parent_id`. Without a `code` it gets one made of its name."""

    ASSIGNED: ClassVar = ("org_node_id",)
    org_node_id: OrgNodeId
    parent_id: OrgNodeId
    kind: NewNodeKind
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameOrgNode:
    """Let a node go by another name. Its code stays, because files and other systems know it by that."""

    org_node_id: OrgNodeId
    name: str
