"""Whose documents name which stored file. Only digests: what erasing a person must delete is known before their key is
gone, and a file that somebody else's document names as well is not deleted with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Column, Index, Table, Text, Uuid

from backend.events.debtors import PersonalDataErased
from backend.events.invoices import DraftRevised, InvoiceDrafted, InvoiceIssued
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.runtime.database import Connection
from backend.runtime.tables import read_table, tenant_table
from backend.values.identifiers import DebtorId, TenantId

# A use ends with its person: a file that a later revision of a draft left out is still theirs.
attachment_uses: Final = read_table(
    "inline_attachment_uses",
    Column("digest", Text, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    key=("digest", "debtor_id"),
)
Index(
    "inline_attachment_uses_debtor",
    attachment_uses.c.tenant_id,
    attachment_uses.c.generation,
    attachment_uses.c.debtor_id,
)

# Files to delete from the store. A row is written in the transaction that erases, and goes when its file is gone.
forgotten_files: Final = tenant_table(
    "forgotten_files",
    Column("digest", Text, nullable=False),
    key=("digest",),
    privileges=("SELECT", "INSERT", "DELETE"),
)

_USED: Final = (
    b"EXISTS (SELECT FROM inline_attachment_uses o WHERE o.tenant_id = %b AND o.generation ="
    b" (SELECT inline_generation FROM journal_heads WHERE tenant_id = %b AND book = 'money') AND o.digest = f.digest)"
)


async def note_forgotten(connection: Connection, tenant_id: TenantId, generation: int, debtor_id: DebtorId) -> None:
    """Write down which files go with this person: those that nobody else's documents name."""
    await connection.execute(
        b"INSERT INTO forgotten_files (tenant_id, digest) SELECT u.tenant_id, u.digest FROM inline_attachment_uses u"
        b" WHERE u.tenant_id = %b AND u.generation = %b AND u.debtor_id = %b"
        b" AND NOT EXISTS (SELECT FROM inline_attachment_uses o WHERE o.tenant_id = u.tenant_id"
        b" AND o.generation = u.generation AND o.digest = u.digest AND o.debtor_id <> u.debtor_id)"
        b" ON CONFLICT DO NOTHING",
        (tenant_id, generation, debtor_id),
    )


async def forgotten(connection: Connection, tenant_id: TenantId, *, limit: int) -> tuple[str, ...]:
    """The next files to delete. One that a document names again by now stays, and is written down no more."""
    await connection.execute(
        b"DELETE FROM forgotten_files f WHERE f.tenant_id = %b AND " + _USED, (tenant_id, tenant_id, tenant_id)
    )
    found = await connection.execute(
        b"SELECT digest FROM forgotten_files WHERE tenant_id = %b ORDER BY digest LIMIT %b", (tenant_id, limit)
    )
    return tuple(row[0] for row in await found.fetchall())


async def is_deleted(connection: Connection, tenant_id: TenantId, digests: Sequence[str]) -> None:
    """These files are gone from the store."""
    await connection.execute(
        b"DELETE FROM forgotten_files WHERE tenant_id = %b AND digest = ANY(%b)", (tenant_id, list(digests))
    )


@dataclass(frozen=True, slots=True)
class _AttachmentUses:
    name: str = "attachment_uses"
    tables: tuple[Table, ...] = (attachment_uses,)
    handles: frozenset[type] = frozenset({InvoiceDrafted, DraftRevised, InvoiceIssued, PersonalDataErased})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        used, erased = set[tuple[str, DebtorId]](), list[DebtorId]()
        for event in (recorded.event for recorded in events):
            if isinstance(event, PersonalDataErased):
                erased.append(event.debtor_id)
            else:
                # Of an erased person nobody knows them any more.
                used.update((each.digest, event.debtor_id) for each in event.attachments or ())
        if used:
            digests, debtors = zip(*sorted(used), strict=True)
            await connection.execute(
                b"INSERT INTO inline_attachment_uses (tenant_id, generation, digest, debtor_id)"
                b" SELECT %b, %b, * FROM unnest(%b::text[], %b::uuid[]) ON CONFLICT DO NOTHING",
                (target.tenant_id, target.generation, list(digests), list(debtors)),
            )
        if erased:
            await connection.execute(
                b"DELETE FROM inline_attachment_uses WHERE tenant_id = %b AND generation = %b AND debtor_id = ANY(%b)",
                (target.tenant_id, target.generation, erased),
            )


ATTACHMENT_USES: Final = _AttachmentUses()
