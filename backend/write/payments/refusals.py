"""Why a payment cannot be registered."""

from backend.write.refusal import Refusal, RefusalCode


class PaymentExceedsBalance(Refusal):
    """More money than is owed on the invoice (S003-48)."""

    code = RefusalCode.PAYMENT_EXCEEDS_BALANCE


class CurrencyMismatch(Refusal):
    """The money is in another currency than the invoice."""

    code = RefusalCode.CURRENCY_MISMATCH
