"""Issuers as they are now, their seasons and templates, the numbers every series has given out, the tax rates."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, Numeric, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from backend.runtime.tables import read_table

issuers: Final = read_table(
    "read_issuers",
    Column("issuer_id", Uuid, nullable=False),
    Column("issuer_type", Text, nullable=False),
    Column("issuer_tenant_id", Uuid, nullable=False),
    Column("issuer_org_node_id", Uuid),
    Column("identity", JSONB, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("accounting_currency", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("terms_days", Integer, nullable=False),
    Column("exempt_sport", Boolean, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("first_number", BigInteger, nullable=False),
    Column("account", JSONB),
    Column("auto_delivery", Boolean, nullable=False),
    key=("issuer_id",),
)

seasons: Final = read_table(
    "read_issuers_seasons",
    Column("issuer_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    key=("issuer_id", "code"),
)

templates: Final = read_table(
    "read_issuers_templates",
    Column("template_id", Uuid, nullable=False),
    Column("issuer_id", Uuid),
    Column("name", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_default", Boolean, nullable=False),
    Column("content", JSONB, nullable=False),
    key=("template_id",),
)

# One row per series; `issuer_id` is null for credit notes, which all issuers of a tenant number together.
series: Final = read_table(
    "read_issuers_series",
    Column("series", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("issuer_id", Uuid),
    Column("season", Text, nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("first_sequence", BigInteger, nullable=False),
    Column("last_sequence", BigInteger, nullable=False),
    Column("first_document", Text, nullable=False),
    Column("last_document", Text, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    # How often a document was dated before the one numbered just before it.
    Column("dated_back", BigInteger, nullable=False),
    # How many of its invoices were cancelled since: their numbers stay taken.
    Column("cancelled", BigInteger, nullable=False),
    key=("series",),
)

tax_rates: Final = read_table(
    "read_issuers_tax_rates",
    Column("jurisdiction", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("code", Text, nullable=False),
    Column("percent", Numeric, nullable=False),
    Column("en16931", Text, nullable=False),
    Column("exemption_reason", Text, nullable=False),
    Column("exemption_code", Text, nullable=False),
    Column("source", Text, nullable=False),
    key=("jurisdiction", "category", "valid_from"),
)

TABLES: Final[tuple[Table, ...]] = (issuers, seasons, templates, series, tax_rates)
