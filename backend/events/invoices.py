"""What happens to an invoice, from the first draft to its cancellation."""

from datetime import date

from backend.events.event import event
from backend.events.invoice_parts import Attachment, DraftLine, InvoiceType, IssuedLine, PrintedIssuer, ReferenceRate
from backend.events.issuers import IssuerType
from backend.rules.totals import TaxGroup
from backend.values.identifiers import CreditNoteId, DebtorId, InvoiceId, IssuerId, OrgNodeId, RunId, TenantId
from backend.values.money import Money
from backend.values.parties import Particulars


@event("invoice-drafted", subject="debtor_id", personal=("attachments", "descriptions", "notes"))
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


@event("draft-revised", subject="debtor_id", personal=("attachments", "descriptions", "notes"))
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


@event("draft-discarded")
class DraftDiscarded:
    """The draft is gone. It never had a number, so none is missing."""

    invoice_id: InvoiceId


@event(
    "invoice-issued",
    subject="debtor_id",
    personal=("attachments", "debtor", "descriptions", "notes", "override_reason"),
)
class InvoiceIssued:
    """The invoice became a legal document. Nothing on it changes after this; it is printable from this event alone.

    `series` and `sequence` are what `number` was made of; `descriptions` are the texts of `lines`, in their order.
    `override_reason` says why a semantic duplicate was issued all the same; empty for almost every invoice.
    """

    invoice_id: InvoiceId
    type: InvoiceType
    number: str
    series: str
    sequence: int
    season: str
    issuer: PrintedIssuer
    debtor_id: DebtorId
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
    fiscal_position: str
    run_id: RunId | None
    occurrence: int
    override_reason: str | None
    attachments: tuple[Attachment, ...] | None
    debtor: Particulars | None
    descriptions: tuple[str, ...] | None
    notes: str | None

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)


@event("invoice-cancelled", subject="debtor_id", personal=("reason",))
class InvoiceCancelled:
    """The invoice no longer counts. Its credit note, recorded in the same transaction, reverses the ledger.

    The reason is free text about one debtor, thus personal.
    """

    invoice_id: InvoiceId
    debtor_id: DebtorId
    credit_note_id: CreditNoteId
    reason: str | None


@event("invoice-document-stored")
class InvoiceDocumentStored:
    """The page was rendered: these bytes are the document from now on. All digests are SHA-256 in hexadecimal."""

    invoice_id: InvoiceId
    digest: str
    size: int
    media_type: str
    language: str
    template: str
    template_digest: str
    fonts_digest: str
    renderer: str
    fallback: bool


@event("historical-invoice-imported", subject="debtor_id", personal=("debtor_name",))
class HistoricalInvoiceImported:
    """An invoice of the time before Carreau, tagged as issued by the platform (S002-22), with its original number."""

    invoice_id: InvoiceId
    issuer_id: IssuerId
    issuer_type: IssuerType
    issuer_tenant_id: TenantId
    debtor_id: DebtorId
    number: str
    issued_on: date
    due_on: date
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    open_minor: int
    source: str
    debtor_name: str | None
