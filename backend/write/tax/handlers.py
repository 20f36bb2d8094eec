"""The handler of the tax matrix: load, authorise, decide, record."""

from backend.rules.tax import TaxMatrix
from backend.write.tax.commands import AdoptTaxRates
from backend.write.tax.decisions import adopt
from backend.write.tax.matrix import TAX_MATRIX, tax_stream
from backend.write.unit_of_work import UnitOfWork


async def adopt_tax_rates(command: AdoptTaxRates, work: UnitOfWork) -> None:
    work.authorise(None)
    matrix = await work.load(TAX_MATRIX, tax_stream(work.tenant_id)) or TaxMatrix()
    adopted = adopt(matrix, command.rates)
    work.record(tax_stream(work.tenant_id), adopted)
    work.answer = {"rates": len(adopted.rates)}
