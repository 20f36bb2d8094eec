"""What happens to access: who was given which role where, and which credentials were made or revoked."""

from datetime import datetime

from backend.events.event import event
from backend.values.identifiers import OrgNodeId, TokenId, UserId


@event("role-granted", about="user_id", shows=("role",), book="access")
class RoleGranted:
    """The user may act with `role` on `org_node_id` and everything below it."""

    user_id: UserId
    role: str
    org_node_id: OrgNodeId


@event("role-revoked", about="user_id", shows=("role",), book="access")
class RoleRevoked:
    """The user no longer has the role there."""

    user_id: UserId
    role: str
    org_node_id: OrgNodeId


@event("token-created", about="user_id", shows=("label",), book="access")
class TokenCreated:
    """A bearer token was made for the user. Only its digest is kept, and not here."""

    token_id: TokenId
    user_id: UserId
    label: str
    expires_at: datetime


@event("token-revoked", about="user_id", book="access")
class TokenRevoked:
    """The token opens nothing any more."""

    token_id: TokenId
    user_id: UserId
