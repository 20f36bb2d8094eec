"""The tenant's tax matrix as rows, folded by the very rule that the write side decides with."""

from collections.abc import Sequence
from typing import Any, Final

from backend.events.tax import TaxRatesAdopted
from backend.read.issuers.tables import tax_rates
from backend.read.projection import Target, key_of
from backend.rules.tax import TaxMatrix
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.values.tax import TaxRate

COLUMNS: Final = (
    "code",
    "jurisdiction",
    "category",
    "percent",
    "en16931",
    "valid_from",
    "valid_to",
    "exemption_reason",
    "exemption_code",
    "source",
)


async def adopt_rates(connection: Connection, target: Target, events: Sequence[TaxRatesAdopted]) -> None:
    """Each adopted rate closes its open predecessor. A matrix is small, so all of it is read and written."""
    if not events:
        return
    key = key_of(target)
    found = await connection.execute(
        "DELETE FROM read_issuers_tax_rates WHERE tenant_id = %b AND generation = %b"
        f" RETURNING {', '.join(COLUMNS)}".encode(),
        key,
    )
    matrix = TaxMatrix(tuple(rate_of(row) for row in await found.fetchall()))
    for event in events:
        for rate in event.rates:
            matrix = matrix.adopt(rate)
    await insert_rows(
        connection,
        tax_rates,
        ("tenant_id", "generation", *COLUMNS),
        [(*key, *(getattr(rate, column) for column in COLUMNS)) for rate in matrix.rates],
    )


def rate_of(row: tuple[Any, ...]) -> TaxRate:
    """The rate of a row with `COLUMNS`."""
    return TaxRate(**dict(zip(COLUMNS, row, strict=True)))
