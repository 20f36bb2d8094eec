"""ECB reference rates as published: the same facts for every tenant, so they belong to none.

Decisions read them as they read inline tables; their rows come from the ECB's feed and from no event.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import Column, Date, Numeric, Table, Text

from backend.rules.reference_rate import ECB, EUR, MAX_AGE_DAYS, Publication
from backend.runtime.database import Asked, Connection
from backend.runtime.tables import metadata

_MAX_AGE: Final = timedelta(days=MAX_AGE_DAYS)

# Rows are only ever added. Where a day has both a real publication and the demo's copy of an older one, the real one
# counts; an invoice says on paper which of the two it was.
reference_rates: Table = Table(
    "reference_rates",
    metadata,
    Column("currency", Text, primary_key=True),
    Column("published_on", Date, primary_key=True),
    Column("source", Text, primary_key=True, server_default=ECB),
    # Units of `currency` for one euro.
    Column("per_euro", Numeric, nullable=False),
    info={"tenant": False, "privileges": ("SELECT", "INSERT")},
)


async def ask_for_publications(connection: Connection, currencies: Iterable[str], on: date) -> Asked:
    """Ask for the last publication of each currency up to `on`, and do not wait: `publications_from` reads it."""
    return await connection.execute(
        b"SELECT DISTINCT ON (currency) currency, per_euro, published_on, source FROM reference_rates"
        b" WHERE currency = ANY(%b) AND published_on BETWEEN %b AND %b"
        b" ORDER BY currency, published_on DESC, source <> %b",
        # No day is before the first of the calendar, whatever day somebody asks for.
        (sorted(set(currencies) - {EUR}), max(on, date.min + _MAX_AGE) - _MAX_AGE, on, ECB),
    )


async def publications_from(asked: Asked) -> dict[str, Publication]:
    """By currency. One that was not published in the seven days before is absent."""
    return {
        currency: Publication(currency=currency, per_euro=Decimal(per_euro), published_on=published_on, source=source)
        for currency, per_euro, published_on, source in await asked.fetchall()
    }
