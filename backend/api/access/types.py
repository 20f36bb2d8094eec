"""People, their roles and their tokens, as clients see them."""

from datetime import datetime
from enum import Enum
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved, words
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.node import Node, found_by
from backend.api.org.types import OrgNodeKind
from backend.read.access import TokenRow, UserRow, tokens, users
from backend.read.paging import PAGE_LIMIT, PageRequest
from backend.tenants.people import HeldRole
from backend.values.identifiers import UserId


@words
class Role(Enum):
    """What a user may be made, for one org node and everything below it."""

    FEDERATION_ADMIN = "federation_admin"
    DISTRICT_TREASURER = "district_treasurer"
    CLUB_ADMIN = "club_admin"
    AUDITOR = "auditor"
    LICENCE_SYSTEM = "licence_system"
    PLATFORM_OPERATOR = "platform_operator"


@output
class RoleGrant:
    """A role at a place: it reaches everything below."""

    role: Role
    org_node_id: strawberry.ID
    org_node_name: str
    org_node_kind: OrgNodeKind


@output
class Token:
    """A bearer token of a script. What opens the door was shown once, and is kept nowhere."""

    id: strawberry.ID
    user_id: strawberry.ID
    label: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None


@output
class User(Node):
    """A person who may be granted roles. If your rights end at a district, `roles` are those held within it."""

    name: str
    email: str
    created_at: datetime
    roles: list[RoleGrant]
    row: strawberry.Private[UserRow]

    @resolved
    async def tokens(self, info: Info) -> list[Token]:
        """The bearer tokens that were made for this user: the newest 100."""
        found = await info.context.ask(tokens, user_id=self.row.user_id, page=PageRequest(first=PAGE_LIMIT))
        return [token_of(row) for row in found.items]


@found_by("User")
async def find_user(info: Info, user_id: UUID) -> User | None:
    found = await info.context.ask(users, user_id=UserId(user_id))
    return user_of(found.items[0]) if found.items else None


def user_of(row: UserRow) -> User:
    return User(
        id=encoded("User", row.user_id),
        name=row.name,
        email=row.email,
        created_at=row.created_at,
        roles=[role_grant_of(each) for each in row.roles],
        row=row,
    )


def role_grant_of(held: HeldRole) -> RoleGrant:
    return RoleGrant(
        role=Role(held.role.value),
        org_node_id=encoded("OrgNode", held.org_node_id),
        org_node_name=held.org_node_name,
        org_node_kind=OrgNodeKind(held.org_node_kind),
    )


def token_of(row: TokenRow) -> Token:
    return Token(
        id=encoded("Token", row.token_id),
        user_id=encoded("User", row.user_id),
        label=row.label,
        created_at=row.created_at,
        created_by=row.created_by,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
