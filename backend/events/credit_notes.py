"""What happens to credit notes: documents of their own that take an invoice back, whole or in part."""

from datetime import date

from backend.events.event import event
from backend.events.parts import CreditedLine, InvoiceFacts, PrintedIssuer, ReferenceRate
from backend.values.documents import DocumentRef
from backend.values.identifiers import CreditNoteId, DebtorId, IssuerId, OrgNodeId
from backend.values.parties import Particulars
from backend.values.tax import FiscalPosition, TaxGroup


@event(
    "credit-note-issued",
    about="invoice",
    shows=("number", "total_minor", "currency"),
    entry="total_minor",
    subject="debtor_id",
    personal=("debtor", "descriptions", "reason"),
)
class CreditNoteIssued:
    """A credit note numbered `CN-YYYY-NNNNNN` per tenant and year (S002-33). Amounts are positive.

    `applied_minor` is set against the invoice's open balance, of which `remaining_minor` stay open; the rest is owed to
    the debtor. Issuer, debtor, language and descriptions are those of the invoice: it is printable from this event
    alone.
    """

    credit_note_id: CreditNoteId
    number: str
    series: str
    sequence: int
    invoice: InvoiceFacts
    issuer: PrintedIssuer
    debtor_id: DebtorId
    payer_id: DebtorId
    debtor_kind: str
    debtor_reference: str
    debtor_country: str
    language: str
    issued_on: date
    currency: str
    lines: tuple[CreditedLine, ...]
    tax_groups: tuple[TaxGroup, ...]
    discount_minor: int
    net_minor: int
    tax_minor: int
    total_minor: int
    applied_minor: int
    remaining_minor: int
    rate: ReferenceRate
    fiscal_position: FiscalPosition
    debtor: Particulars | None
    descriptions: tuple[str, ...] | None
    reason: str | None

    @property
    def issuer_id(self) -> IssuerId:
        return self.issuer.issuer_id

    @property
    def issuer_org_node_id(self) -> OrgNodeId | None:
        return self.issuer.issuer_org_node_id

    @property
    def debtor_org_node_id(self) -> OrgNodeId | None:
        return self.invoice.debtor_org_node_id

    @property
    def taken(self) -> tuple[tuple[str, int], ...]:
        """The number it took of its series."""
        return ((self.series, self.sequence),)

    @property
    def booked_as(self) -> str:
        """What the books call it."""
        return self.number

    @property
    def ref(self) -> DocumentRef:
        return DocumentRef(kind="credit_note", id=self.credit_note_id, number=self.number)
