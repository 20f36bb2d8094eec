"""Why a reference rate cannot be captured."""

from backend.write.refusal import Refusal, RefusalCode


class ExchangeRateUnavailable(Refusal):
    """No ECB publication of the last seven days. Nothing is issued with a guessed rate."""

    code = RefusalCode.EXCHANGE_RATE_MISSING
