"""A tenant's tax matrix: which rates it may charge by, one per jurisdiction, category and day."""

from dataclasses import dataclass
from typing import Final

from backend.events.tax import TaxRatesAdopted
from backend.rules.tax import OverlappingTaxRates, TaxMatrix
from backend.rules.totals import InvalidLine, exact_ratio
from backend.tenants.capabilities import Capability
from backend.values.tax import TaxRate
from backend.values.why import Why
from backend.write.command import command
from backend.write.parties import country
from backend.write.refusal import InvalidValue, Refusal, RefusalCode
from backend.write.states.tax_matrix import TAX_MATRIX, tax_stream
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptTaxRates:
    """Charge tax by these rates as well. A later rate closes the open-ended one before it."""

    rates: tuple[TaxRate, ...]


class TaxRatesOverlap(Refusal):
    """Two rates of one jurisdiction and category would be in force on the same day (S000-28)."""

    code = RefusalCode.TAX_RATES_OVERLAP
    status = 409


# All rates of all countries of the EU since 2007 are a hundred and fifty.
MAX_RATES: Final = 500
MAX_MATRIX: Final = 5_000
MAX_RATE_CODE: Final = 40
MAX_LAW: Final = 300


def adopt(matrix: TaxMatrix, rates: tuple[TaxRate, ...]) -> TaxRatesAdopted:
    """The rates, none of which contradicts the matrix or another of them."""
    if not 1 <= len(rates) <= MAX_RATES:
        raise InvalidValue(Why.WRONG_COUNT, lowest=1, highest=MAX_RATES, path=("rates",))
    if len(matrix.rates) + len(rates) > MAX_MATRIX:
        raise InvalidValue(Why.TOO_MANY, limit=MAX_MATRIX, path=("rates",))
    for index, rate in enumerate(rates):
        _check(rate, index)
        try:
            matrix = matrix.adopt(rate)
        except OverlappingTaxRates as overlap:
            raise TaxRatesOverlap(
                f"{overlap}: a rate begins after the last one with a known end", path=("rates", index)
            ) from None
    return TaxRatesAdopted(rates=rates)


def _check(rate: TaxRate, index: int) -> None:
    path = ("rates", index)
    country(rate.jurisdiction, path=(*path, "jurisdiction"))
    one_line(rate.code, MAX_RATE_CODE, path=(*path, "code"))
    one_line(rate.source, MAX_LAW, path=(*path, "source"))
    one_line(rate.exemption_reason, MAX_LAW, path=(*path, "exemptionReason"), required=False)
    one_line(rate.exemption_code, MAX_RATE_CODE, path=(*path, "exemptionCode"), required=False)
    try:
        exact_ratio(rate.percent)
    except InvalidLine as wrong:
        raise InvalidValue.by_rule(wrong, path=(*path, "percent")) from None


@command(Capability.TAX_MANAGE)
async def adopt_tax_rates(command: AdoptTaxRates, work: UnitOfWork) -> None:
    """Load the tenant's tax matrix, and record the rates it adopts."""
    work.authorise(None)
    matrix = await work.load(TAX_MATRIX, tax_stream(work.tenant_id)) or TaxMatrix()
    adopted = adopt(matrix, command.rates)
    work.record(tax_stream(work.tenant_id), adopted)
    work.answer = {"adopted": len(adopted.rates)}


async def tax_matrix(work: UnitOfWork) -> TaxMatrix:
    """The tenant's matrix; an empty one, which determines nothing, where it never adopted any rate."""
    return await work.load(TAX_MATRIX, tax_stream(work.tenant_id)) or TaxMatrix(rates=())
