"""What a person can prove themselves with: a password, a time-based code, recovery codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from backend.runtime.database import Connection, ReadConnection
from backend.values.identifiers import TenantId, UserId

MAX_USERS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user and what they can prove themselves with."""

    user_id: UserId
    name: str
    email: str
    language: str
    password_hash: str | None
    totp_sealed: str | None
    totp_confirmed: bool


_SELECT: Final = (
    b"SELECT u.user_id, u.name, u.email, coalesce(a.language, 'en'), a.password_hash, a.totp_sealed,"
    b" coalesce(a.totp_confirmed, false) FROM users u"
    b" LEFT JOIN identity_accounts a ON a.tenant_id = u.tenant_id AND a.user_id = u.user_id WHERE u.tenant_id = %b"
)


async def account_by_email(connection: Connection, tenant_id: TenantId, email: str) -> Account | None:
    """The account of an address, whatever case it is written in."""
    found = await connection.execute(
        _SELECT + b" AND lower(u.email) = lower(%b) ORDER BY u.email = %b DESC LIMIT 1", (tenant_id, email, email)
    )
    return _account(await found.fetchone())


async def account_of(connection: ReadConnection, tenant_id: TenantId, user_id: UserId) -> Account | None:
    found = await connection.execute(_SELECT + b" AND u.user_id = %b", (tenant_id, user_id))
    return _account(await found.fetchone())


async def accounts_after(
    connection: Connection, tenant_id: TenantId, after: UUID | None, *, limit: int = MAX_USERS
) -> tuple[Account, ...]:
    """People of the tenant by id, which is the order they came in."""
    found = await connection.execute(
        _SELECT + b" AND (%b::uuid IS NULL OR u.user_id > %b) ORDER BY u.user_id LIMIT %b",
        (tenant_id, after, after, limit),
    )
    return tuple(account for row in await found.fetchall() if (account := _account(row)) is not None)


async def keep_password(
    connection: Connection, tenant_id: TenantId, user_id: UserId, password_hash: str, *, at: datetime
) -> None:
    await connection.execute(
        b"INSERT INTO identity_accounts (tenant_id, user_id, password_hash, password_changed_at)"
        b" VALUES (%b, %b, %b, %b) ON CONFLICT (tenant_id, user_id)"
        b" DO UPDATE SET password_hash = excluded.password_hash, password_changed_at = excluded.password_changed_at",
        (tenant_id, user_id, password_hash, at),
    )


async def rehash_password(connection: Connection, tenant_id: TenantId, user_id: UserId, *, old: str, new: str) -> None:
    """Store the hash of the same password under today's parameters, unless it was changed in the meantime."""
    await connection.execute(
        b"UPDATE identity_accounts SET password_hash = %b WHERE tenant_id = %b AND user_id = %b AND password_hash = %b",
        (new, tenant_id, user_id, old),
    )


async def keep_language(connection: Connection, tenant_id: TenantId, user_id: UserId, language: str) -> None:
    await connection.execute(
        b"INSERT INTO identity_accounts (tenant_id, user_id, language) VALUES (%b, %b, %b)"
        b" ON CONFLICT (tenant_id, user_id) DO UPDATE SET language = excluded.language",
        (tenant_id, user_id, language),
    )


async def keep_totp(connection: Connection, tenant_id: TenantId, user_id: UserId, sealed: str) -> None:
    """Store a TOTP seed that is not confirmed yet. A confirmed one is not replaced."""
    await connection.execute(
        b"INSERT INTO identity_accounts (tenant_id, user_id, totp_sealed) VALUES (%b, %b, %b)"
        b" ON CONFLICT (tenant_id, user_id) DO UPDATE SET totp_sealed = excluded.totp_sealed, totp_step = 0"
        b" WHERE NOT identity_accounts.totp_confirmed",
        (tenant_id, user_id, sealed),
    )


async def confirm_totp(connection: Connection, tenant_id: TenantId, user_id: UserId) -> bool:
    found = await connection.execute(
        b"UPDATE identity_accounts SET totp_confirmed = true WHERE tenant_id = %b AND user_id = %b"
        b" AND totp_sealed IS NOT NULL AND NOT totp_confirmed RETURNING true",
        (tenant_id, user_id),
    )
    return await found.fetchone() is not None


async def remove_totp(connection: Connection, tenant_id: TenantId, user_id: UserId) -> bool:
    found = await connection.execute(
        b"UPDATE identity_accounts SET totp_confirmed = false, totp_sealed = NULL WHERE tenant_id = %b"
        b" AND user_id = %b AND totp_confirmed RETURNING true",
        (tenant_id, user_id),
    )
    return await found.fetchone() is not None


async def use_totp_step(connection: Connection, tenant_id: TenantId, user_id: UserId, step: int) -> bool:
    """Whether this time step is new: a code that was seen over a shoulder opens nothing a second time."""
    found = await connection.execute(
        b"UPDATE identity_accounts SET totp_step = %b"
        b" WHERE tenant_id = %b AND user_id = %b AND totp_step < %b RETURNING true",
        (step, tenant_id, user_id, step),
    )
    return await found.fetchone() is not None


async def keep_recovery_codes(
    connection: Connection, tenant_id: TenantId, user_id: UserId, digests: Iterable[bytes]
) -> None:
    """Store the digests of new recovery codes, and delete those from before."""
    await connection.execute(
        b"DELETE FROM identity_recovery_codes WHERE tenant_id = %b AND user_id = %b", (tenant_id, user_id)
    )
    await connection.execute(
        b"INSERT INTO identity_recovery_codes (tenant_id, user_id, digest) SELECT %b, %b, unnest(%b::bytea[])",
        (tenant_id, user_id, list(digests)),
    )


async def use_recovery_code(connection: Connection, tenant_id: TenantId, user_id: UserId, code: str) -> bool:
    found = await connection.execute(
        b"DELETE FROM identity_recovery_codes WHERE tenant_id = %b AND user_id = %b AND digest = %b RETURNING true",
        (tenant_id, user_id, recovery_digest(user_id, code)),
    )
    return await found.fetchone() is not None


async def recovery_codes_left(connection: Connection, tenant_id: TenantId, user_id: UserId) -> int:
    found = await connection.execute(
        b"SELECT count(*) FROM identity_recovery_codes WHERE tenant_id = %b AND user_id = %b", (tenant_id, user_id)
    )
    row = await found.fetchone()
    return int(row[0]) if row else 0


def recovery_digest(user_id: UserId, code: str) -> bytes:
    """The digest of a recovery code, however it was typed.

    The user salts it; 50 random bits behind a throttle need no slow hash.
    """
    plain = "".join(character for character in code.lower() if character.isalnum())
    return sha256(user_id.bytes + plain.encode()).digest()


def _account(row: tuple[object, ...] | None) -> Account | None:
    if row is None:
        return None
    names = ("user_id", "name", "email", "language", "password_hash", "totp_sealed", "totp_confirmed")
    return Account(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]
