"""Questions about tax."""

from datetime import date
from typing import Annotated

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.results import Refused, refused
from backend.api.tax.mutations import AdoptTaxRatesInput
from backend.api.tax.types import TaxRate, TaxRateChange, rate_change_of, tax_rate_of
from backend.read.issuers.queries import tax_rates_in_force
from backend.read.issuers.rate_changes import rate_changes, rates_of
from backend.write.execute import preview
from backend.write.refusal import Refusal


@output
class PreviewTaxRatesSuccess:
    """What would be different."""

    changes: list[TaxRateChange]


PreviewTaxRatesResult = Annotated[PreviewTaxRatesSuccess | Refused, strawberry.union("PreviewTaxRatesResult")]


@output
class TaxQueries:
    """Questions about tax."""

    @resolved
    async def tax_rates(self, info: Info, on: date | None = None, jurisdiction: str | None = None) -> list[TaxRate]:
        """The rates that hold on a day (today, unless said otherwise), by jurisdiction and category."""
        day = on or info.context.today()
        rates = await info.context.ask(tax_rates_in_force, on=day, jurisdiction=jurisdiction)
        return [tax_rate_of(rate) for rate in rates]

    @resolved
    async def preview_tax_rates(self, info: Info, input: AdoptTaxRatesInput) -> PreviewTaxRatesResult:
        """What adopting these rates would change, or why it would be refused. Nothing is recorded."""
        context = info.context
        try:
            recorded = await preview(context.services.write, context.actor, input.command())
        except Refusal as refusal:
            return refused(refusal, input)
        found = await context.ask(rate_changes, rates=rates_of(recorded))
        return PreviewTaxRatesSuccess(changes=[rate_change_of(change) for change in found])
