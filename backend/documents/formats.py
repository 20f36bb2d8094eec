"""Numbers, dates and countries as the reader of a document writes them: CLDR, through Babel, nothing by hand."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, Self

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.localedata import exists
from babel.numbers import NumberPattern, parse_pattern

from backend.values.currency import exponent

# Symbols that mean one currency only. "kr" is five currencies and "$" twenty, so those are written as codes.
_UNAMBIGUOUS: Final = frozenset({"EUR", "GBP"})
# Swedes write dates as ISO 8601 does; everybody else gets the form with a month's name or dots.
_DATE_STYLE: Final = {"sv": "short"}
# English outside English-speaking countries: day before month, never 11/02/2026.
_DEFAULT_REGION: Final = {"en": "150"}
# The currency (one or more signs) where it would touch the number of a pattern.
_LETTERS_BEFORE: Final = re.compile("(\u00a4+)(?=[-#0])")
_LETTERS_AFTER: Final = re.compile("(0)(?=\u00a4)")
_NO_BREAK_SPACE: Final = "\u00a0"
_MINUS: Final = "\u2212"
# ECB publishes five significant digits; a rate derived from two of them carries no more than this.
_RATE_DECIMALS: Final = 6
# Where the postal code stands behind the city.
_CITY_FIRST: Final = frozenset(("AU", "CA", "GB", "IE", "IN", "NZ", "TH", "US", "ZA"))


@dataclass(frozen=True, slots=True)
class Formats:
    """How the reader of one document writes numbers and dates."""

    locale: Locale
    language: str

    @classmethod
    def of(cls, language: str, country: str) -> Self:
        """The conventions of `language` as written in `country`; of the language alone where CLDR has no such pair."""
        return cls(_locale(language, country), language)

    def money(self, minor: int, currency: str) -> str:
        """`1 250,00 SEK`, `€1,250.00`: with a code wherever the symbol means several currencies."""
        places = exponent(currency)
        return _typeset(
            _money_pattern(str(self.locale), currency in _UNAMBIGUOUS).apply(
                _major(minor, places), self.locale, currency=currency, force_frac=(places, places)
            )
        )

    def amount(self, minor: int, currency: str) -> str:
        """`1 250,00`: for columns whose heading names the currency."""
        places = exponent(currency)
        return self._decimal(_major(minor, places), (places, places))

    def unit_price(self, price: Decimal, currency: str) -> str:
        """At least the currency's decimals, and all there are (up to six)."""
        return self._decimal(price, (exponent(currency), 6))

    def quantity(self, quantity: Decimal) -> str:
        return self._decimal(quantity, (0, 6))

    def rate(self, rate: Decimal) -> str:
        return self._decimal(rate, (0, _RATE_DECIMALS))

    def percent(self, percent: Decimal) -> str:
        """25 is `25 %`."""
        pattern = _percent_pattern(str(self.locale))
        return _typeset(pattern.apply(percent.scaleb(-2), self.locale, force_frac=(0, 3)))

    def date(self, day: date) -> str:
        return _date(day, self.locale, _DATE_STYLE.get(self.language, "medium"))

    def country(self, code: str) -> str:
        return str(self.locale.territories.get(code, code))

    def _decimal(self, value: Decimal, places: tuple[int, int]) -> str:
        return _typeset(_decimal_pattern(str(self.locale)).apply(value, self.locale, force_frac=places))


def city_line(postal_code: str, city: str, country: str) -> str:
    """Postal code and city in the order of the country's post."""
    parts = (city, postal_code) if country in _CITY_FIRST else (postal_code, city)
    return " ".join(part for part in parts if part)


def _major(minor: int, places: int) -> Decimal:
    return Decimal(minor).scaleb(-places)


def _typeset(text: str) -> str:
    return text.replace("-", _MINUS)


@lru_cache(maxsize=256)
def _locale(language: str, country: str) -> Locale:
    for region in (country, _DEFAULT_REGION.get(language)):
        try:
            found = Locale.parse(f"{language}_{region}" if region else language)
        except (UnknownLocaleError, ValueError):
            continue
        # Babel answers with a pair it has no data for; "en_FR" would then be written as in the United States.
        if region and exists(str(found)):
            return found
    return Locale.parse(language)


@lru_cache(maxsize=64)
def _money_pattern(locale: str, symbol: bool) -> NumberPattern:
    pattern = Locale.parse(locale).currency_formats["standard"].pattern
    if not symbol:
        # CLDR's currency spacing: letters never touch the digits.
        pattern = pattern.replace("\u00a4", "\u00a4\u00a4")
        pattern = _LETTERS_BEFORE.sub(rf"\1{_NO_BREAK_SPACE}", _LETTERS_AFTER.sub(rf"\1{_NO_BREAK_SPACE}", pattern))
    return parse_pattern(pattern)


@lru_cache(maxsize=64)
def _decimal_pattern(locale: str) -> NumberPattern:
    pattern: NumberPattern = Locale.parse(locale).decimal_formats[None]
    return pattern


@lru_cache(maxsize=64)
def _percent_pattern(locale: str) -> NumberPattern:
    pattern: NumberPattern = Locale.parse(locale).percent_formats[None]
    return pattern


@lru_cache(maxsize=1024)
def _date(day: date, locale: Locale, style: str) -> str:
    return format_date(day, style, locale)
