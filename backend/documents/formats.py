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

from backend.rules.totals import MAX_DECIMALS
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
        pattern = _money_pattern(self.locale, places, currency in _UNAMBIGUOUS)
        return _typeset(pattern.apply(_major(minor, places), self.locale, currency=currency, currency_digits=False))

    def amount(self, minor: int, currency: str) -> str:
        """`1 250,00`: for columns whose heading names the currency."""
        places = exponent(currency)
        return self._decimal(_major(minor, places), places, places)

    def unit_price(self, price: Decimal, currency: str) -> str:
        """At least the currency's decimals, and all there are."""
        return self._decimal(price, exponent(currency), MAX_DECIMALS)

    def quantity(self, quantity: Decimal) -> str:
        return self._decimal(quantity, 0, MAX_DECIMALS)

    def rate(self, rate: Decimal) -> str:
        return self._decimal(rate, 0, _RATE_DECIMALS)

    def percent(self, percent: Decimal) -> str:
        """25 is `25 %`."""
        return _typeset(_percent_pattern(self.locale).apply(percent.scaleb(-2), self.locale))

    def date(self, day: date) -> str:
        return _date(day, self.locale, _DATE_STYLE.get(self.language, "medium"))

    def country(self, code: str) -> str:
        return str(self.locale.territories.get(code, code))

    def _decimal(self, value: Decimal, least: int, most: int) -> str:
        return _typeset(_decimal_pattern(self.locale, least, most).apply(value, self.locale))


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


@lru_cache(maxsize=256)
def _money_pattern(locale: Locale, places: int, symbol: bool) -> NumberPattern:
    pattern = locale.currency_formats["standard"].pattern
    if not symbol:
        # CLDR's currency spacing: letters never touch the digits.
        pattern = pattern.replace("\u00a4", "\u00a4\u00a4")
        pattern = _LETTERS_BEFORE.sub(rf"\1{_NO_BREAK_SPACE}", _LETTERS_AFTER.sub(rf"\1{_NO_BREAK_SPACE}", pattern))
    return _with_decimals(pattern, places, places)


@lru_cache(maxsize=256)
def _decimal_pattern(locale: Locale, least: int, most: int) -> NumberPattern:
    return _with_decimals(locale.decimal_formats[None].pattern, least, most)


@lru_cache(maxsize=64)
def _percent_pattern(locale: Locale) -> NumberPattern:
    return _with_decimals(locale.percent_formats[None].pattern, 0, MAX_DECIMALS)


def _with_decimals(pattern: str, least: int, most: int) -> NumberPattern:
    """The number of CLDR's `pattern` with at least and at most so many decimals."""
    # A pattern of our own each time: the locale's is shared by the whole process.
    made = parse_pattern(pattern)
    made.frac_prec = (least, most)
    return made


@lru_cache(maxsize=1024)
def _date(day: date, locale: Locale, style: str) -> str:
    return format_date(day, style, locale)
