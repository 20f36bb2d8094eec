"""Money as clients see it: minor units as a string, the currency, and two ways to show it. Never a float."""

from typing import Final

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency

from backend.api.graphql.documented import output, resolved
from backend.api.graphql.scalars import BigInt
from backend.api.problems import Fault, Malformed
from backend.values import money as values

MAX_LOCALE: Final = 20


@output
class Money:
    """An amount of money: `amountMinor` (öre, cents) of an ISO 4217 `currency`."""

    amount_minor: BigInt
    currency: str

    @resolved
    def decimal(self) -> str:
        """The amount in major units with the currency's decimals and a point: `-119.00`."""
        return str(values.Money(self.amount_minor, self.currency).decimal)

    @resolved
    def formatted(self, locale: str = "en") -> str:
        """The amount as people of this locale write it (`sv`, `fr`, `en_GB`): `119,00 kr`."""
        amount = values.Money(self.amount_minor, self.currency).decimal
        return str(format_currency(amount, self.currency, locale=_locale(locale)))


def money(minor: int, currency: str) -> Money:
    """The amount of a row that says `*_minor` beside `currency`."""
    return Money(amount_minor=BigInt(minor), currency=currency)


def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name[:MAX_LOCALE].replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        raise Malformed(Fault(detail="no such locale; say sv, fr or en_GB", path=("locale",))) from None
