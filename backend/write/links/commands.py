"""What is wanted of the links to an invoice, and what the public page reports of them."""

from dataclasses import dataclass

from backend.values.identifiers import InvoiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeInvoiceLink:
    """A link for the debtor, to hand over by other means than our mail."""

    invoice_id: InvoiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeInvoiceLinks:
    """Let no link to the invoice open anything that was made or mailed before."""

    invoice_id: InvoiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInvoiceViewed:
    """A link was followed. Once a day is news; more often is not."""

    invoice_id: InvoiceId
