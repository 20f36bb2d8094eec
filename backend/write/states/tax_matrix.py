"""A tenant's tax matrix as an aggregate."""

from typing import Any, Final

from backend.events.tax import TaxRatesAdopted
from backend.rules.tax import TaxMatrix
from backend.values.identifiers import StreamId, TenantId, tenant_stream
from backend.write.states.aggregate import Aggregate


def evolve(matrix: TaxMatrix | None, event: Any) -> TaxMatrix | None:
    """One fold over the tenant's tax stream: each adopted rate closes its open predecessor."""
    match event:
        case TaxRatesAdopted():
            return (matrix or TaxMatrix()).adopt_all(event.rates)
        case _:
            return matrix


TAX_MATRIX: Final = Aggregate[TaxMatrix]("tax matrix", evolve)


def tax_stream(tenant_id: TenantId) -> StreamId:
    """The stream of the tenant's tax matrix."""
    return tenant_stream(tenant_id, "tax")
