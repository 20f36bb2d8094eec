"""What somebody may want of other people's access."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backend.values.identifiers import OrgNodeId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole:
    """Let a user act with `role` on `org_node_id` and everything below it. Nobody gives more than they have."""

    user_id: UserId
    role: str
    org_node_id: OrgNodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeRole:
    """Take a role away again, from the next request on."""

    user_id: UserId
    role: str
    org_node_id: OrgNodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateToken:
    """Let whoever holds a token act as the user, for `days`. `label` says what it is for.

    Only the SHA-256 of the token comes here: the edge made the token, shows it once and keeps nothing of it.
    """

    ASSIGNED: ClassVar = ("token_id", "digest")
    token_id: UUID
    user_id: UserId
    digest: bytes
    label: str
    days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeToken:
    """Make a token open nothing, from the next request on."""

    user_id: UserId
    token_id: UUID
