"""Who am I: what the app asks first, and what every successful sign-in answers with."""

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
from backend.runtime.database import Connection, ReadConnection
from backend.services import Services
from backend.tenants.actor import Actor
from backend.tenants.identity.accounts import Account, account_of, recovery_codes_left
from backend.tenants.identity.passkeys import passkeys_of
from backend.tenants.identity.secrets import Handle, csrf_token, handle_of
from backend.tenants.identity.sessions import session_of
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
    found = await connection.execute(b"SELECT slug, kind, name FROM directory_tenant(%b)", (tenant_id,))
    row = await found.fetchone()
    assert row is not None
    return TenantShown(id=str(tenant_id), slug=row[0], kind=row[1], name=row[2])


async def roles_of(connection: Connection, tenant_id: TenantId, user_id: UserId) -> list[RoleShown]:
    """What a person may do where, in words for a page."""
    return (await roles_by_user(connection, tenant_id, [user_id])).get(user_id, [])


async def roles_by_user(
    connection: ReadConnection, tenant_id: TenantId, users: list[UserId]
) -> dict[UserId, list[RoleShown]]:
    found = await connection.execute(
        b"SELECT g.user_id, g.role, n.org_node_id, n.name, n.kind FROM grants g"
        b" JOIN org_nodes n ON n.tenant_id = g.tenant_id AND n.org_node_id = g.org_node_id"
        b" WHERE g.tenant_id = %b AND g.user_id = ANY(%b) ORDER BY n.name, g.role",
        (tenant_id, users),
    )
    roles: dict[UserId, list[RoleShown]] = {}
    for user_id, role, node, name, kind in await found.fetchall():
        roles.setdefault(user_id, []).append(
            RoleShown(role=role, org_node=OrgNodeShown(id=encoded("OrgNode", node), name=name, kind=kind))
        )
    return roles


async def _second_factors(connection: Connection, tenant_id: TenantId, account: Account) -> SecondFactors:
    return SecondFactors(
        totp=account.totp_confirmed,
        passkeys=len(await passkeys_of(connection, tenant_id, account.user_id)),
        recovery_codes=await recovery_codes_left(connection, tenant_id, account.user_id),
    )
