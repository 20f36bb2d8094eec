"""Why an invoice cannot be drafted, revised or issued."""

from backend.write.refusal import Refusal, RefusalCode


class InvoiceHasNoLines(Refusal):
    code = RefusalCode.INVOICE_NO_LINES


class InvoiceHasTooManyLines(Refusal):
    code = RefusalCode.INVOICE_TOO_MANY_LINES


class InvoiceAlreadyPosted(Refusal):
    """The invoice is issued; nothing on it may change. A credit note is the way to take it back."""

    code = RefusalCode.INVOICE_ALREADY_POSTED
    status = 403


class InvoiceNotDraft(Refusal):
    code = RefusalCode.INVOICE_NOT_DRAFT
    status = 409


class InvoiceNotIssued(Refusal):
    code = RefusalCode.INVOICE_NOT_ISSUED
    status = 409


class InvoiceIsCancelled(Refusal):
    code = RefusalCode.INVOICE_CANCELLED
    status = 409


class TotalNotPositive(Refusal):
    code = RefusalCode.INVOICE_TOTAL_NOT_POSITIVE


class DateBeforeLast(Refusal):
    """The series already has an invoice of a later date (C4): numbers and dates rise together."""

    code = RefusalCode.INVOICE_DATE_BEFORE_LAST


class DateInFuture(Refusal):
    code = RefusalCode.INVOICE_DATE_IN_FUTURE


class AlreadyBilled(Refusal):
    """The debtor has an invoice for this season and component."""

    code = RefusalCode.ALREADY_BILLED
    status = 409


class SeasonUnknown(Refusal):
    code = RefusalCode.SEASON_UNKNOWN


class IssuerIncomplete(Refusal):
    code = RefusalCode.ISSUER_INCOMPLETE


class TemplateMissing(Refusal):
    code = RefusalCode.TEMPLATE_MISSING


class CurrencyUnknown(Refusal):
    code = RefusalCode.CURRENCY_UNKNOWN


class TaxNotDetermined(Refusal):
    """The matrix has no rate for this jurisdiction, category and date. Nothing is issued with a guessed tax."""

    code = RefusalCode.TAX_UNDETERMINED


class RenewalBlockedByDebt(Refusal):
    """The debtor owes money; the renewal is refused until a payment or a credit note clears it (S002-45, S002-47)."""

    code = RefusalCode.RENEWAL_BLOCKED_BY_DEBT
    status = 403
