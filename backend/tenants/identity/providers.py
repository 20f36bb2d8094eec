"""The OpenID providers a federation trusts to say who somebody is, and whom they said it of before."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from backend.runtime.database import Connection
from backend.values.identifiers import TenantId, UserId

MAX_PROVIDERS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """How to ask one provider. The secret is sealed."""

    provider_id: UUID
    name: str
    issuer: str
    client_id: str
    client_secret_sealed: str


def secret_context(tenant_id: TenantId, provider_id: UUID) -> str:
    return f"{tenant_id}/oidc/{provider_id}"


async def providers_of(connection: Connection, tenant_id: TenantId) -> tuple[Provider, ...]:
    found = await connection.execute(
        b"SELECT provider_id, name, issuer, client_id, client_secret_sealed FROM identity_providers"
        b" WHERE tenant_id = %b ORDER BY name, provider_id LIMIT %b",
        (tenant_id, MAX_PROVIDERS),
    )
    return tuple(
        Provider(provider_id=row[0], name=row[1], issuer=row[2], client_id=row[3], client_secret_sealed=row[4])
        for row in await found.fetchall()
    )


async def add_provider(connection: Connection, tenant_id: TenantId, provider: Provider) -> None:
    await connection.execute(
        b"INSERT INTO identity_providers (tenant_id, provider_id, name, issuer, client_id, client_secret_sealed)"
        b" VALUES (%b, %b, %b, %b, %b, %b)",
        (
            tenant_id,
            provider.provider_id,
            provider.name,
            provider.issuer,
            provider.client_id,
            provider.client_secret_sealed,
        ),
    )


async def remove_provider(connection: Connection, tenant_id: TenantId, provider_id: UUID) -> str | None:
    """The name of what was removed. Whom it vouched for is forgotten with it."""
    found = await connection.execute(
        b"DELETE FROM identity_providers WHERE tenant_id = %b AND provider_id = %b RETURNING name",
        (tenant_id, provider_id),
    )
    row = await found.fetchone()
    return None if row is None else str(row[0])


async def user_of_subject(
    connection: Connection, tenant_id: TenantId, provider_id: UUID, subject: str
) -> UserId | None:
    found = await connection.execute(
        b"SELECT user_id FROM identity_subjects WHERE tenant_id = %b AND provider_id = %b AND digest = %b",
        (tenant_id, provider_id, subject_digest(subject)),
    )
    row = await found.fetchone()
    return None if row is None else UserId(row[0])


async def link_subject(
    connection: Connection, tenant_id: TenantId, provider_id: UUID, digest: bytes, user_id: UserId
) -> bool:
    found = await connection.execute(
        b"INSERT INTO identity_subjects (tenant_id, provider_id, digest, user_id) VALUES (%b, %b, %b, %b)"
        b" ON CONFLICT DO NOTHING RETURNING true",
        (tenant_id, provider_id, digest, user_id),
    )
    return await found.fetchone() is not None


def subject_digest(subject: str) -> bytes:
    return sha256(subject.encode()).digest()
