"""One user's access as decisions see it: the tokens that were made and are not revoked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from backend.events.grants import TokenCreated, TokenRevoked
from backend.values.identifiers import StreamId, UserId, derived_id
from backend.write.states.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAccess:
    """`tokens` are those not revoked, each with the moment it expires or did expire."""

    tokens: Mapping[UUID, datetime] = field(default_factory=dict)

    def valid(self, at: datetime) -> int:
        """How many tokens open something now."""
        return sum(expires_at > at for expires_at in self.tokens.values())


def evolve(access: UserAccess | None, event: Any) -> UserAccess | None:
    """One fold over the user's access stream."""
    access = access or UserAccess()
    match event:
        case TokenCreated():
            return replace(access, tokens={**access.tokens, event.token_id: event.expires_at})
        case TokenRevoked():
            return replace(access, tokens={id_: at for id_, at in access.tokens.items() if id_ != event.token_id})
        case _:
            return access


USER_ACCESS: Final = Aggregate[UserAccess]("user", evolve)


def access_stream(user_id: UserId) -> StreamId:
    """The stream of the user's tokens and grants."""
    return StreamId(derived_id(user_id, "access"))
