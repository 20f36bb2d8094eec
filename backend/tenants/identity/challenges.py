"""Challenges: a second factor awaited, a passkey ceremony begun, a browser sent to a provider, a link mailed.

Each is named by a handle its holder was given, of which we keep the digest; each is redeemed once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, cast

import msgspec

from backend.runtime.database import Connection
from backend.tenants.identity.secrets import Handle
from backend.values.identifiers import TenantId, UserId

Kind = Literal["second_factor", "passkey_sign_in", "passkey_register", "oidc", "invitation", "reset"]

LIFETIME: Final[dict[Kind, timedelta]] = {
    "second_factor": timedelta(minutes=5),
    "passkey_sign_in": timedelta(minutes=5),
    "passkey_register": timedelta(minutes=5),
    "oidc": timedelta(minutes=10),
    "invitation": timedelta(days=7),
    "reset": timedelta(minutes=30),
}
# Old rows are taken out by whoever puts in a new one, a few at a time.
SWEPT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What was begun, by whom (if that is known yet), and what must be remembered of it until it ends."""

    kind: Kind
    user_id: UserId | None
    data: dict[str, Any]
    expires_at: datetime


async def promise(
    connection: Connection,
    handle: Handle,
    kind: Kind,
    *,
    at: datetime,
    user_id: UserId | None = None,
    data: dict[str, Any] | None = None,
) -> datetime:
    """Store a challenge; answers when it ends."""
    return await promise_digest(connection, handle.tenant_id, handle.digest, kind, at=at, user_id=user_id, data=data)


async def promise_digest(
    connection: Connection,
    tenant_id: TenantId,
    digest: bytes,
    kind: Kind,
    *,
    at: datetime,
    user_id: UserId | None = None,
    data: dict[str, Any] | None = None,
) -> datetime:
    """The same, where only the digest is known."""
    await connection.execute(
        b"DELETE FROM identity_challenges WHERE tenant_id = %b AND digest IN (SELECT digest FROM identity_challenges"
        b" WHERE tenant_id = %b AND expires_at <= %b LIMIT %b FOR UPDATE SKIP LOCKED)",
        (tenant_id, tenant_id, at, SWEPT),
    )
    until = at + LIFETIME[kind]
    await connection.execute(
        b"INSERT INTO identity_challenges (tenant_id, digest, kind, user_id, data, expires_at)"
        b" VALUES (%b, %b, %b, %b, %b, %b)",
        (tenant_id, digest, kind, user_id, msgspec.json.encode(data or {}).decode(), until),
    )
    return until


async def look(connection: Connection, handle: Handle, kind: Kind, *, at: datetime) -> Challenge | None:
    """The challenge behind a handle, left in place; `None` when there is none, or it was for another use, or ended."""
    found = await connection.execute(
        b"SELECT kind, user_id, data, expires_at FROM identity_challenges"
        b" WHERE tenant_id = %b AND digest = %b AND kind = %b AND expires_at > %b",
        (handle.tenant_id, handle.digest, kind, at),
    )
    return _challenge(await found.fetchone())


async def redeem(connection: Connection, handle: Handle, kind: Kind, *, at: datetime) -> Challenge | None:
    """Take the challenge behind a handle: it is deleted, so of two who redeem at once, one finds nothing."""
    return await redeem_digest(connection, handle.tenant_id, handle.digest, kind, at=at)


async def redeem_digest(
    connection: Connection, tenant_id: TenantId, digest: bytes, kind: Kind, *, at: datetime
) -> Challenge | None:
    """The same, where only the digest is known."""
    found = await connection.execute(
        b"DELETE FROM identity_challenges WHERE tenant_id = %b AND digest = %b AND kind = %b AND expires_at > %b"
        b" RETURNING kind, user_id, data, expires_at",
        (tenant_id, digest, kind, at),
    )
    return _challenge(await found.fetchone())


async def withdraw(connection: Connection, tenant_id: TenantId, user_id: UserId, *kinds: Kind) -> None:
    """Delete every challenge of these kinds of a person."""
    await connection.execute(
        b"DELETE FROM identity_challenges WHERE tenant_id = %b AND user_id = %b AND kind = ANY(%b)",
        (tenant_id, user_id, list(kinds)),
    )


async def invited(connection: Connection, tenant_id: TenantId, user_id: UserId, *, at: datetime) -> bool:
    """Whether an invitation to the person is still open."""
    found = await connection.execute(
        b"SELECT FROM identity_challenges WHERE tenant_id = %b AND user_id = %b AND kind = 'invitation'"
        b" AND expires_at > %b",
        (tenant_id, user_id, at),
    )
    return await found.fetchone() is not None


def _challenge(row: tuple[Any, ...] | None) -> Challenge | None:
    if row is None:
        return None
    data = cast("dict[str, Any]", msgspec.json.decode(row[2]))
    return Challenge(kind=row[0], user_id=UserId(row[1]) if row[1] else None, data=data, expires_at=row[3])
