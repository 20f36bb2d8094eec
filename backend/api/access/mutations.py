"""What may be done with other people's access. A token is shown once, and nothing of it is kept."""

from datetime import datetime
from typing import Annotated

import strawberry

from backend.api.access.types import Role
from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, mutation, output
from backend.api.graphql.identifiers import encoded, the
from backend.api.graphql.results import Refused, Repeatable, Success, outcome
from backend.tenants.directory import new_token, token_digest
from backend.values.identifiers import OrgNodeId, UserId
from backend.write.access.roles import GrantRole, RevokeRole
from backend.write.access.tokens import CreateToken, RevokeToken
from backend.write.execute import Receipt


@given
class GrantRoleInput(Repeatable):
    """The role reaches `orgNodeId` and everything below it."""

    user_id: strawberry.ID
    role: Role
    org_node_id: strawberry.ID


@given
class RevokeRoleInput(Repeatable):
    """Exactly this role at exactly this place."""

    user_id: strawberry.ID
    role: Role
    org_node_id: strawberry.ID


@given
class CreateTokenInput:
    """`label` says what the token is for. There is no idempotency key, because a repeated answer could not show the
    token again."""

    user_id: strawberry.ID
    label: str
    days: int = 30
    client_mutation_id: str | None = None


@given
class RevokeTokenInput(Repeatable):
    """The token, by the id it was given when it was made."""

    user_id: strawberry.ID
    token_id: strawberry.ID


@output
class RoleSuccess(Success):
    """The role was given or taken, from the next request on."""

    user_id: strawberry.ID
    role: Role


@output
class CreateTokenSuccess(Success):
    """`token` is shown this once."""

    token_id: strawberry.ID
    token: str
    expires_at: datetime


@output
class RevokeTokenSuccess(Success):
    """The token opens nothing any more."""

    token_id: strawberry.ID


RoleResult = Annotated[RoleSuccess | Refused, strawberry.union("RoleResult")]
CreateTokenResult = Annotated[CreateTokenSuccess | Refused, strawberry.union("CreateTokenResult")]
RevokeTokenResult = Annotated[RevokeTokenSuccess | Refused, strawberry.union("RevokeTokenResult")]


@output
class AccessMutations:
    """What may be done with access. Nobody gives more than they have."""

    @mutation
    async def grant_role(self, info: Info, input: GrantRoleInput) -> RoleResult:
        """Let a user act with a role on an org node and everything below it."""
        command = GrantRole(user_id=_user(input.user_id), role=input.role.value, org_node_id=_node(input.org_node_id))
        return await outcome(info, command, input, RoleSuccess, user_id=_user_id, role=_role)

    @mutation
    async def revoke_role(self, info: Info, input: RevokeRoleInput) -> RoleResult:
        """Take a role away again."""
        command = RevokeRole(user_id=_user(input.user_id), role=input.role.value, org_node_id=_node(input.org_node_id))
        return await outcome(info, command, input, RoleSuccess, user_id=_user_id, role=_role)

    @mutation
    async def create_token(self, info: Info, input: CreateTokenInput) -> CreateTokenResult:
        """Make a bearer token for a user."""
        token = new_token()
        command = CreateToken(
            token_id=info.context.new_id(),
            user_id=_user(input.user_id),
            digest=token_digest(token),
            label=input.label,
            days=input.days,
        )

        async def shown(info: Info, receipt: Receipt) -> str:
            return token

        return await outcome(
            info, command, input, CreateTokenSuccess, token_id=_token_id, token=shown, expires_at=_expires_at
        )

    @mutation
    async def revoke_token(self, info: Info, input: RevokeTokenInput) -> RevokeTokenResult:
        """Make a token open nothing, from the next request on."""
        command = RevokeToken(user_id=_user(input.user_id), token_id=the("Token", input.token_id, "tokenId"))
        return await outcome(info, command, input, RevokeTokenSuccess, token_id=_token_id)


def _user(opaque: str) -> UserId:
    return UserId(the("User", opaque, "userId"))


def _node(opaque: str) -> OrgNodeId:
    return OrgNodeId(the("OrgNode", opaque, "orgNodeId"))


async def _user_id(info: Info, receipt: Receipt) -> strawberry.ID:
    return encoded("User", receipt.answer["user_id"])


async def _role(info: Info, receipt: Receipt) -> Role:
    return Role(receipt.answer["role"])


async def _token_id(info: Info, receipt: Receipt) -> strawberry.ID:
    return encoded("Token", receipt.answer["token_id"])


async def _expires_at(info: Info, receipt: Receipt) -> datetime:
    return datetime.fromisoformat(receipt.answer["expires_at"])
