"""Tax rates, as clients see and send them."""

from datetime import date
from decimal import Decimal
from enum import Enum

from backend.api.graphql.documented import given, output, words
from backend.api.graphql.words import word
from backend.api.problems import Fault, Malformed
from backend.read.issuers.rate_changes import RateChange
from backend.values import tax as taxes


@words
class TaxCategory(Enum):
    """The categories of the tax matrix."""

    STANDARD = "standard"
    REDUCED = "reduced"
    SECOND_REDUCED = "second_reduced"
    SUPER_REDUCED = "super_reduced"
    ZERO = "zero"
    EXEMPT_SPORT = "exempt_sport"


@words
class TaxCategoryCode(Enum):
    """The category codes of EN 16931 (UNCL 5305)."""

    S = "S"
    Z = "Z"
    E = "E"
    AE = "AE"
    K = "K"
    G = "G"
    O = "O"  # noqa: E741


@output
class TaxRate:
    """One rate of one jurisdiction, first to last day included; `percent` is 25 for 25 %."""

    code: str
    jurisdiction: str
    category: TaxCategory
    percent: Decimal
    en16931: TaxCategoryCode
    valid_from: date
    valid_to: date | None
    exemption_reason: str
    exemption_code: str
    source: str


@given
class TaxRateInput:
    """One rate of one jurisdiction; `source` names the law. A later rate ends the open one before it."""

    code: str
    jurisdiction: str
    category: TaxCategory
    percent: Decimal
    en16931: TaxCategoryCode
    valid_from: date
    source: str
    valid_to: date | None = None
    exemption_reason: str = ""
    exemption_code: str = ""

    def value(self, index: int) -> taxes.TaxRate:
        try:
            return taxes.TaxRate(
                code=self.code,
                jurisdiction=self.jurisdiction,
                category=word(self.category),
                percent=self.percent,
                en16931=word(self.en16931),
                valid_from=self.valid_from,
                valid_to=self.valid_to,
                exemption_reason=self.exemption_reason,
                exemption_code=self.exemption_code,
                source=self.source,
            )
        except taxes.InvalidTaxRate as invalid:
            raise Malformed(Fault(detail=str(invalid), path=("rates", index))) from None


@output
class TaxRateChange:
    """One rate that adopting would make or end: as it is (null for a new one), and as it would be."""

    before: TaxRate | None
    after: TaxRate


def rate_change_of(change: RateChange) -> TaxRateChange:
    return TaxRateChange(before=tax_rate_of(change.before) if change.before else None, after=tax_rate_of(change.after))


def tax_rate_of(rate: taxes.TaxRate) -> TaxRate:
    return TaxRate(
        code=rate.code,
        jurisdiction=rate.jurisdiction,
        category=TaxCategory(rate.category),
        percent=rate.percent,
        en16931=TaxCategoryCode(rate.en16931),
        valid_from=rate.valid_from,
        valid_to=rate.valid_to,
        exemption_reason=rate.exemption_reason,
        exemption_code=rate.exemption_code,
        source=rate.source,
    )
