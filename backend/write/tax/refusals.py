"""Why a tax rate cannot be adopted."""

from backend.write.refusal import Refusal, RefusalCode


class TaxRatesOverlap(Refusal):
    """Two rates of one jurisdiction and category would be in force on the same day (S000-28)."""

    code = RefusalCode.TAX_RATES_OVERLAP
    status = 409
