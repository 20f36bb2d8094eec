"""The published names of what happens (X24), with the names other systems know them by."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Published:
    """A notification's canonical dotted name, and its aliases in the sources."""

    name: str
    aliases: tuple[str, ...]
    says: str


CATALOGUE: Final[dict[str, Published]] = {
    published.name: published
    for published in (
        Published("invoice.issued", ("account.invoice.posted", "InvoiceCreated"), "An invoice became a document."),
        Published("invoice.delivered", ("INVOICE_DELIVERED",), "The mail system accepted, or confirmed, the invoice."),
        Published("invoice.bounced", (), "The debtor's address was refused for good."),
        Published("invoice.paid", ("account.invoice.paid", "PaymentConfirmed"), "Nothing is owed on the invoice."),
        Published("invoice.cancelled", (), "A credit note took the whole invoice back."),
        Published("payment.registered", ("account.payment.registered",), "Money was registered on an invoice."),
        Published("credit_note.created", ("account.credit_note.created",), "A credit note was issued."),
        Published("run.completed", (), "Every member of a run was issued an invoice or refused."),
    )
}
