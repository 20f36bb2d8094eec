"""Tax rates, as clients see and send them."""

from datetime import date
from typing import Annotated, Any

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.inputs import Input
from backend.api.graphql.results import Refused, Repeatable, Success, mutation, refused, succeeds
from backend.api.graphql.sizes import listed
from backend.api.mirror import Mirror
from backend.api.problems import Fault, Malformed
from backend.read.issuers.queries import MAX_RATES, tax_rates_in_force
from backend.read.issuers.rate_changes import RateChange, rate_changes, rates_of
from backend.values import tax as values
from backend.write.execute import preview
from backend.write.refusal import Refusal
from backend.write.tax import AdoptTaxRates


class TaxRate(Mirror[values.TaxRate], rest_as_it_is=True):
    """One rate of one jurisdiction, first to last day included; `percent` is 25 for 25 %."""


class TaxRateInput(Input[values.TaxRate]):
    """One rate of one jurisdiction; `source` names the law. A later rate ends the open one before it."""


class TaxRateChange(Mirror[RateChange]):
    """One rate that adopting would make or end: as it is (null for a new one), and as it would be."""


class AdoptTaxRatesInput(Input[AdoptTaxRates], Repeatable):
    """The rates to charge by as well."""

    rates: list[TaxRateInput]

    def value(self, **more: Any) -> AdoptTaxRates:
        return AdoptTaxRates(rates=tuple(_rate(each, index) for index, each in enumerate(self.rates)))


@succeeds
class AdoptTaxRatesSuccess(Success):
    """How many rates were adopted."""

    adopted: int


@output
class TaxMutations:
    """What may be done with tax rates."""

    adopt_tax_rates = mutation(
        AdoptTaxRatesInput,
        AdoptTaxRatesSuccess,
        "Charge tax by these rates as well. A later rate closes the open-ended one before it.",
    )


@output
class PreviewTaxRatesSuccess:
    """What would be different."""

    changes: list[TaxRateChange] = listed(4, 2 * MAX_RATES)


PreviewTaxRatesResult = Annotated[PreviewTaxRatesSuccess | Refused, strawberry.union("PreviewTaxRatesResult")]


@output
class TaxQueries:
    """Questions about tax."""

    @resolved(size=(20, MAX_RATES))
    async def tax_rates(self, info: Info, on: date | None = None, jurisdiction: str | None = None) -> list[TaxRate]:
        """The rates that hold on a day (today, unless said otherwise), by jurisdiction and category."""
        day = on or info.context.today()
        rates = await info.context.ask(tax_rates_in_force, on=day, jurisdiction=jurisdiction)
        return [TaxRate.of(rate) for rate in rates]

    @resolved
    async def preview_tax_rates(self, info: Info, input: AdoptTaxRatesInput) -> PreviewTaxRatesResult:
        """What adopting these rates would change, or why it would be refused. Nothing is recorded."""
        context = info.context
        try:
            recorded = await preview(context.services.write, context.actor, input.value())
        except Refusal as refusal:
            return refused(refusal, input)
        found = await context.ask(rate_changes, rates=rates_of(recorded))
        return PreviewTaxRatesSuccess(changes=[TaxRateChange.of(change) for change in found])


def _rate(sent: TaxRateInput, index: int) -> values.TaxRate:
    try:
        return sent.value()
    except values.InvalidTaxRate as invalid:
        raise Malformed(Fault(detail=str(invalid), path=("rates", index))) from None
