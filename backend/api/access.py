"""People, their roles and their tokens; and who is asking."""

from datetime import datetime
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.inputs import Input
from backend.api.graphql.node import Node, found_by
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.results import Repeatable, Success, free_mutation, mutation, outcome, succeeds
from backend.api.graphql.sizes import listed
from backend.api.mirror import Mirror
from backend.read import access
from backend.read.access import MAX_ROLES, TokenRow, UserRow
from backend.read.paging import PAGE_LIMIT, PageRequest
from backend.tenants.capabilities import Capability, Role
from backend.tenants.directory import new_token, token_digest
from backend.tenants.identity.accounts import account_of
from backend.tenants.people import HeldRole, roles_by_user, tenant_of
from backend.values.identifiers import TokenId, UserId
from backend.values.parties import TenantKind
from backend.write.access.roles import GrantRole, RevokeRole
from backend.write.access.tokens import CreateToken, RevokeToken
from backend.write.execute import Receipt


class RoleGrant(Mirror[HeldRole], shown="RoleHeld", only_graphql=("org_node_kind",)):
    """A role at a place: it reaches everything below."""


class Token(Mirror[TokenRow], key="token_id"):
    """A bearer token of a script. Its secret was shown once, and is kept nowhere."""


class User(Mirror[UserRow], Node, key="user_id", shown="UserListed", sizes={"roles": (2, MAX_ROLES)}):
    """A person who may be granted roles. If your rights end at a district, `roles` are those held within it."""

    @resolved(size=(2, PAGE_LIMIT), statements=1)
    async def tokens(self, info: Info) -> list[Token]:
        """The bearer tokens that were made for this user: the newest 100."""
        found = await info.context.ask(access.tokens, user_id=self.row.user_id, page=PageRequest(first=PAGE_LIMIT))
        return [Token.of(row) for row in found.items]


@output
class Tenant:
    """The federation you are in. `timeZone` is an IANA name: its day is "today" of a question over several issuers."""

    id: strawberry.ID
    slug: str
    kind: TenantKind
    name: str
    time_zone: str


@output
class HeldCapability:
    """Something you may do: in the whole tenant, or only in your part of the org tree."""

    capability: Capability
    everywhere: bool


@output
class Viewer:
    """You. A program that signs itself in is no user: its `userId` is null, and `name` is how the journal calls it."""

    user_id: strawberry.ID | None
    name: str
    email: str
    language: str
    tenant: Tenant
    roles: list[RoleGrant] = listed(2, MAX_ROLES)
    capabilities: list[HeldCapability] = listed(20, len(Capability))


@found_by("User")
async def find_user(info: Info, user_id: UUID) -> User | None:
    found = await info.context.ask(access.users, user_id=UserId(user_id))
    return User.of(found.items[0]) if found.items else None


@output
class AccessQueries:
    """Questions about people and what they may do."""

    @resolved
    async def viewer(self, info: Info) -> Viewer:
        """You: your name, your federation, your roles and what they allow."""
        return await _viewer(info)

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
        return connection(await info.context.ask(access.users, page=page(first, after, last, before)), User.of)

    @resolved
    async def tokens(
        self,
        info: Info,
        user_id: UserId | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Token]:
        """The bearer tokens of those people, the newest first: also those that ended or were revoked."""
        found = await info.context.ask(access.tokens, user_id=user_id, page=page(first, after, last, before))
        return connection(found, Token.of)


async def _viewer(info: Info) -> Viewer:
    """The caller and their tenant, from plain rows in one snapshot."""
    actor = info.context.actor
    async with info.context.services.database.snapshot(actor.tenant_id) as connection:
        tenant = await tenant_of(connection, actor.tenant_id)
        account = await account_of(connection, actor.tenant_id, actor.user_id) if actor.user_id else None
        roles = await roles_by_user(connection, actor.tenant_id, [actor.user_id]) if actor.user_id else {}
    held = roles.get(actor.user_id, ()) if actor.user_id else ()
    return Viewer(
        user_id=encoded("User", actor.user_id) if actor.user_id else None,
        name=account.name if account else actor.principal,
        email=account.email if account else "",
        language=account.language if account else "en",
        tenant=Tenant(
            id=encoded("Tenant", actor.tenant_id),
            slug=tenant.slug,
            kind=tenant.kind,
            name=tenant.name,
            time_zone=tenant.time_zone,
        ),
        roles=[RoleGrant.of(each) for each in held],
        capabilities=[
            HeldCapability(capability=capability, everywhere=reach.nodes is None)
            for capability, reach in sorted(actor.reaches.items())
        ],
    )


class GrantRoleInput(Input[GrantRole], Repeatable):
    """The role reaches `orgNodeId` and everything below it."""

    role: Role


class RevokeRoleInput(Input[RevokeRole], Repeatable):
    """Exactly this role at exactly this place."""

    role: Role


class CreateTokenInput(Input[CreateToken]):
    """`label` says what the token is for. There is no idempotency key, because a repeated answer could not show the
    token again."""

    client_mutation_id: str | None = None


class RevokeTokenInput(Input[RevokeToken], Repeatable):
    """The token, by the id it was given when it was made."""


@succeeds
class RoleSuccess(Success):
    """The role was given or taken, from the next request on."""

    user_id: UserId
    role: Role


@succeeds
class CreateTokenSuccess(Success):
    """`token` is shown this once."""

    token_id: TokenId
    token: str
    expires_at: datetime


@succeeds
class RevokeTokenSuccess(Success):
    """The token opens nothing any more."""

    token_id: TokenId


@output
class AccessMutations:
    """What may be done with access. Nobody gives more than they have."""

    grant_role = mutation(
        GrantRoleInput, RoleSuccess, "Let a user act with a role on an org node and everything below it."
    )
    revoke_role = mutation(RevokeRoleInput, RoleSuccess, "Take a role away again.")
    revoke_token = mutation(
        RevokeTokenInput, RevokeTokenSuccess, "Make a token open nothing, from the next request on."
    )

    @free_mutation(CreateTokenSuccess)
    async def create_token(self, info: Info, input: CreateTokenInput) -> CreateTokenSuccess:
        """Make a bearer token for a user."""
        token = new_token()

        async def shown(info: Info, receipt: Receipt) -> str:
            return token

        command = input.value(token_id=TokenId(info.context.new_id()), digest=token_digest(token))
        return await outcome(info, command, input, CreateTokenSuccess, token=shown)
