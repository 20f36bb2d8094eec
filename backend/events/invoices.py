"""What happens to an invoice, from the first draft to its cancellation."""

from datetime import date

from backend.events.event import event
from backend.events.parts import (
    Attachment,
    BuyerReferences,
    DraftLine,
    InvoiceFacts,
    IssuedLine,
    PrintedIssuer,
    ReferenceRate,
)
from backend.values.documents import DocumentRef, InvoiceType
from backend.values.identifiers import CreditNoteId, DebtorId, InvoiceId, IssuerId, OrgNodeId, RunId, TenantId
from backend.values.money import Money
from backend.values.parties import IssuerType, Particulars
from backend.values.tax import FiscalPosition, TaxGroup


@event(
    "invoice-drafted",
    about="invoice_id",
    shows=("currency",),
    subject="debtor_id",
    personal=("attachments", "descriptions", "notes"),
)
class InvoiceDrafted:
    """Someone began an invoice. It has no number, and nothing is owed."""

    invoice_id: InvoiceId
    issuer_id: IssuerId
    debtor_id: DebtorId
    type: InvoiceType
    currency: str
    season: str | None
    language: str | None
    terms_days: int | None
    discount_minor: int
    lines: tuple[DraftLine, ...]
    attachments: tuple[Attachment, ...] | None
    descriptions: tuple[str, ...] | None
    notes: str | None


@event(
    "draft-revised",
    about="invoice_id",
    shows=("currency",),
    subject="debtor_id",
    personal=("attachments", "descriptions", "notes"),
)
class DraftRevised:
    """The draft reads like this from now on."""

    invoice_id: InvoiceId
    debtor_id: DebtorId
    currency: str
    season: str | None
    language: str | None
    terms_days: int | None
    discount_minor: int
    lines: tuple[DraftLine, ...]
    attachments: tuple[Attachment, ...] | None
    descriptions: tuple[str, ...] | None
    notes: str | None


@event("draft-discarded", about="invoice_id")
class DraftDiscarded:
    """The draft is gone. It never had a number, so none is missing."""

    invoice_id: InvoiceId


@event(
    "invoice-issued",
    about="invoice_id",
    shows=("number", "total_minor", "currency"),
    entry="total_minor",
    subject="debtor_id",
    personal=("attachments", "buyer", "debtor", "descriptions", "notes", "override_reason"),
)
class InvoiceIssued:
    """The invoice became a legal document. Nothing on it changes after this; it is printable from this event alone.

    `series` and `sequence` are what `number` was made of; `descriptions` are the texts of `lines`, in their order.
    `override_reason` says why a semantic duplicate was issued all the same; empty for almost every invoice. `payer_id`
    is who pays, nearly always the debtor. `delivered_from` and `delivered_to` are the period of BG-14 of EN 16931.
    """

    invoice_id: InvoiceId
    type: InvoiceType
    number: str
    series: str
    sequence: int
    season: str
    issuer: PrintedIssuer
    debtor_id: DebtorId
    payer_id: DebtorId
    debtor_kind: str
    debtor_reference: str
    debtor_org_node_id: OrgNodeId | None
    debtor_country: str
    language: str
    issued_on: date
    due_on: date
    terms_days: int
    currency: str
    lines: tuple[IssuedLine, ...]
    tax_groups: tuple[TaxGroup, ...]
    discount_minor: int
    net_minor: int
    tax_minor: int
    total_minor: int
    rate: ReferenceRate
    reference_counter: str
    reference_sequence: int
    ocr_reference: str
    rf_reference: str
    fiscal_position: FiscalPosition
    run_id: RunId | None
    occurrence: int
    override_reason: str | None
    attachments: tuple[Attachment, ...] | None
    debtor: Particulars | None
    descriptions: tuple[str, ...] | None
    notes: str | None
    delivered_from: date | None = None
    delivered_to: date | None = None
    buyer: BuyerReferences | None = None

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)

    @property
    def issuer_id(self) -> IssuerId:
        return self.issuer.issuer_id

    @property
    def issuer_org_node_id(self) -> OrgNodeId | None:
        return self.issuer.issuer_org_node_id

    @property
    def taken(self) -> tuple[tuple[str, int], ...]:
        """The numbers it took of its series, and of its payment account."""
        return ((self.series, self.sequence), (self.reference_counter, self.reference_sequence))

    @property
    def booked_as(self) -> str:
        """What the books call it."""
        return self.number

    @property
    def ref(self) -> DocumentRef:
        return DocumentRef(kind="invoice", id=self.invoice_id, number=self.number)

    @property
    def facts(self) -> InvoiceFacts:
        """What later events say of this invoice."""
        return InvoiceFacts(
            invoice_id=self.invoice_id,
            number=self.number,
            season=self.season,
            issuer_id=self.issuer.issuer_id,
            issuer_org_node_id=self.issuer.issuer_org_node_id,
            debtor_id=self.debtor_id,
            debtor_org_node_id=self.debtor_org_node_id,
            currency=self.currency,
            issued_on=self.issued_on,
            due_on=self.due_on,
            total_minor=self.total_minor,
        )


@event("invoice-cancelled", about="invoice_id", subject="debtor_id", personal=("reason",))
class InvoiceCancelled:
    """The invoice no longer counts. Its credit note, recorded in the same transaction, reverses the ledger.

    In its `series` the number stays taken. The reason is free text about one debtor, thus personal.
    """

    invoice_id: InvoiceId
    series: str
    issuer_org_node_id: OrgNodeId | None
    debtor_id: DebtorId
    debtor_org_node_id: OrgNodeId | None
    credit_note_id: CreditNoteId
    reason: str | None


@event(
    "historical-invoice-imported",
    about="invoice_id",
    shows=("number", "total_minor", "currency"),
    entry="open_minor",
    subject="debtor_id",
    personal=("debtor_name",),
)
class HistoricalInvoiceImported:
    """An invoice of the time before Carreau, tagged as issued by the platform (S002-22), with its original number.

    What was still open on it entered the books on `taken_over_on`.
    """

    invoice_id: InvoiceId
    issuer_id: IssuerId
    issuer_type: IssuerType
    issuer_tenant_id: TenantId
    issuer_org_node_id: OrgNodeId | None
    debtor_id: DebtorId
    debtor_org_node_id: OrgNodeId | None
    number: str
    taken_over_on: date
    issued_on: date
    due_on: date
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    open_minor: int
    source: str
    debtor_name: str | None

    @property
    def booked_as(self) -> str:
        """What the books call it."""
        return self.number

    @property
    def ref(self) -> DocumentRef:
        return DocumentRef(kind="invoice", id=self.invoice_id, number=self.number)

    @property
    def facts(self) -> InvoiceFacts:
        """What later events say of this invoice."""
        return InvoiceFacts(
            invoice_id=self.invoice_id,
            number=self.number,
            season="",
            issuer_id=self.issuer_id,
            issuer_org_node_id=self.issuer_org_node_id,
            debtor_id=self.debtor_id,
            debtor_org_node_id=self.debtor_org_node_id,
            currency=self.currency,
            issued_on=self.issued_on,
            due_on=self.due_on,
            total_minor=self.total_minor,
        )
