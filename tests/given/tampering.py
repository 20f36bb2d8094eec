"""What somebody with the keys to the database might do: the role that owns the tables passes the walls."""

import hashlib
from typing import Any

from backend.journal.append import GENESIS
from backend.runtime.database import connect
from backend.runtime.settings import Settings
from backend.values.identifiers import TenantId


async def tamper(settings: Settings, statement: str, *parameters: Any) -> None:
    """Run a statement on a table of any tenant."""
    async with await connect(settings.owner_database_url) as owner:
        await owner.execute(statement.encode(), parameters)


async def rewrite(settings: Settings, tenant_id: TenantId, position: int, old: bytes, new: bytes) -> None:
    """Change the bytes of one envelope, and nothing else."""
    await tamper(
        settings,
        "UPDATE journal_events SET envelope = convert_to(replace(convert_from(envelope, 'UTF8'), %b, %b), 'UTF8')"
        " WHERE tenant_id = %b AND book = 'money' AND position = %b",
        old.decode(),
        new.decode(),
        tenant_id,
        position,
    )


async def rechain(settings: Settings, tenant_id: TenantId) -> None:
    """Compute the whole chain anew, as somebody would who knows how it is made."""
    async with await connect(settings.owner_database_url) as owner:
        found = await owner.execute(
            b"SELECT position, envelope FROM journal_events WHERE tenant_id = %b ORDER BY position", (tenant_id,)
        )
        chain = GENESIS
        for position, envelope in await found.fetchall():
            chain = hashlib.sha256(chain + envelope).digest()
            await owner.execute(
                b"UPDATE journal_events SET hash = %b WHERE tenant_id = %b AND position = %b",
                (chain, tenant_id, position),
            )
        await owner.execute(b"UPDATE journal_heads SET hash = %b WHERE tenant_id = %b", (chain, tenant_id))
