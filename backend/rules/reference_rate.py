"""Which ECB reference rate an invoice carries: the last one published on or before its date (S002-28, X25)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

EUR: Final = "EUR"
# Who publishes. The demo carries old publications forward under another name; nobody else has another source.
ECB: Final = "ECB"
ONE: Final = Decimal(1)

# The longest silence of the ECB is five days (Easter, Christmas); beyond seven the feed has stopped, and a rate of
# another season must not pass for today's (architecture.md section 8, Rates).
MAX_AGE_DAYS: Final = 7
# Six significant figures, as Regulation (EC) 1103/97 article 4 gives conversion rates: what the ECB itself publishes.
SIGNIFICANT_FIGURES: Final = 6

_ROUNDED: Final = Context(prec=SIGNIFICANT_FIGURES, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """`per_euro` units of `currency` cost one euro, said the ECB on `published_on`. Always that way round (C31)."""

    currency: str
    per_euro: Decimal
    published_on: date
    source: str = ECB


# The last publication of a currency on or before a day, or None. Asked for any currency but the euro. A mapping holds
# that answer by currency, for the one day that it was loaded for.
Lookup = Callable[[str, date], Publication | None] | Mapping[str, Publication]


class ExchangeRateMissing(Exception):
    """No rate of `currency` was published in the seven days up to `on`; `last` is the day of an older one, if any."""

    def __init__(self, *, currency: str, on: date, last: date | None) -> None:
        super().__init__(f"no rate of {currency} for {on}: {f'the last is of {last}' if last else 'there is none'}")
        self.currency = currency
        self.on = on
        self.last = last


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePair:
    """The two rates of an invoice, each with the day of its publication, and the day that was asked for.

    `eur_to_invoice`: units of the invoice currency for one euro, exactly as published. `invoice_to_accounting`: units
    of the accounting currency for one unit of the invoice currency, rounded to six significant figures: this number
    is recorded, printed and multiplied with, so that everyone can redo the sum.
    """

    requested_on: date
    invoice_currency: str
    eur_to_invoice: Decimal
    eur_to_invoice_published_on: date
    accounting_currency: str
    invoice_to_accounting: Decimal
    invoice_to_accounting_published_on: date

    @property
    def published_on(self) -> date:
        """The older of the two publications: the one date that is true of both."""
        return min(self.eur_to_invoice_published_on, self.invoice_to_accounting_published_on)


def reference_rate(lookup: Lookup, *, invoice_currency: str, accounting_currency: str, on: date) -> RatePair:
    """The rates for an invoice dated `on`. Raises `ExchangeRateMissing` rather than ever assuming 1.

    The euro itself is 1, as of `on`; so is a currency in itself, and then no second publication is needed.
    """
    invoice = _publication(lookup, invoice_currency, on)
    accounting = invoice if accounting_currency == invoice_currency else _publication(lookup, accounting_currency, on)
    return RatePair(
        requested_on=on,
        invoice_currency=invoice_currency,
        eur_to_invoice=invoice.per_euro,
        eur_to_invoice_published_on=invoice.published_on,
        accounting_currency=accounting_currency,
        invoice_to_accounting=cross_rate(invoice.per_euro, accounting.per_euro),
        invoice_to_accounting_published_on=min(invoice.published_on, accounting.published_on),
    )


def cross_rate(from_per_euro: Decimal, to_per_euro: Decimal) -> Decimal:
    """Units of one currency for one unit of another, to six significant figures, a half away from zero.

    Towards the euro 11.0205 SEK become 0.0907400; out of the euro the published rate comes back unchanged.
    """
    if from_per_euro == to_per_euro:
        return ONE
    if from_per_euro == ONE:
        return to_per_euro
    return _ROUNDED.divide(to_per_euro, from_per_euro)


def _publication(lookup: Lookup, currency: str, on: date) -> Publication:
    if currency == EUR:
        return Publication(currency=EUR, per_euro=ONE, published_on=on)
    found = lookup.get(currency) if isinstance(lookup, Mapping) else lookup(currency, on)
    if found is None or on - found.published_on > timedelta(days=MAX_AGE_DAYS):
        raise ExchangeRateMissing(currency=currency, on=on, last=found.published_on if found else None)
    assert found.currency == currency
    assert found.published_on <= on, "a later publication was not known on that day"
    assert found.per_euro > 0
    return found
