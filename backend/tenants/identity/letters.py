"""Letters about access: which there are, and whom one is for today. What is still to be sent is outbound work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from backend.runtime.database import ReadConnection
from backend.values.identifiers import TenantId

LetterKind = Literal["invitation", "welcome", "reset"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """What stands on the envelope, and the language of the letter in it."""

    name: str
    email: str
    language: str


def letter_context(tenant_id: TenantId, letter_id: UUID) -> str:
    """What the secret of a letter's link is sealed for."""
    return f"{tenant_id}/letter/{letter_id}"


async def addressees(
    connection: ReadConnection, tenant_id: TenantId, users: Iterable[UUID]
) -> Mapping[UUID, Addressee]:
    """The users as they are now; whoever is not here any more is missing."""
    found = await connection.execute(
        b"SELECT u.user_id, u.name, u.email, coalesce(a.language, 'en') FROM users u LEFT JOIN identity_accounts a"
        b" ON a.tenant_id = u.tenant_id AND a.user_id = u.user_id WHERE u.tenant_id = %b AND u.user_id = ANY(%b)",
        (tenant_id, list(users)),
    )
    return {row[0]: Addressee(name=row[1], email=row[2], language=row[3]) for row in await found.fetchall()}
