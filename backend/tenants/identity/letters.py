"""Mail about access that is still to be sent. The rows are the truth: a lost doorbell costs time and no letter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from backend.runtime.database import Connection, Database
from backend.values.identifiers import TenantId, UserId

LetterKind = Literal["invitation", "welcome", "reset"]

# Whoever claimed a letter has this long; after it, another worker may send it.
LEASE: Final = timedelta(minutes=2)
MAX_ATTEMPTS: Final = 6
BATCH: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to one person; `sealed` holds the secret of its link."""

    letter_id: UUID
    user_id: UserId
    kind: LetterKind
    sealed: str
    written_at: datetime
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A letter that was claimed, with what stands on its envelope today."""

    letter: Letter
    name: str
    email: str
    language: str


def letter_context(tenant_id: TenantId, letter_id: UUID) -> str:
    return f"{tenant_id}/letter/{letter_id}"


async def put_letter(connection: Connection, tenant_id: TenantId, letter: Letter) -> None:
    await connection.execute(
        b"INSERT INTO identity_letters (tenant_id, letter_id, user_id, kind, sealed, written_at, due_at)"
        b" VALUES (%b, %b, %b, %b, %b, %b, %b)",
        (tenant_id, letter.letter_id, letter.user_id, letter.kind, letter.sealed, letter.written_at, letter.written_at),
    )


async def claim_letters(database: Database, tenant_id: TenantId, *, at: datetime) -> tuple[Addressed, ...]:
    """Up to `BATCH` due letters, not due again before the lease ends. None while the platform has halted everything
    outgoing; they wait."""
    async with database.scope(tenant_id) as connection:
        found = await connection.execute(
            b"WITH due AS (SELECT letter_id FROM identity_letters WHERE tenant_id = %b AND due_at <= %b"
            b" AND (SELECT directory_halted()) IS NULL"
            b" ORDER BY due_at, letter_id LIMIT %b FOR UPDATE SKIP LOCKED), claimed AS ("
            b" UPDATE identity_letters l SET due_at = %b, attempts = attempts + 1 FROM due"
            b" WHERE l.tenant_id = %b AND l.letter_id = due.letter_id"
            b" RETURNING l.letter_id, l.user_id, l.kind, l.sealed, l.written_at, l.attempts)"
            b" SELECT c.*, u.name, u.email, coalesce(a.language, 'en') FROM claimed c"
            b" JOIN users u ON u.tenant_id = %b AND u.user_id = c.user_id"
            b" LEFT JOIN identity_accounts a ON a.tenant_id = %b AND a.user_id = c.user_id",
            (tenant_id, at, BATCH, at + LEASE, tenant_id, tenant_id, tenant_id),
        )
        rows = await found.fetchall()
    return tuple(
        Addressed(
            letter=Letter(
                letter_id=row[0], user_id=UserId(row[1]), kind=row[2], sealed=row[3], written_at=row[4], attempts=row[5]
            ),
            name=row[6],
            email=row[7],
            language=row[8],
        )
        for row in rows
    )


async def settle_letter(database: Database, tenant_id: TenantId, letter_id: UUID, *, again_at: datetime | None) -> None:
    """Done with it (its secret goes with the row), or to be tried again."""
    async with database.scope(tenant_id) as connection:
        if again_at is None:
            await connection.execute(
                b"DELETE FROM identity_letters WHERE tenant_id = %b AND letter_id = %b", (tenant_id, letter_id)
            )
        else:
            await connection.execute(
                b"UPDATE identity_letters SET due_at = %b WHERE tenant_id = %b AND letter_id = %b",
                (again_at, tenant_id, letter_id),
            )
