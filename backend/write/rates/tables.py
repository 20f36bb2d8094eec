"""ECB reference rates as published: the same facts for every tenant, so they belong to none."""

from sqlalchemy import Column, Date, Numeric, Table, Text

from backend.runtime.tables import metadata

reference_rates: Table = Table(
    "reference_rates",
    metadata,
    Column("currency", Text, primary_key=True),
    Column("published_on", Date, primary_key=True),
    # Units of `currency` for one euro.
    Column("per_euro", Numeric, nullable=False),
    info={"tenant": False, "privileges": ("SELECT", "INSERT")},
)
