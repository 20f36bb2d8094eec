"""Who am I: what the app asks first, and what every successful sign-in answers with."""

from collections.abc import Sequence
from datetime import datetime

from backend.api.graphql.identifiers import encoded
from backend.api.identity.answers import (
    CapabilityShown,
    OrgNodeShown,
    RoleShown,
    SecondFactors,
    SessionShown,
    SignedInUser,
    TenantShown,
)
from backend.runtime.database import Connection
from backend.services import Services
from backend.tenants.actor import Actor
from backend.tenants.identity.accounts import Account, account_of, recovery_codes_left
from backend.tenants.identity.passkeys import passkeys_of
from backend.tenants.identity.secrets import Handle, csrf_token, handle_of
from backend.tenants.identity.sessions import session_of
from backend.tenants.people import HeldRole, roles_by_user, tenant_of
from backend.values.identifiers import TenantId, UserId


async def session_view(services: Services, actor: Actor, session: str) -> tuple[Handle, SessionShown]:
    """The session behind a cookie as the app sees it, with the handle to set it again."""
    handle = handle_of(session)
    assert handle is not None
    assert actor.user_id is not None
    assert actor.session_id is not None
    async with services.database.scope(actor.tenant_id) as connection:
        row = await session_of(connection, actor.tenant_id, actor.session_id)
        account = await account_of(connection, actor.tenant_id, actor.user_id)
        assert row is not None
        assert account is not None
        shown = SessionShown(
            csrf_token=csrf_token(handle),
            user=SignedInUser(
                id=encoded("User", actor.user_id), name=account.name, email=account.email, language=account.language
            ),
            tenant=await tenant_view(connection, actor.tenant_id),
            roles=await roles_of(connection, actor.tenant_id, actor.user_id),
            capabilities=[
                CapabilityShown(capability=capability.value, everywhere=reach.nodes is None)
                for capability, reach in sorted(actor.reaches.items())
            ],
            second_factors=await _second_factors(connection, actor.tenant_id, account),
            has_password=account.password_hash is not None,
            id=str(row.session_id),
            method=row.method,
            created_at=instant(row.opened_at),
            fresh_until=instant(row.fresh_until),
            idle_expires_at=instant(row.idle_expires_at),
            expires_at=instant(row.expires_at),
        )
    return handle, shown


def instant(at: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def instant_or_none(at: datetime | None) -> str | None:
    """The same, where it may not have happened."""
    return None if at is None else instant(at)


async def tenant_view(connection: Connection, tenant_id: TenantId) -> TenantShown:
    tenant = await tenant_of(connection, tenant_id)
    return TenantShown(
        id=str(tenant_id), slug=tenant.slug, kind=tenant.kind, name=tenant.name, time_zone=tenant.time_zone
    )


async def roles_of(connection: Connection, tenant_id: TenantId, user_id: UserId) -> list[RoleShown]:
    """What a person may do where, in words for a page."""
    held = await roles_by_user(connection, tenant_id, [user_id])
    return roles_view(held.get(user_id, ()))


def roles_view(held: Sequence[HeldRole]) -> list[RoleShown]:
    return [
        RoleShown(
            role=each.role.value,
            org_node=OrgNodeShown(
                id=encoded("OrgNode", each.org_node_id), name=each.org_node_name, kind=each.org_node_kind
            ),
        )
        for each in held
    ]


async def _second_factors(connection: Connection, tenant_id: TenantId, account: Account) -> SecondFactors:
    return SecondFactors(
        totp=account.totp_confirmed,
        passkeys=len(await passkeys_of(connection, tenant_id, account.user_id)),
        recovery_codes=await recovery_codes_left(connection, tenant_id, account.user_id),
    )
