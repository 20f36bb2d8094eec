"""Questions about people and what they may do."""

import strawberry

from backend.api.access.types import Token, User, token_of, user_of
from backend.api.access.viewer import Viewer, viewer_of
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import optional
from backend.api.graphql.paging import Connection, connection, page
from backend.read import access
from backend.values.identifiers import UserId


@output
class AccessQueries:
    """Questions about people and what they may do."""

    @resolved
    async def viewer(self, info: Info) -> Viewer:
        """You: your name, your federation, your roles and what they allow."""
        return await viewer_of(info)

    @resolved
    async def users(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[User]:
        """The people with a role where you manage access, by name; all of the federation, if you manage all of it."""
        found = await info.context.ask(access.users, page=page(first, after, last, before))
        return connection(found, user_of)

    @resolved
    async def tokens(
        self,
        info: Info,
        user_id: strawberry.ID | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Token]:
        """The bearer tokens of those people, the newest first: also those that ended or were revoked."""
        user = optional("User", user_id, "userId")
        found = await info.context.ask(
            access.tokens, user_id=UserId(user) if user else None, page=page(first, after, last, before)
        )
        return connection(found, token_of)
