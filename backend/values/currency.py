"""ISO 4217 currencies: which codes are accepted and how many decimals each has."""

from typing import Final

# The currencies of the ECB reference rates, and the euro itself: no other can be invoiced, because no reference rate
# could be captured at issue. BGN is for documents before 2026, when Bulgaria joined the euro: its rates end there.
_TWO_DECIMALS: Final = (
    "EUR USD BGN CZK DKK GBP HUF PLN RON SEK CHF NOK TRY AUD BRL CAD CNY HKD IDR ILS INR MXN MYR NZD PHP SGD THB ZAR"
)
EXPONENTS: Final[dict[str, int]] = dict.fromkeys(_TWO_DECIMALS.split(), 2) | {"JPY": 0, "KRW": 0, "ISK": 0}


class UnknownCurrency(ValueError):
    """The code is not one of `EXPONENTS`."""


def exponent(currency: str) -> int:
    """Number of decimals of `currency` (2 for SEK, 0 for JPY). Raises `UnknownCurrency`."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(currency) from None
