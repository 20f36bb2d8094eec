"""Passkeys: public keys of authenticators. Nothing here is a secret."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from backend.runtime.database import Connection
from backend.values.identifiers import TenantId, UserId

MAX_PASSKEYS: Final = 20

_COLUMNS: Final = b"passkey_id, user_id, credential_id, public_key, sign_count, label, added_at, used_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A public key that a person's authenticator answers for."""

    passkey_id: UUID
    user_id: UserId
    credential_id: bytes
    public_key: bytes
    sign_count: int
    label: str
    added_at: datetime
    used_at: datetime | None = None


async def passkeys_of(connection: Connection, tenant_id: TenantId, user_id: UserId) -> tuple[Passkey, ...]:
    found = await connection.execute(
        b"SELECT " + _COLUMNS + b" FROM identity_passkeys WHERE tenant_id = %b AND user_id = %b"
        b" ORDER BY added_at, passkey_id LIMIT %b",
        (tenant_id, user_id, MAX_PASSKEYS),
    )
    return tuple(_passkey(row) for row in await found.fetchall())


async def passkey_by_credential(connection: Connection, tenant_id: TenantId, credential_id: bytes) -> Passkey | None:
    found = await connection.execute(
        b"SELECT " + _COLUMNS + b" FROM identity_passkeys WHERE tenant_id = %b AND credential_id = %b",
        (tenant_id, credential_id),
    )
    row = await found.fetchone()
    return None if row is None else _passkey(row)


async def add_passkey(connection: Connection, tenant_id: TenantId, passkey: Passkey) -> bool:
    """Whether it is new here: an authenticator that is somebody's already is not taken over."""
    found = await connection.execute(
        b"INSERT INTO identity_passkeys (tenant_id, " + _COLUMNS + b") VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b)"
        b" ON CONFLICT DO NOTHING RETURNING true",
        (
            tenant_id,
            passkey.passkey_id,
            passkey.user_id,
            passkey.credential_id,
            passkey.public_key,
            passkey.sign_count,
            passkey.label,
            passkey.added_at,
            passkey.used_at,
        ),
    )
    return await found.fetchone() is not None


async def use_passkey(
    connection: Connection, tenant_id: TenantId, passkey: Passkey, *, sign_count: int, at: datetime
) -> bool:
    """Store the count of the authenticator; `False` when another sign-in with it came in between."""
    found = await connection.execute(
        b"UPDATE identity_passkeys SET sign_count = %b, used_at = %b"
        b" WHERE tenant_id = %b AND passkey_id = %b AND sign_count = %b RETURNING true",
        (sign_count, at, tenant_id, passkey.passkey_id, passkey.sign_count),
    )
    return await found.fetchone() is not None


async def remove_passkey(connection: Connection, tenant_id: TenantId, user_id: UserId, passkey_id: UUID) -> str | None:
    """The label of what was removed."""
    found = await connection.execute(
        b"DELETE FROM identity_passkeys WHERE tenant_id = %b AND user_id = %b AND passkey_id = %b RETURNING label",
        (tenant_id, user_id, passkey_id),
    )
    row = await found.fetchone()
    return None if row is None else str(row[0])


def _passkey(row: tuple[object, ...]) -> Passkey:
    names = ("passkey_id", "user_id", "credential_id", "public_key", "sign_count", "label", "added_at", "used_at")
    return Passkey(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]
