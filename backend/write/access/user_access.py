"""One user's access as decisions see it: the tokens that were made and are not revoked."""

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from backend.events.grants import RoleGranted, RoleRevoked, TokenCreated, TokenRevoked
from backend.values.identifiers import OrgNodeId, StreamId, UserId, derived_id
from backend.write.unit_of_work import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAccess:
    """`roles` are (role, org node); `tokens` are the ids of those not revoked, whether or not they have expired."""

    roles: frozenset[tuple[str, OrgNodeId]] = frozenset()
    tokens: frozenset[UUID] = frozenset()


def evolve(access: UserAccess | None, event: Any) -> UserAccess | None:
    """One fold over the user's access stream."""
    access = access or UserAccess()
    match event:
        case RoleGranted():
            return replace(access, roles=access.roles | {(event.role, event.org_node_id)})
        case RoleRevoked():
            return replace(access, roles=access.roles - {(event.role, event.org_node_id)})
        case TokenCreated():
            return replace(access, tokens=access.tokens | {event.token_id})
        case TokenRevoked():
            return replace(access, tokens=access.tokens - {event.token_id})
        case _:
            return access


USER_ACCESS: Final = Aggregate[UserAccess]("user", evolve)


def access_stream(user_id: UserId) -> StreamId:
    return StreamId(derived_id(user_id, "access"))
