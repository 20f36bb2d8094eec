"""What a debtor tenant records of an invoice another tenant sent it. A mirror is no receivable and gates nothing."""

from datetime import date

from backend.events.event import event
from backend.values.identifiers import InvoiceId, ReceivedDocumentId, TenantId


@event("document-received", about="document_id", shows=("number", "total_minor", "currency"))
class DocumentReceived:
    """Another tenant issued an invoice to this one. Keyed by the source tenant and its journal position."""

    document_id: ReceivedDocumentId
    source_tenant_id: TenantId
    source_position: int
    source_invoice_id: InvoiceId
    issuer_name: str
    number: str
    issued_on: date
    due_on: date
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int


@event("document-updated", about="document_id", shows=("state",))
class DocumentUpdated:
    """What has become of a received document since: its open amount, and whether it was cancelled."""

    document_id: ReceivedDocumentId
    source_tenant_id: TenantId
    source_position: int
    open_minor: int
    state: str
