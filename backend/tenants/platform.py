"""What a platform knows of the tenants it looks after, and which of its operators may look into one. Plain rows.

The functions of the directory answer for the tenant of the scope only when that is a platform, and then only with the
tenants it governs: no other tenant can list what exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backend.runtime.database import Connection, ReadConnection
from backend.values.identifiers import TenantId, UserId
from backend.values.parties import TenantKind

# What one answer of the directory holds at most; the function itself has the same bound.
MAX_GOVERNED: Final = 500
MAX_SEARCH: Final = 100

PLATFORM: Final = "platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernedTenant:
    """A tenant of this platform, as the directory knows it."""

    tenant_id: TenantId
    slug: str
    kind: TenantKind
    name: str
    time_zone: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The leave of an operator to see content of the tenant: until when, and for which reason."""

    reason: str
    until: datetime


async def governed_tenants(
    connection: ReadConnection,
    *,
    wanted: Sequence[TenantId] | None = None,
    search: str = "",
    beyond: str = "",
    limit: int = MAX_GOVERNED,
) -> tuple[GovernedTenant, ...]:
    """The tenants of the platform in whose scope we are, by slug; none in any other scope."""
    found = await connection.execute(
        b"SELECT tenant_id, slug, kind, name, time_zone, created_at"
        b" FROM directory_governed(%b::uuid[], %b, %b, %b::integer)",
        (None if wanted is None else list(wanted), search, beyond, limit),
    )
    return tuple(
        GovernedTenant(
            tenant_id=TenantId(row[0]), slug=row[1], kind=row[2], name=row[3], time_zone=row[4], opened_at=row[5]
        )
        for row in await found.fetchall()
    )


async def register_tenant(
    connection: Connection, tenant_id: TenantId, *, slug: str, kind: str, name: str, time_zone: str, at: datetime
) -> bool:
    """Enter a tenant in the directory, under the platform of the scope; `False` when its slug is taken."""
    found = await connection.execute(
        b"SELECT directory_open(%b, %b, %b, %b, %b, %b)", (tenant_id, slug, kind, name, time_zone, at)
    )
    row = await found.fetchone()
    return bool(row and row[0])


async def keep_halt(connection: Connection, since: datetime | None) -> None:
    """Halt everything outgoing of the platform of the scope, or let it go on."""
    await connection.execute(b"SELECT directory_halt(%b::timestamptz)", (since,))


async def halted_since(connection: ReadConnection) -> datetime | None:
    """Since when the platform of the scope's tenant has halted everything outgoing; `None` while it has not."""
    row = await (await connection.execute(b"SELECT directory_halted()")).fetchone()
    found: datetime | None = row[0] if row else None
    return found


async def open_look(connection: ReadConnection, tenant_id: TenantId, operator: UserId, *, at: datetime) -> Look | None:
    """The operator's look into the tenant of the scope, while it lasts."""
    found = await connection.execute(
        b"SELECT reason, until FROM operator_looks WHERE tenant_id = %b AND operator_id = %b AND until > %b",
        (tenant_id, operator, at),
    )
    row = await found.fetchone()
    return Look(reason=row[0], until=row[1]) if row else None


async def keep_look(connection: Connection, tenant_id: TenantId, operator: UserId, look: Look) -> None:
    await connection.execute(
        b"INSERT INTO operator_looks (tenant_id, operator_id, reason, until) VALUES (%b, %b, %b, %b)"
        b" ON CONFLICT (tenant_id, operator_id) DO UPDATE SET reason = excluded.reason, until = excluded.until",
        (tenant_id, operator, look.reason, look.until),
    )
