"""Why something cannot be done to an invoice in the state it is in."""

from backend.write.refusal import Refusal, RefusalCode


class InvoiceAlreadyPosted(Refusal):
    """The invoice is issued; nothing on it may change. A credit note is the way to take it back."""

    code = RefusalCode.INVOICE_ALREADY_POSTED
    status = 403


class InvoiceNotDraft(Refusal):
    """The draft was discarded: it can neither be revised nor issued."""

    code = RefusalCode.INVOICE_NOT_DRAFT
    status = 409


class InvoiceNotIssued(Refusal):
    """The invoice was not issued here: it is a draft, or from before our time."""

    code = RefusalCode.INVOICE_NOT_ISSUED
    status = 409


class InvoiceIsCancelled(Refusal):
    """The invoice was taken back by a credit note."""

    code = RefusalCode.INVOICE_CANCELLED
    status = 409
