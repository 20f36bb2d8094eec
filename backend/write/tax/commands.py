"""What somebody may want of the tax matrix."""

from dataclasses import dataclass

from backend.rules.tax import TaxRate


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptTaxRates:
    """Charge tax by these rates as well. A later rate closes the open-ended one before it."""

    rates: tuple[TaxRate, ...]
