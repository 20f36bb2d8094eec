"""What adopting tax rates would change: the new rates, and those that would end, by the rule that adopts them."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.events.tax import TaxRatesAdopted
from backend.journal.codec import Recorded
from backend.read.issuers.adopting import COLUMNS, rate_of
from backend.read.query import query
from backend.read.where import Where
from backend.rules.tax import TaxMatrix
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.tax import TaxRate


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange:
    """`after` is the rate as it would be. `before` is the same rate as it is; None for one that is new."""

    before: TaxRate | None
    after: TaxRate


@query(Capability.TAX_MANAGE)
async def rate_changes(
    connection: ReadConnection, reader: Reader, *, rates: tuple[TaxRate, ...] = ()
) -> tuple[RateChange, ...]:
    """What would be different with `rates`, which the write side would adopt: by jurisdiction, category and day."""
    where = Where(reader, "issuers").add("jurisdiction = ANY(%b)", [rate.jurisdiction for rate in rates])
    found = await connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM read_issuers_tax_rates WHERE {where.sql}".encode(), where.parameters
    )
    before = {_key(rate): rate for rate in (rate_of(row) for row in await found.fetchall())}
    after = TaxMatrix(tuple(before.values())).adopt_all(rates)
    changes = (RateChange(before=before.get(_key(rate)), after=rate) for rate in after.rates)
    return tuple(sorted((each for each in changes if each.before != each.after), key=lambda change: _key(change.after)))


def rates_of(recorded: Sequence[Recorded]) -> tuple[TaxRate, ...]:
    """The rates that a previewed command would have recorded."""
    return next(each.event.rates for each in recorded if isinstance(each.event, TaxRatesAdopted))


def _key(rate: TaxRate) -> tuple[str, str, str]:
    return rate.jurisdiction, rate.category, rate.valid_from.isoformat()
