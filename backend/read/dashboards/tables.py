"""What was issued, credited, collected and left open, rolled up by day, month and year; and who was billed most."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Text, Uuid

from backend.read.rollup import rollup
from backend.runtime.tables import read_table

# Net and tax stand on the issue date, credits on that of the credit note, `collected_minor` on the day the money came,
# `open_minor` on the day the open balance changed.
flows: Final = rollup(
    "read_dashboards_flows",
    Column("issuer_id", Uuid, nullable=False),
    Column("currency", Text, nullable=False),
    Column("season", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    measures=(
        "issued_count",
        "net_minor",
        "tax_minor",
        "credited_net_minor",
        "credited_tax_minor",
        "collected_minor",
        "open_minor",
    ),
)

# `whole` rows are a debtor's sums over all org nodes, under the nil UUID: what an unlimited reach ranks by index.
debtors: Final = read_table(
    "read_dashboards_debtors",
    Column("whole", Boolean, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    Column("currency", Text, nullable=False),
    Column("issuer_org_node_id", Uuid, nullable=False),
    Column("debtor_org_node_id", Uuid, nullable=False),
    Column("invoices", BigInteger, nullable=False),
    Column("billed_minor", BigInteger, nullable=False),
    Column("open_minor", BigInteger, nullable=False),
    key=("whole", "debtor_id", "currency", "issuer_org_node_id", "debtor_org_node_id"),
)
_c = debtors.c
Index(
    "read_dashboards_debtors_billed",
    _c.tenant_id,
    _c.generation,
    _c.currency,
    _c.billed_minor,
    _c.debtor_id,
    postgresql_where=_c.whole,
)
Index(
    "read_dashboards_debtors_open",
    _c.tenant_id,
    _c.generation,
    _c.currency,
    _c.open_minor,
    _c.debtor_id,
    postgresql_where=_c.whole,
)
