"""How a document number reads: prefix, season or year, and a counter, as in `FAKTURA-2026-001234` (S002-50).

Who counts, and that no number is lost or used twice, is the business of the write side.
"""

import re
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from typing import Final

from backend.values.why import InvalidByRule, Why

# S004-51: a prefix is a VARCHAR(10); S004-15: a number is a VARCHAR(50).
MAX_PREFIX: Final = 10
MAX_NUMBER: Final = 50
MAX_WIDTH: Final = 12

DEFAULT_PREFIXES: Final[dict[str, str]] = {
    "sv": "FAKTURA",
    "fr": "FACTURE",
    "en": "INV",
    "fi": "LASKU",
    "de": "RECHNUNG",
    "es": "FACTURA",
}

_PREFIX: Final = re.compile(rf"(?=.{{1,{MAX_PREFIX}}}$)[A-Z0-9]+(?:-[A-Z0-9]+)*")
_SEASON: Final = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_COUNTER: Final = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Counter:
    """The last number taken from a series, and the date of the document that took it."""

    last_value: int
    last_on: date


# Between the first and the last place on earth where a day begins lie 26 hours: two places are at most two dates apart.
FURTHEST_APART: Final = timedelta(days=2)


def dated_back(on: date, last_on: date, *, one_clock: bool) -> bool:
    """Whether a document is dated before the one that was numbered before it. Where issuers of several time zones share
    a series (not `one_clock`), each dates by its own day, and a difference that zones explain is none."""
    return on < (last_on if one_clock else last_on - FURTHEST_APART)


class InvalidSeries(InvalidByRule):
    """The pattern, the season or the counter cannot become a number."""


class ForeignNumber(ValueError):
    """The text is not a number of this series."""


@dataclass(frozen=True, slots=True)
class SeriesPattern:
    """How the numbers of one series read. Raises `InvalidSeries`.

    `prefix` is 1 to 10 capital letters, digits and inner hyphens; `width` the digits the counter is padded to;
    `first_number` where each season begins (1000 continues a legacy series, X4).
    """

    prefix: str
    _: KW_ONLY
    width: int = 6
    first_number: int = 1

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise InvalidSeries(Why.PREFIX_UNPRINTABLE, field="prefix", limit=MAX_PREFIX)
        if not 1 <= self.width <= MAX_WIDTH:
            raise InvalidSeries(Why.OUT_OF_RANGE, field="width", lowest=1, highest=MAX_WIDTH)
        if self.first_number < 1:
            raise InvalidSeries(Why.TOO_SMALL, field="firstNumber", lowest=1)

    def format(self, season_or_year: str | int, n: int) -> str:
        """The number of counter `n`: `FAKTURA-2026-000001`. A counter beyond the width widens, it never wraps.

        Raises `InvalidSeries` for a counter below 1, a season that is not printable so, or more than 50 characters.
        """
        season = str(season_or_year)
        if n < 1 or not _SEASON.fullmatch(season):
            raise InvalidSeries(Why.SEASON_CODE_UNPRINTABLE, limit=MAX_NUMBER)
        number = f"{self.prefix}-{season}-{n:0{self.width}d}"
        if len(number) > MAX_NUMBER:
            raise InvalidSeries(Why.TOO_LONG, limit=MAX_NUMBER)
        return number

    def parse(self, number: str) -> tuple[str, int]:
        """Season and counter of a number of this series, for verification. Raises `ForeignNumber`.

        Strict: only a text that `format` would write again is accepted, so that two spellings cannot be one number.
        """
        season, _, counter = number.removeprefix(f"{self.prefix}-").rpartition("-")
        if len(counter) <= MAX_NUMBER and _COUNTER.fullmatch(counter):
            try:
                if self.format(season, int(counter)) == number:
                    return season, int(counter)
            except InvalidSeries:
                pass
        raise ForeignNumber(number)


# S002-33: `CN-YYYY-NNNNNN`, where YYYY is the year of the issue date in the issuer's time zone (X6).
CREDIT_NOTES: Final = SeriesPattern("CN")


def default_prefix(language: str) -> str:
    """The prefix of an issuer that writes in `language` (ISO 639-1); `INV` where we have no word of our own."""
    return DEFAULT_PREFIXES.get(language, DEFAULT_PREFIXES["en"])
