"""What events make of invoice rows. Pure: rows in, rows and history out; `projector.py` reads and writes them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from backend.events.debtors import DebtorRegistered, DebtorRevised, PersonalDataErased
from backend.events.deliveries import (
    DeliveryBounced,
    DeliveryConfirmed,
    DeliveryDeferred,
    DeliveryFailed,
    DeliveryQueued,
    DeliverySent,
    DeliveryUnknown,
)
from backend.events.documents import DocumentStored
from backend.events.invoices import (
    DraftDiscarded,
    DraftRevised,
    HistoricalInvoiceImported,
    InvoiceCancelled,
    InvoiceDrafted,
    InvoiceIssued,
)
from backend.events.issuers import IssuerIdentityChanged, IssuerRegistered
from backend.events.links import InvoiceViewed
from backend.events.money import BalanceChange, effects
from backend.journal.codec import Recorded
from backend.read.invoices.draft_net import draft_net
from backend.read.words import number_words, words_of
from backend.rules.status import payment_state
from backend.values.dates import end_of

DELIVERY_STATES: Final[dict[type, str]] = {
    DeliveryQueued: "queued",
    DeliverySent: "sent",
    DeliveryConfirmed: "delivered",
    DeliveryBounced: "bounced",
    DeliveryDeferred: "queued",
    DeliveryUnknown: "unknown",
    DeliveryFailed: "failed",
}

# The one change whose reason is personal: free text about one debtor, sealed in its event.
CANCELLED: Final = ("document", "cancelled")


@dataclass(slots=True, kw_only=True)
class Row:
    """One row of `read_invoices`, while a batch is folded. The fields are its columns, in their order."""

    invoice_id: UUID
    position: int
    number: str = ""
    type: str = "standard"
    historical: bool = False
    season: str = ""
    language: str = ""
    issuer_id: UUID
    issuer_name: str = ""
    issuer_org_node_id: UUID | None = None
    debtor_id: UUID
    debtor_name: str = ""
    debtor_reference: str = ""
    debtor_org_node_id: UUID | None = None
    run_id: UUID | None = None
    document_state: str = ""
    delivery_state: str = "none"
    delivery_id: UUID | None = None
    issued_on: date | None = None
    due_on: date | None = None
    overdue_from: datetime | None = None
    currency: str
    net_minor: int = 0
    tax_minor: int = 0
    total_minor: int = 0
    open_minor: int = 0
    credited_minor: int = 0
    document_digest: str = ""
    draft_version: int = 0

    @property
    def payment(self) -> str:
        return payment_axis(self.document_state, self.total_minor, self.open_minor, self.credited_minor)


@dataclass(slots=True)
class Party:
    """One row of `read_invoice_parties`."""

    name: str = ""
    reference: str = ""
    language: str = ""
    org_node_id: UUID | None = None


@dataclass(slots=True)
class Fold:
    """The rows a batch touches. `fresh` rows are inserted, `changed` ones exist already, `gone` ones are deleted.

    `words` and `names` lead to an invoice or debtor in a search; names are personal. `named` parties are written.
    """

    rows: dict[UUID, Row]
    parties: dict[UUID, Party]
    of_debtor: defaultdict[UUID, list[Row]] = field(init=False)
    fresh: dict[UUID, None] = field(default_factory=dict)
    changed: set[UUID] = field(default_factory=set)
    gone: set[UUID] = field(default_factory=set)
    documents: dict[UUID, Any] = field(default_factory=dict)
    history: list[tuple[Any, ...]] = field(default_factory=list)
    words: set[tuple[str, UUID]] = field(default_factory=set)
    names: set[tuple[str, UUID]] = field(default_factory=set)
    named: set[UUID] = field(default_factory=set)
    erased: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.of_debtor = defaultdict(list)
        for row in self.rows.values():
            self.of_debtor[row.debtor_id].append(row)

    def see(self, recorded: Recorded) -> None:
        """Fold one event."""
        event = recorded.event
        match event:
            case InvoiceIssued():
                self._issued(event, recorded)
            case InvoiceCancelled():
                self._change(self._row(event.invoice_id), *CANCELLED, recorded, event.reason or "")
            case InvoiceViewed():
                self._viewed(event, recorded)
            case DocumentStored():
                if event.document.kind == "invoice":
                    self._row(event.document.id).document_digest = event.digest
            case InvoiceDrafted() | DraftRevised():
                self._drafted(event, recorded)
            case DraftDiscarded():
                self.gone.add(event.invoice_id)
                self.fresh.pop(event.invoice_id, None)
                self.documents.pop(event.invoice_id, None)
            case HistoricalInvoiceImported():
                self._imported(event, recorded)
            case DebtorRegistered() | DebtorRevised():
                self._debtor(event)
            case IssuerRegistered() | IssuerIdentityChanged():
                self._issuer(event)
            case PersonalDataErased():
                self._erase(event.debtor_id)
            case _ if type(event) in DELIVERY_STATES:
                if event.document.kind == "invoice":
                    self._delivery(event, recorded)
            case _:
                for change in effects(event):
                    self._settled(change, recorded)

    def _issued(self, event: InvoiceIssued, recorded: Recorded) -> None:
        row = self.rows.get(event.invoice_id)
        if row is None:
            row = self._begin(event.invoice_id, recorded, event.issuer.issuer_id, event.debtor_id, event.currency)
        else:
            self.changed.add(event.invoice_id)
        issuer, debtor = event.issuer, event.debtor
        row.number, row.type, row.season, row.language = event.number, event.type, event.season, event.language
        row.issuer_name, row.issuer_org_node_id = issuer.identity.name, issuer.issuer_org_node_id
        row.debtor_name, row.debtor_reference = debtor.name if debtor else "", event.debtor_reference
        row.debtor_org_node_id, row.run_id = event.debtor_org_node_id, event.run_id
        row.issued_on, row.due_on, row.currency = event.issued_on, event.due_on, event.currency
        row.overdue_from = end_of(event.due_on, issuer.time_zone)
        row.net_minor, row.tax_minor, row.total_minor = event.net_minor, event.tax_minor, event.total_minor
        row.open_minor = event.total_minor
        self._change(row, "document", "issued", recorded, recorded.reason)
        self._findable(row, event, event.ocr_reference, event.rf_reference)

    def _drafted(self, event: InvoiceDrafted | DraftRevised, recorded: Recorded) -> None:
        if isinstance(event, InvoiceDrafted):
            row = self._begin(event.invoice_id, recorded, event.issuer_id, event.debtor_id, event.currency)
            issuer, debtor = self._party(event.issuer_id), self._party(event.debtor_id)
            row.type, row.issuer_name, row.issuer_org_node_id = event.type, issuer.name, issuer.org_node_id
            row.debtor_name, row.debtor_reference = debtor.name, debtor.reference
            row.debtor_org_node_id = debtor.org_node_id
            self._change(row, "document", "draft", recorded, recorded.reason)
        row = self._row(event.invoice_id)
        row.language = event.language or self._party(row.debtor_id).language
        row.season, row.currency = event.season or "", event.currency
        row.draft_version += 1
        # The tax is decided when the invoice is issued: a draft shows what is asked for before it.
        row.net_minor = row.total_minor = draft_net(event.lines, event.currency, event.discount_minor)
        self.documents[event.invoice_id] = event

    def _imported(self, event: HistoricalInvoiceImported, recorded: Recorded) -> None:
        row = self._begin(event.invoice_id, recorded, event.issuer_id, event.debtor_id, event.currency)
        issuer, debtor = self._party(event.issuer_id), self._party(event.debtor_id)
        row.number, row.historical, row.language = event.number, True, debtor.language
        row.issuer_name, row.issuer_org_node_id = issuer.name, issuer.org_node_id
        row.debtor_name, row.debtor_reference = event.debtor_name or "", debtor.reference
        row.debtor_org_node_id = debtor.org_node_id
        row.issued_on, row.due_on = event.issued_on, event.due_on
        # Long due, and its event names no clock.
        row.overdue_from = end_of(event.due_on, "UTC")
        row.net_minor, row.tax_minor, row.total_minor = event.net_minor, event.tax_minor, event.total_minor
        row.open_minor = event.open_minor
        self._change(row, "document", "issued", recorded, recorded.reason)
        self._findable(row, event)

    def _findable(self, row: Row, event: InvoiceIssued | HistoricalInvoiceImported, *references: str) -> None:
        self.documents[row.invoice_id] = event
        found = (*number_words(row.number), *(word for text in references for word in words_of(text)))
        self.words.update((word, row.invoice_id) for word in found)

    def _settled(self, change: BalanceChange, recorded: Recorded) -> None:
        """Money or a credit note: the invoice is less open, and the latter also makes less of it."""
        if change.invoice is None:
            return
        row = self._row(change.invoice.invoice_id)
        before = row.payment
        row.open_minor += change.open_minor
        row.credited_minor -= change.net_minor + change.tax_minor
        if row.payment != before:
            self._note(row, "payment", before, row.payment, recorded, recorded.reason)

    def _delivery(self, event: Any, recorded: Recorded) -> None:
        row = self._row(event.document.id)
        if isinstance(event, DeliveryQueued):
            row.delivery_id = event.delivery_id
        # An answer that comes late, for a dispatch that was repeated since, says nothing about the newest one; and that
        # a mail arrived says less than that it was read.
        late = row.delivery_state == "viewed" and isinstance(event, DeliverySent | DeliveryConfirmed)
        if row.delivery_id == event.delivery_id and not late:
            reason = getattr(event, "reason", "") or getattr(event, "reply", "") or recorded.reason
            self._change(row, "delivery", DELIVERY_STATES[type(event)], recorded, reason)

    def _viewed(self, event: InvoiceViewed, recorded: Recorded) -> None:
        """Move the delivery to `viewed`, whatever the mail system said; a dispatch on its way stays queued."""
        row = self._row(event.invoice_id)
        if row.delivery_state != "queued":
            self._change(row, "delivery", "viewed", recorded, recorded.reason)

    def _debtor(self, event: DebtorRegistered | DebtorRevised) -> None:
        party = self.parties.setdefault(event.debtor_id, Party())
        self.named.add(event.debtor_id)
        if isinstance(event, DebtorRegistered):
            party.reference = event.reference
            self.words.update((word, event.debtor_id) for word in words_of(event.reference))
        party.name = event.particulars.name if event.particulars else ""
        self.names.update((word, event.debtor_id) for word in words_of(party.name))
        party.language, party.org_node_id = event.language, event.org_node_id
        # What was issued keeps what was printed; a draft names its debtor as it is now.
        for row in self.of_debtor.get(event.debtor_id, ()):
            if row.document_state == "draft":
                row.debtor_name, row.debtor_org_node_id = party.name, party.org_node_id
                self._touch(row)

    def _issuer(self, event: IssuerRegistered | IssuerIdentityChanged) -> None:
        party = self.parties.setdefault(event.issuer_id, Party())
        self.named.add(event.issuer_id)
        party.name = event.identity.name
        if isinstance(event, IssuerRegistered):
            party.org_node_id, party.language = event.issuer_org_node_id, event.language

    def _erase(self, debtor_id: UUID) -> None:
        self.erased.add(debtor_id)
        self.names = {(word, subject) for word, subject in self.names if subject != debtor_id}
        if debtor_id in self.parties:
            self.parties[debtor_id].name = ""
            self.named.add(debtor_id)
        mine = {row.invoice_id: row for row in self.of_debtor.get(debtor_id, ())}
        for row in mine.values():
            row.debtor_name = ""
            self._touch(row)
        self.history = [_forgotten(noted) if noted[0] in mine else noted for noted in self.history]

    def _begin(self, invoice_id: UUID, recorded: Recorded, issuer_id: UUID, debtor_id: UUID, currency: str) -> Row:
        row = Row(
            invoice_id=invoice_id,
            position=recorded.position,
            issuer_id=issuer_id,
            debtor_id=debtor_id,
            currency=currency,
        )
        self.rows[invoice_id] = row
        self.of_debtor[debtor_id].append(row)
        self.fresh[invoice_id] = None
        return row

    def _row(self, invoice_id: UUID) -> Row:
        """The row of an invoice that must exist: an event about one that does not is a fault, and halts us."""
        row = self.rows[invoice_id]
        self._touch(row)
        return row

    def _touch(self, row: Row) -> None:
        if row.invoice_id not in self.fresh:
            self.changed.add(row.invoice_id)

    def _party(self, party_id: UUID) -> Party:
        return self.parties.get(party_id) or Party()

    def _change(self, row: Row, axis: str, to: str, recorded: Recorded, reason: str) -> None:
        before = row.document_state if axis == "document" else row.delivery_state
        if axis == "document":
            row.document_state = to
        else:
            row.delivery_state = to
        if before != to:
            self._note(row, axis, before, to, recorded, reason)

    def _note(self, row: Row, axis: str, before: str, to: str, recorded: Recorded, reason: str) -> None:
        self.history.append((row.invoice_id, recorded.position, axis, before, to, recorded.actor, reason, recorded.at))


def _forgotten(noted: tuple[Any, ...]) -> tuple[Any, ...]:
    """A line of history without what was said about a person: why their invoice was cancelled."""
    return (*noted[:6], "", noted[7]) if (noted[2], noted[4]) == CANCELLED else noted


def payment_axis(document: str, total_minor: int, open_minor: int, credited_minor: int) -> str:
    """The payment axis by amounts: a credit note makes less of the invoice, it does not pay it."""
    owed = total_minor - credited_minor
    if document == "draft" or (open_minor >= owed and owed <= 0):
        return "unpaid"
    return payment_state(owed, open_minor)
