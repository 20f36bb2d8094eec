"""Questions about tax."""

from datetime import date

from backend.api.dispatch import today
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.tax.types import TaxRate, tax_rate_of
from backend.read.issuers.queries import tax_rates_in_force


@output
class TaxQueries:
    """Questions about tax."""

    @resolved
    async def tax_rates(self, info: Info, on: date | None = None, jurisdiction: str | None = None) -> list[TaxRate]:
        """The rates that hold on a day (today, unless said otherwise), by jurisdiction and category."""
        day = on or today(info.context.services.clock)
        rates = await info.context.ask(tax_rates_in_force, on=day, jurisdiction=jurisdiction)
        return [tax_rate_of(rate) for rate in rates]
