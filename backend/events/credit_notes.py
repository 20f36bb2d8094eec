"""What happens to credit notes: documents of their own that take an invoice back, whole or in part."""

from dataclasses import dataclass
from datetime import date

from backend.events.event import event
from backend.rules.tax import AppliedTax
from backend.rules.totals import TaxGroup
from backend.values.identifiers import CreditNoteId, DebtorId, InvoiceId, IssuerId


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditedLine:
    """How much of one line of the invoice (counted from 1) is taken back. Tax comes from the stored allocation."""

    line: int
    net_minor: int
    tax_minor: int
    account: str
    tax: AppliedTax


@event("credit-note-issued", subject="debtor_id", personal=("reason",))
class CreditNoteIssued:
    """A credit note numbered `CN-YYYY-NNNNNN` per tenant and year (S002-33). Amounts are positive.

    `applied_minor` is set against the invoice's open balance; the rest is owed to the debtor.
    """

    credit_note_id: CreditNoteId
    number: str
    series: str
    sequence: int
    invoice_id: InvoiceId
    invoice_number: str
    issuer_id: IssuerId
    debtor_id: DebtorId
    issued_on: date
    currency: str
    lines: tuple[CreditedLine, ...]
    tax_groups: tuple[TaxGroup, ...]
    net_minor: int
    tax_minor: int
    total_minor: int
    applied_minor: int
    reason: str | None
