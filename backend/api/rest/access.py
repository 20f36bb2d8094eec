"""People, what they may do where, and the bearer tokens of scripts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.api.access import Token, User
from backend.api.rest.endpoint import Answer, Call, needs
from backend.api.rest.reading import Body
from backend.api.rest.shapes import Page, PageQuery, Text250, paged
from backend.api.shown import Shown
from backend.read import access
from backend.tenants.capabilities import Role
from backend.tenants.directory import new_token, token_digest
from backend.values.identifiers import OrgNodeId, TokenId, UserId
from backend.write.access.roles import GrantRole, RevokeRole
from backend.write.access.tokens import CreateToken, RevokeToken
from backend.write.refusal import NotFound


class TokensQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose tokens; everybody's, if nobody is named."""

    user_id: UserId | None = None


class TokenSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`label` says what the token is for."""

    label: Text250
    days: Annotated[int, Meta(ge=1, le=366)] = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCreated:
    """`token` is shown this once, and nothing of it is kept."""

    id: UUID
    token: str
    expires_at: datetime


@needs(access.users)
async def list_users(call: Call, query: PageQuery) -> Answer[Page[Shown[User]]]:
    """The people with a role where you manage access, by name."""
    return paged(call, await call.ask(access.users, page=query.page), User.shown)


@needs(GrantRole)
async def grant_role(call: Call, user_id: UserId, role: Role, org_node_id: OrgNodeId) -> Shown[User]:
    """Let a user act with a role on an org node and everything below it. Nobody gives more than they have."""
    await call.carry_out(GrantRole(user_id=user_id, role=role.value, org_node_id=org_node_id))
    return await _shown(call, user_id)


@needs(RevokeRole)
async def revoke_role(call: Call, user_id: UserId, role: Role, org_node_id: OrgNodeId) -> None:
    """Take exactly this role at exactly this place away, from the next request on."""
    await call.carry_out(RevokeRole(user_id=user_id, role=role.value, org_node_id=org_node_id))


@needs(access.tokens)
async def list_tokens(call: Call, query: TokensQuery) -> Answer[Page[Shown[Token]]]:
    """The bearer tokens that were made, the newest first: also those that ended or were revoked."""
    return paged(call, await call.ask(access.tokens, user_id=query.user_id, page=query.page), Token.shown)


@needs(CreateToken)
async def create_token(call: Call, user_id: UserId, body: TokenSent) -> TokenCreated:
    """Make a bearer token for a user.

    There is no Idempotency-Key, because a repeated answer could not show the token again.
    """
    token = new_token()
    receipt = await call.carry_out(
        CreateToken(
            token_id=TokenId(call.services.write.new_id()),
            user_id=user_id,
            digest=token_digest(token),
            label=body.label,
            days=body.days,
        )
    )
    said = receipt.answer
    return TokenCreated(id=UUID(said["token_id"]), token=token, expires_at=datetime.fromisoformat(said["expires_at"]))


@needs(RevokeToken)
async def revoke_token(call: Call, user_id: UserId, token_id: TokenId) -> None:
    """Make a token open nothing, from the next request on."""
    await call.carry_out(RevokeToken(user_id=user_id, token_id=token_id))


async def _shown(call: Call, user_id: UserId) -> Shown[User]:
    found = await call.ask(access.users, user_id=user_id)
    if not found.items:
        raise NotFound("there is no such user")
    return User.shown(found.items[0])
