"""What happens to a tenant's tax matrix."""

from backend.events.event import event
from backend.values.tax import TaxRate


@event("tax-rates-adopted")
class TaxRatesAdopted:
    """The tenant charges tax by these rates. Later rates for a jurisdiction and category close the earlier ones."""

    rates: tuple[TaxRate, ...]
