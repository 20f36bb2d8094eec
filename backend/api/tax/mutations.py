"""What may be done with tax rates."""

from typing import Annotated

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, mutation, output
from backend.api.graphql.results import Refused, Repeatable, Success, outcome
from backend.api.tax.types import TaxRateInput
from backend.write.execute import Receipt
from backend.write.tax import AdoptTaxRates


@given
class AdoptTaxRatesInput(Repeatable):
    """The rates to charge by as well."""

    rates: list[TaxRateInput]

    def command(self) -> AdoptTaxRates:
        return AdoptTaxRates(rates=tuple(rate.value(index) for index, rate in enumerate(self.rates)))


@output
class AdoptTaxRatesSuccess(Success):
    """How many rates were adopted."""

    adopted: int


AdoptTaxRatesResult = Annotated[AdoptTaxRatesSuccess | Refused, strawberry.union("AdoptTaxRatesResult")]


@output
class TaxMutations:
    """What may be done with tax rates."""

    @mutation
    async def adopt_tax_rates(self, info: Info, input: AdoptTaxRatesInput) -> AdoptTaxRatesResult:
        """Charge tax by these rates as well. A later rate closes the open-ended one before it."""
        return await outcome(info, input.command(), input, AdoptTaxRatesSuccess, adopted=_adopted)


async def _adopted(info: Info, receipt: Receipt) -> int:
    return int(receipt.answer["rates"])
