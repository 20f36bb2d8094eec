"""A tenant's past written straight into its journal: what read models and checks are computed from."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from backend.events.credit_notes import CreditNoteIssued
from backend.events.debtors import DebtorRegistered
from backend.events.deliveries import DeliveryQueued
from backend.events.event import BY_CLASS
from backend.events.invoices import InvoiceDrafted, InvoiceIssued
from backend.events.parts import DraftLine
from backend.events.payments import PaymentRegistered
from backend.inline.registry import fold
from backend.journal.append import Pending, append, lock_head
from backend.journal.codec import Recorded
from backend.journal.keys import Keyring, PersonKeys
from backend.journal.projection import Target
from backend.runtime.database import Database
from backend.values.books import Book
from backend.values.identifiers import DebtorId, DeliveryId, InvoiceId, IssuerId, OrgNodeId, RunId, TenantId
from backend.values.parties import Address
from backend.write.credit_notes import credited
from tests.documents.given import an_invoice
from tests.given.money_events import a_credit_note, a_payment, booked
from tests.given.parties import a_registration

START = datetime(2026, 1, 7, 8, 0, tzinfo=UTC)


@dataclass
class Past:
    """Records events of one tenant as if commands had been executed. Knows the next number of its one issuer."""

    database: Database
    keyring: Keyring
    tenant_id: TenantId = field(default_factory=lambda: TenantId(uuid4()))
    issuer_id: IssuerId = field(default_factory=lambda: IssuerId(uuid4()))
    district: OrgNodeId = field(default_factory=lambda: OrgNodeId(uuid4()))
    club: OrgNodeId = field(default_factory=lambda: OrgNodeId(uuid4()))
    sequence: int = 0
    at: datetime = START
    versions: dict[UUID, int] = field(default_factory=dict)
    paid: dict[UUID, int] = field(default_factory=dict)

    async def record(
        self, *events: Any, actor: str = "user:treasurer", reason: str = "", stream: UUID | None = None
    ) -> tuple[Recorded, ...]:
        """Append events in one transaction for each book; money events get the entry that the commands would give
        them."""
        books = [
            await self._record(book, list(mine), actor=actor, reason=reason, stream=stream)
            for book, mine in groupby(events, key=lambda event: BY_CLASS[type(event)].book)
        ]
        return tuple(recorded for book in books for recorded in book)

    async def _record(
        self, book: Book, events: list[Any], *, actor: str, reason: str, stream: UUID | None
    ) -> tuple[Recorded, ...]:
        pending = []
        for event in events:
            key = stream or _stream(event)
            self.versions[key] = self.versions.get(key, 0) + 1
            pending.append(Pending(stream_id=key, version=self.versions[key], event=event, entry=booked(event)))
        self.at += timedelta(minutes=1)
        async with self.database.scope(self.tenant_id) as connection:
            head = await lock_head(connection, self.tenant_id, book)
            keys = PersonKeys(self.keyring, connection, self.tenant_id)
            await keys.fetch_or_make(connection, {_subject(event) for event in events} - {None})
            recorded = await append(
                connection, self.tenant_id, head, pending, keys, actor=actor, reason=reason, at=self.at
            )
            await fold(connection, Target(self.tenant_id, head.inline_generation), recorded)
        return recorded

    def a_member(self, name: str = "Måns Östlund", **changes: Any) -> DebtorRegistered:
        """The registration of a member of the club."""
        said = {"name": name, "email": "m@members.example", "address": Address(country="SE")}
        return a_registration(self.club, **(said | changes))

    def a_draft(self, debtor_id: DebtorId, **changes: Any) -> InvoiceDrafted:
        """A draft of one line of 100.00 SEK."""
        line = DraftLine(
            component="licence",
            quantity=Decimal(1),
            unit_price=Decimal("100.00"),
            discount_percent=Decimal(0),
            tax_category="standard",
            recipient="issuer",
        )
        return InvoiceDrafted(
            **{
                "invoice_id": InvoiceId(uuid4()),
                "issuer_id": self.issuer_id,
                "debtor_id": debtor_id,
                "type": "standard",
                "currency": "SEK",
                "season": "2026",
                "language": None,
                "terms_days": None,
                "discount_minor": 0,
                "lines": (line,),
                "attachments": (),
                "descriptions": ("Licens",),
                "notes": "",
            }
            | changes
        )

    def an_issue(self, debtor: DebtorRegistered, *, run_id: RunId | None = None, **changes: Any) -> InvoiceIssued:
        """The next invoice of the series, to `debtor`."""
        self.sequence += 1
        on = self.at.date()
        made = an_invoice(
            sequence=self.sequence,
            invoice_id=InvoiceId(uuid4()),
            debtor_id=debtor.debtor_id,
            payer_id=debtor.debtor_id,
            debtor=debtor.particulars,
            debtor_reference=debtor.reference,
            debtor_org_node_id=self.club,
            run_id=run_id,
            issued_on=on,
            due_on=on + timedelta(days=30),
            series=f"invoice:{self.issuer_id}:2026",
            type="licence_renewal" if run_id else "standard",
        )
        issuer = replace(made.issuer, issuer_id=self.issuer_id, issuer_org_node_id=self.district)
        return replace(made, **({"issuer": issuer} | changes))

    def a_delivery(self, issued: InvoiceIssued, **changes: Any) -> DeliveryQueued:
        delivery_id = DeliveryId(uuid4())
        return DeliveryQueued(
            **{
                "delivery_id": delivery_id,
                "document": issued.ref,
                "purpose": "issue",
                "issuer_org_node_id": issued.issuer.issuer_org_node_id,
                "debtor_org_node_id": issued.debtor_org_node_id,
                "debtor_id": issued.debtor_id,
                "channel": "email",
                "language": issued.language,
                "message_id": f"<{delivery_id}@invoices.carreau>",
                "to_address": "m@members.example",
            }
            | changes
        )

    def a_payment(self, issued: InvoiceIssued, minor: int, *, unallocated: int = 0) -> PaymentRegistered:
        """Money for an invoice, in the order in which it is recorded."""
        self.paid[issued.invoice_id] = self.paid.get(issued.invoice_id, 0) + minor
        left = issued.total_minor - self.paid[issued.invoice_id]
        return replace(
            a_payment((issued, minor), on=self.at.date(), unallocated_minor=unallocated, remaining=(left,)),
            reference="ref",
        )

    def a_credit_note(self, issued: InvoiceIssued, *, sequence: int, applied_minor: int) -> CreditNoteIssued:
        """A credit note over the whole invoice, of which `applied_minor` was still open."""
        made = a_credit_note(
            issued,
            on=self.at.date(),
            net_minor=issued.net_minor,
            tax_minor=issued.tax_minor,
            applied_minor=applied_minor,
            sequence=sequence,
        )
        lines = tuple(credited(line, index) for index, line in enumerate(issued.lines, start=1))
        return replace(
            made, series="credit-note:2026", lines=lines, tax_groups=issued.tax_groups, reason="wrong member"
        )


def _subject(event: Any) -> UUID | None:
    subject = BY_CLASS[type(event)].subject
    return getattr(event, subject) if subject else None


def _stream(event: Any) -> UUID:
    """The stream an event belongs to: that of the thing it is about."""
    for name in ("delivery_id", "payment_id", "document_id", "invoice_id", "run_id", "issuer_id", "debtor_id"):
        if name in type(event).__dataclass_fields__ and not (
            name == "invoice_id" and "credit_note_id" in type(event).__dataclass_fields__ and hasattr(event, "series")
        ):
            return UUID(str(getattr(event, name)))
    return UUID(int=1)
