"""Sessions: an opaque cookie, of which only the digest is kept. A row here is an open session, and nothing else is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import json

from backend.journal.keys import seal, unseal
from backend.runtime.database import Connection, Database
from backend.tenants.actor import Actor
from backend.tenants.directory import GRANTS_OF, reaches_from
from backend.tenants.identity.secrets import handle_of
from backend.tenants.nodes import ask_time_zone, time_zone_from
from backend.values.identifiers import TenantId, UserId

IDLE: Final = timedelta(hours=2)
ABSOLUTE: Final = timedelta(hours=12)
# How long after a sign-in dangerous commands are carried out without asking again.
FRESH: Final = timedelta(minutes=15)
# Writing down every request would cost more than knowing the minute is worth.
TOUCH_AFTER: Final = timedelta(minutes=1)
MAX_SESSIONS: Final = 50
MAX_AGENT: Final = 200

_COLUMNS: Final = b"session_id, user_id, method, opened_at, seen_at, fresh_at, expires_at, device"
_OPEN: Final = (
    b"SELECT " + _COLUMNS + b" FROM identity_sessions"
    b" WHERE tenant_id = %b AND digest = %b AND expires_at > %b AND seen_at > %b"
)
_GRANTED: Final = GRANTS_OF + b"(SELECT s.user_id FROM identity_sessions s WHERE s.tenant_id = %b AND s.digest = %b)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An open session of a person. `device` is from where, sealed (`device_of`)."""

    session_id: UUID
    user_id: UserId
    method: str
    opened_at: datetime
    seen_at: datetime
    fresh_at: datetime
    expires_at: datetime
    device: str

    @property
    def idle_expires_at(self) -> datetime:
        return min(self.seen_at + IDLE, self.expires_at)

    @property
    def fresh_until(self) -> datetime:
        return self.fresh_at + FRESH


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """The address a session was opened from, and what the browser says of itself."""

    ip: str
    agent: str

    def sealed(self, key: bytes | None, session_id: UUID) -> str:
        """As a session's row holds it; nothing, when the person's key was destroyed."""
        plain = json.encode(Device(ip=self.ip, agent=self.agent[:MAX_AGENT]))
        return seal(plain, key, session_id.bytes) if key else ""


def device_of(session: Session, key: bytes | None) -> Device:
    """From where the session was opened, by the key of its person; empty when that was destroyed."""
    if not key or not session.device:
        return Device(ip="", agent="")
    return json.decode(unseal(session.device, key, session.session_id.bytes), type=Device)


async def actor_of_session(
    database: Database, presented: str, *, at: datetime, ip: str | None = None, touch: bool = True
) -> Actor | None:
    """Who comes with this session, with every capability as granted now; `None` when it is not open any more."""
    handle = handle_of(presented)
    if handle is None:
        return None
    async with database.scope(handle.tenant_id) as connection:
        asked = await connection.execute(_OPEN, (handle.tenant_id, handle.digest, at, at - IDLE))
        # Whose session it is the database sees by itself: all answers are one round trip.
        granted = await connection.execute(_GRANTED, (handle.tenant_id, handle.tenant_id, handle.digest))
        asked_zone = await ask_time_zone(connection, handle.tenant_id)
        row = await asked.fetchone()
        if row is None:
            return None
        session = _session(row)
        if touch and at - session.seen_at > TOUCH_AFTER:
            await connection.execute(
                b"UPDATE identity_sessions SET seen_at = %b WHERE tenant_id = %b AND session_id = %b AND seen_at < %b",
                (at, handle.tenant_id, session.session_id, at),
            )
        reaches = reaches_from(await granted.fetchall())
        time_zone = await time_zone_from(asked_zone)
    return Actor(
        tenant_id=handle.tenant_id,
        principal=f"user:{session.user_id}",
        user_id=session.user_id,
        reaches=reaches,
        ip=ip,
        session_id=session.session_id,
        fresh_at=session.fresh_at,
        time_zone=time_zone,
    )


async def session_of(connection: Connection, tenant_id: TenantId, session_id: UUID) -> Session | None:
    """One session by its id, for whoever was let in by it."""
    found = await connection.execute(
        b"SELECT " + _COLUMNS + b" FROM identity_sessions WHERE tenant_id = %b AND session_id = %b",
        (tenant_id, session_id),
    )
    row = await found.fetchone()
    return None if row is None else _session(row)


async def sessions_of(
    connection: Connection, tenant_id: TenantId, user_id: UserId, *, at: datetime
) -> tuple[Session, ...]:
    """The open sessions of a person, the last used first."""
    found = await connection.execute(
        b"SELECT " + _COLUMNS + b" FROM identity_sessions WHERE tenant_id = %b AND user_id = %b"
        b" AND expires_at > %b AND seen_at > %b ORDER BY seen_at DESC, session_id LIMIT %b",
        (tenant_id, user_id, at, at - IDLE, MAX_SESSIONS),
    )
    return tuple(_session(row) for row in await found.fetchall())


async def open_session(connection: Connection, tenant_id: TenantId, session: Session, *, digest: bytes) -> None:
    """Add the row of a session, and delete those of the person that ended by themselves."""
    await connection.execute(
        b"DELETE FROM identity_sessions WHERE tenant_id = %b AND user_id = %b AND (expires_at <= %b OR seen_at <= %b)",
        (tenant_id, session.user_id, session.opened_at, session.opened_at - IDLE),
    )
    await connection.execute(
        b"INSERT INTO identity_sessions (tenant_id, digest, " + _COLUMNS + b")"
        b" VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b, %b)",
        (
            tenant_id,
            digest,
            session.session_id,
            session.user_id,
            session.method,
            session.opened_at,
            session.seen_at,
            session.fresh_at,
            session.expires_at,
            session.device,
        ),
    )


async def renew_session(
    connection: Connection,
    tenant_id: TenantId,
    user_id: UserId,
    session_id: UUID,
    *,
    digest: bytes,
    fresh_at: datetime | None,
) -> bool:
    """Replace the secret of an open session: the old cookie opens nothing. `fresh_at` where they signed in anew."""
    found = await connection.execute(
        b"UPDATE identity_sessions SET digest = %b, fresh_at = coalesce(%b, fresh_at)"
        b" WHERE tenant_id = %b AND user_id = %b AND session_id = %b RETURNING true",
        (digest, fresh_at, tenant_id, user_id, session_id),
    )
    return await found.fetchone() is not None


async def close_sessions(
    connection: Connection, tenant_id: TenantId, user_id: UserId, *, only: Sequence[UUID] | None, keep: UUID | None
) -> tuple[UUID, ...]:
    """End sessions of a person (all but `keep`, or `only` these). Answers which."""
    found = await connection.execute(
        b"DELETE FROM identity_sessions WHERE tenant_id = %b AND user_id = %b"
        b" AND (%b::uuid[] IS NULL OR session_id = ANY(%b::uuid[])) AND session_id IS DISTINCT FROM %b"
        b" RETURNING session_id",
        (tenant_id, user_id, None if only is None else list(only), None if only is None else list(only), keep),
    )
    return tuple(row[0] for row in await found.fetchall())


def _session(row: tuple[object, ...]) -> Session:
    names = ("session_id", "user_id", "method", "opened_at", "seen_at", "fresh_at", "expires_at", "device")
    return Session(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]
