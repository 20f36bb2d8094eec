"""Money: an integer number of minor units in one currency, and the one rounding function of the product."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Self

from backend.values.currency import exponent
from backend.values.why import InvalidByRule, Why

# Beyond 2^53 a JSON reader may lose digits (RFC 8785 section 3.2.2.3), so no amount may reach it.
MAX_MINOR: Final = 9_000_000_000_000_000
# No one document asks for more (a hundred milliard with two decimals): the sums over a journal of nearly a million
# such documents still fit the bigint that read models keep them in.
MAX_DOCUMENT_MINOR: Final = 10_000_000_000_000

# ASCII digits and a point, nothing else: `Decimal` would also read "1e9", "1_000", " 1", Arabic digits and "NaN".
# Sixteen digits already exceed `MAX_MINOR`, and a limit keeps a hostile text from becoming a gigantic integer.
_AMOUNT: Final = re.compile(r"-?([0-9]{1,16})(?:\.([0-9]{1,16}))?")


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies cannot be added or compared."""


class AmountTooLarge(InvalidByRule):
    """The amount exceeds `MAX_MINOR` minor units."""


class InvalidAmount(ValueError):
    """The text is not an amount of this currency."""


def round_ratio(numerator: int, denominator: int) -> int:
    """The nearest integer to `numerator / denominator`; a half goes away from zero.

    So the EN 16931 syntaxes and Swedish practice expect. In whole numbers, so exact at any size. `denominator` > 0.
    """
    quotient, rest = divmod(abs(numerator), denominator)
    quotient += 2 * rest >= denominator
    return quotient if numerator >= 0 else -quotient


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` units (öre, cents) of the ISO 4217 `currency`. Never a float."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not -MAX_MINOR <= self.minor <= MAX_MINOR:
            raise AmountTooLarge(Why.ASTRONOMICAL)

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """`"119.00"` to 11,900 minor units: ASCII digits and a point, with a minus sign where it is negative.

        Refuses more decimals than the currency has, unless they are zeros. Raises `InvalidAmount`, `AmountTooLarge`
        and `UnknownCurrency`.
        """
        decimals = exponent(currency)
        parts = _AMOUNT.fullmatch(text)
        if parts is None:
            raise InvalidAmount(text)
        fraction = (parts[2] or "").ljust(decimals, "0")
        if fraction[decimals:].strip("0"):
            raise InvalidAmount(text)
        minor = int(parts[1] + fraction[:decimals])
        return cls(-minor if text.startswith("-") else minor, currency)

    @classmethod
    def rounded(cls, amount: Decimal, currency: str) -> Self:
        """`amount` in major units, rounded half away from zero to the minor unit. `amount` is finite."""
        # Whole numbers, because `Decimal.scaleb` would first round to the 28 digits of the context: twice is wrong.
        numerator, denominator = amount.as_integer_ratio()
        return cls(round_ratio(numerator * 10 ** exponent(currency), denominator), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, with the currency's decimals."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __add__(self, other: Self) -> Self:
        return type(self)(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.minor, self.currency)

    def __lt__(self, other: Self) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Self) -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.decimal} {self.currency}"

    def _same(self, other: Self) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.minor


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of `amounts`, which are all in `currency`; zero for none."""
    result = Money.zero(currency)
    for amount in amounts:
        result = result + amount
    return result


def split(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`amount` minor units in proportion to `weights`, by largest remainder: the parts always sum to `amount`.

    Equal remainders go to the earlier part. A negative amount splits like the positive one with every sign turned, so
    that a reversal takes back exactly what was given. When the weights sum to zero there is no proportion, and the
    whole amount goes to the first part. Raises `ValueError` when there are no weights.
    """
    if not weights:
        raise ValueError("cannot split over nothing")
    whole = sum(weights)
    if whole == 0:
        return (amount, *([0] * (len(weights) - 1)))
    if whole < 0:
        return split(amount, [-weight for weight in weights])
    if amount < 0:
        return tuple(-part for part in split(-amount, weights))
    shares = [divmod(amount * weight, whole) for weight in weights]
    parts = [quotient for quotient, _ in shares]
    missing = amount - sum(parts)
    for index in sorted(range(len(parts)), key=lambda i: (-shares[i][1], i))[:missing]:
        parts[index] += 1
    return tuple(parts)
