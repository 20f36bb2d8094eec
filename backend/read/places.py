"""Where things belong, for read models whose events do not say it: a payment names invoices by their ids only, and
the org nodes of both sides stand in the event that issued them. Each such model keeps a table of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Table, Text, Uuid

from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.issuers import IssuerRegistered
from backend.read.projection import Recorded, Target, key_of
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.runtime.tables import read_table

_COLUMNS: Final = ("subject_id", "number", "issuer_org_node_id", "debtor_org_node_id")


class Place(NamedTuple):
    """The org nodes of the issuer's side and of the debtor's; for an invoice, its number too."""

    number: str = ""
    issuer_node: UUID | None = None
    debtor_node: UUID | None = None


NOWHERE: Final = Place()


@dataclass(slots=True)
class Known:
    """What is known of places while a batch is folded. Ask for a subject after everything before it was seen."""

    places: dict[UUID, Place] = field(default_factory=dict)
    changed: set[UUID] = field(default_factory=set)

    def of(self, subject: UUID) -> Place:
        return self.places.get(subject, NOWHERE)

    def see(self, event: Any) -> None:
        """Learn from an event where its subject belongs; any other event teaches nothing."""
        match event:
            case InvoiceIssued():
                place = Place(event.number, event.issuer.issuer_org_node_id, event.debtor_org_node_id)
                self._learn(event.invoice_id, place)
            case HistoricalInvoiceImported():
                issuer, debtor = self.of(event.issuer_id), self.of(event.debtor_id)
                self._learn(event.invoice_id, Place(event.number, issuer.issuer_node, debtor.debtor_node))
            case IssuerRegistered():
                self._learn(event.issuer_id, Place(issuer_node=event.issuer_org_node_id))
            case DebtorRegistered() | DebtorRevised():
                self._learn(event.debtor_id, Place(debtor_node=event.org_node_id))

    def _learn(self, subject: UUID, place: Place) -> None:
        self.places[subject] = place
        self.changed.add(subject)


class Places:
    """The table of one read model, and how it is read and written with a batch."""

    HANDLES: Final = frozenset(
        {InvoiceIssued, HistoricalInvoiceImported, IssuerRegistered, DebtorRegistered, DebtorRevised}
    )

    def __init__(self, name: str) -> None:
        self.table: Final[Table] = read_table(
            name,
            Column("subject_id", Uuid, nullable=False),
            Column("number", Text, nullable=False),
            Column("issuer_org_node_id", Uuid),
            Column("debtor_org_node_id", Uuid),
            key=("subject_id",),
        )

    async def load(
        self, connection: Connection, target: Target, events: Sequence[Recorded], named: Iterable[UUID]
    ) -> Known:
        """What earlier batches knew of `named`, and of what the events of this batch build on."""
        wanted = set(named)
        for recorded in events:
            if isinstance(recorded.event, HistoricalInvoiceImported):
                wanted |= {recorded.event.issuer_id, recorded.event.debtor_id}
        if not wanted:
            return Known()
        found = await connection.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM {self.table.name}"
            " WHERE tenant_id = %b AND generation = %b AND subject_id = ANY(%b)".encode(),
            (*key_of(target), list(wanted)),
        )
        return Known({row[0]: Place(*row[1:]) for row in await found.fetchall()})

    async def save(self, connection: Connection, target: Target, known: Known) -> None:
        """Write what this batch taught."""
        await insert_rows(
            connection,
            self.table,
            ("tenant_id", "generation", *_COLUMNS),
            [(*key_of(target), subject, *known.places[subject]) for subject in known.changed],
            conflict="ON CONFLICT (tenant_id, generation, subject_id) DO UPDATE SET number = excluded.number,"
            " issuer_org_node_id = excluded.issuer_org_node_id, debtor_org_node_id = excluded.debtor_org_node_id",
        )
