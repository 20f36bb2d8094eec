"""ECB reference rates as published: the same facts for every tenant, so they belong to none.

Decisions read them as they read inline tables; their rows come from the ECB's feed and from no event.
"""

from typing import Final

from sqlalchemy import Column, Date, Numeric, Table, Text

from backend.runtime.tables import metadata

ECB: Final = "ECB"

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
