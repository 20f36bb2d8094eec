"""Who am I: the one question that needs no right but to be known."""

from enum import Enum

import strawberry

from backend.api.access.types import RoleGrant, role_grant_of
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, words
from backend.api.graphql.identifiers import encoded
from backend.tenants.capabilities import Capability
from backend.tenants.identity.accounts import account_of
from backend.tenants.people import roles_by_user, tenant_of

strawberry.enum(Capability, name="Capability", description="One thing somebody may be allowed to do.")


@words
class TenantKind(Enum):
    """What a tenant is."""

    PLATFORM = "platform"
    INTERNATIONAL = "international"
    NATIONAL = "national"


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
    roles: list[RoleGrant]
    capabilities: list[HeldCapability]


async def viewer_of(info: Info) -> Viewer:
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
            kind=TenantKind(tenant.kind),
            name=tenant.name,
            time_zone=tenant.time_zone,
        ),
        roles=[role_grant_of(each) for each in held],
        capabilities=[
            HeldCapability(capability=capability, everywhere=reach.nodes is None)
            for capability, reach in sorted(actor.reaches.items())
        ],
    )
