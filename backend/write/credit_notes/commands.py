"""What somebody may want that takes an invoice back."""

from dataclasses import dataclass
from typing import ClassVar

from backend.values.identifiers import CreditNoteId, InvoiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelInvoice:
    """Take an issued invoice back in full, by a numbered credit note. A draft is discarded instead."""

    ASSIGNED: ClassVar = ("credit_note_id",)
    # The events seal the reason with the debtor's key; the envelope, which nobody can erase, does not repeat it.
    SEALED: ClassVar = ("reason",)
    credit_note_id: CreditNoteId
    invoice_id: InvoiceId
    reason: str
