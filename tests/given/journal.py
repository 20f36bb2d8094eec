"""A tenant's journal in the making: events that happened, without the commands that would have caused them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID, uuid4

from backend.events.credit_notes import CreditNoteIssued
from backend.events.debtors import DebtorRegistered, DebtorRevised, PersonalDataErased
from backend.events.event import BY_CLASS
from backend.events.invoices import HistoricalInvoiceImported, InvoiceCancelled, InvoiceIssued
from backend.events.issuers import IssuerRegistered
from backend.events.payments import PaymentRegistered
from backend.inline.registry import fold
from backend.journal.append import Pending, append, lock_head
from backend.journal.codec import Recorded
from backend.journal.keys import Keyring, PersonKeys
from backend.journal.projection import Projection, Target
from backend.read.catch_up import catch_up
from backend.runtime.database import Database
from backend.tenants.actor import Reach, Reader
from backend.values.identifiers import TenantId
from backend.values.ledger import Entry


def chance(seed: int) -> Random:
    """Dice for a test, the same on every run."""
    return Random(seed)  # noqa: S311


# The stream of an event is that of the thing that happened to it.
_STREAMS = (
    (CreditNoteIssued, "credit_note_id"),
    (PaymentRegistered, "payment_id"),
    ((InvoiceIssued, InvoiceCancelled, HistoricalInvoiceImported), "invoice_id"),
    ((DebtorRegistered, DebtorRevised, PersonalDataErased), "debtor_id"),
    (IssuerRegistered, "issuer_id"),
)


@dataclass(slots=True)
class Journal:
    """One new tenant and its journal. `happened` appends; inline tables follow in the same transaction."""

    database: Database
    keyring: Keyring
    tenant_id: TenantId = field(default_factory=lambda: TenantId(uuid4()))
    versions: dict[UUID, int] = field(default_factory=dict)

    async def happened(self, *events: Any, entries: Sequence[Entry | None] = ()) -> tuple[Recorded, ...]:
        """Append `events`, each with its ledger entry if there is one, in one transaction."""
        pending = []
        for event, entry in zip(events, entries or [None] * len(events), strict=True):
            stream = self.stream_of(event)
            self.versions[stream] = self.versions.get(stream, 0) + 1
            pending.append(Pending(stream_id=stream, version=self.versions[stream], event=event, entry=entry))
        async with self.database.scope(self.tenant_id) as connection:
            (book,) = {BY_CLASS[type(event)].book for event in events}
            head = await lock_head(connection, self.tenant_id, book)
            keys = PersonKeys(self.keyring, connection, self.tenant_id)
            subjects = {getattr(e, kind.subject) for e in events if (kind := BY_CLASS[type(e)]).subject}
            await keys.fetch_or_make(connection, subjects)
            recorded = await append(
                connection,
                self.tenant_id,
                head,
                pending,
                keys,
                actor="user:test",
                reason="",
                at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
            )
            await fold(connection, Target(self.tenant_id, head.inline_generation), recorded)
        return recorded

    async def forget(self, debtor_id: UUID) -> None:
        """Destroy a person's key, as erasure does."""
        async with self.database.scope(self.tenant_id) as connection:
            await connection.execute(
                b"UPDATE personal_keys SET wrapped = NULL, destroyed_at = statement_timestamp()"
                b" WHERE tenant_id = %b AND subject_id = %b",
                (self.tenant_id, debtor_id),
            )
        await self.happened(PersonalDataErased(debtor_id=debtor_id, ground="test"))  # type: ignore[arg-type]

    async def split_at_random(self, projection: Projection, events: Sequence[Any], random: Random) -> None:
        """Append `events` in small commits and let the projection catch up after some of them."""
        rest = list(events)
        while rest:
            size = random.randint(1, 12)
            await self.happened(*rest[:size])
            rest = rest[size:]
            if random.random() < 0.5:
                await self.catch_up(projection)
        await self.catch_up(projection)

    async def catch_up(self, *projections: Projection) -> None:
        await catch_up(self.database, self.keyring, self.tenant_id, projections=projections)

    def reader(self, *nodes: Any) -> Reader:
        """One who may see everything, or only `nodes`."""
        return Reader(tenant_id=self.tenant_id, reach=Reach(frozenset(nodes) if nodes else None))

    @staticmethod
    def stream_of(event: Any) -> UUID:
        for classes, name in _STREAMS:
            if isinstance(event, classes):
                return UUID(int=getattr(event, name).int)
        return uuid4()
