"""What somebody may want of the org tree."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from backend.values.identifiers import OrgNodeId

# A whole federation's clubs come in several goes; the journal holds its lock for one.
MAX_CLUBS: Final = 500

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
class WantedClub:
    """A club that a member file names below a district (or the federation) that is there."""

    parent_id: OrgNodeId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateClubs:
    """Add clubs, all or none, so that the members of a file can be imported.

    Whoever registers debtors may: nobody gains or loses access by a new club below a district.
    """

    clubs: tuple[WantedClub, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameOrgNode:
    """Let a node go by another name. Its code stays, because files and other systems know it by that."""

    org_node_id: OrgNodeId
    name: str
