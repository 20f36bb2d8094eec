"""Rates and taxes as they are charged and printed. The journal stores these shapes; `rules/tax` and `rules/totals` say
how they come about."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from backend.values.why import InvalidByRule, Why

# `second_reduced` is for the few countries with three rates below the standard one (France: 10, 5.5 and 2.1).
TaxCategory = Literal["standard", "reduced", "second_reduced", "super_reduced", "zero", "exempt_sport"]
# The UNCL 5305 subset of EN 16931, BT-118 and BT-151.
CategoryCode = Literal["S", "Z", "E", "AE", "K", "G", "O"]
FiscalPosition = Literal["domestic", "eu_reverse_charge", "eu_consumer", "export", "exempt_sport", "outside_scope"]


class InvalidTaxRate(InvalidByRule):
    """The rate contradicts itself: a percentage out of range, an end before its beginning, a taxed exemption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRate:
    """One rate of one jurisdiction, first to last day inclusive; `valid_to` None while no end is known.

    `percent` is 25 for 25 %. `en16931` is the category code of BT-151, `exemption_code` a VATEX code. `source` names
    the law. Raises `InvalidTaxRate`; the checks may never become stricter, because the journal holds rates.
    """

    code: str
    jurisdiction: str
    category: TaxCategory
    percent: Decimal
    en16931: CategoryCode
    valid_from: date
    valid_to: date | None = None
    exemption_reason: str = ""
    exemption_code: str = ""
    source: str

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:
            raise InvalidTaxRate(Why.OUT_OF_RANGE, field="percent", lowest=0, highest=100)
        # BR-S-05 wants a rate above zero under S; BR-Z-05, BR-E-05 and their like want zero under every other code.
        if (self.en16931 == "S") != (self.percent > 0):
            raise InvalidTaxRate(
                Why.TAX_PERCENT_IMPOSSIBLE, field="percent", percent=str(self.percent), category=self.en16931
            )
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise InvalidTaxRate(Why.TAX_PERIOD_REVERSED, field="validTo")

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedTax:
    """The tax of one line, frozen at issue: what EN 16931 calls BT-151, BT-152, BT-120 and BT-121."""

    category_code: str
    percent: Decimal
    rate_code: str
    exemption_reason: str = ""
    exemption_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxGroup:
    """The VAT of one (category, rate): BG-23 of EN 16931. `base_minor` is the sum of the rounded line nets."""

    category_code: str
    percent: Decimal
    exemption_reason: str
    exemption_code: str
    base_minor: int
    tax_minor: int
