"""Goal `aging`: the report over a million open invoices, from the roll-up and by live SQL over the entries.

The rows are made by SQL, because a journal of a million invoices would take the whole time of the bench.
"""

from datetime import date
from time import perf_counter
from typing import Final
from uuid import uuid4

import psycopg

from backend.bench.bench import Bench
from backend.bench.goals import AGING, Outcome, Round
from backend.read.receivables.buckets import bucket_parameters, bucket_sums
from backend.read.receivables.queries import aging_report
from backend.tenants.actor import Reader
from backend.values.identifiers import TenantId

NODES: Final = 40
DAYS: Final = 400
# Spread evenly over nodes and days; every invoice is due thirty days after it was issued.
_ENTRIES: Final = f"""
INSERT INTO read_receivables_entries (tenant_id, generation, position, seq, kind, invoice_id, invoice_number, document,
  debtor_id, issuer_id, issuer_org_node_id, debtor_org_node_id, currency, issued_on, due_on, booked_on, effective_on,
  amount_minor, open_delta)
SELECT %(tenant)s, 1, n, 0, 'invoice', gen_random_uuid(), 'FAKTURA-' || n, '', md5('debtor' || n %% 200000)::uuid,
  %(issuer)s, md5('node' || n %% {NODES})::uuid, md5('node' || n %% {NODES})::uuid, 'SEK', d.day, d.day + 30, d.day,
  d.day, 40000 + n %% 1000, 40000 + n %% 1000
FROM generate_series(1, %(count)s) AS n, LATERAL (SELECT %(today)s::date - n / {NODES} %% {DAYS} AS day) AS d
"""
# What the projector adds to, as `rollup.py` lays it out, for the one side that these rows have.
_ROLLUP: Final = """
INSERT INTO read_receivables_open (tenant_id, generation, side, span, period, node_id, issuer_node_id, issuer_id,
  currency, due_on, open_minor, open_count)
SELECT tenant_id, generation, 'issuer', span, date_trunc(span, effective_on)::date, issuer_org_node_id,
  issuer_org_node_id, issuer_id, currency, due_on, sum(open_delta), count(*)
FROM read_receivables_entries, unnest(ARRAY['day', 'month', 'year']) AS span WHERE tenant_id = %(tenant)s
GROUP BY tenant_id, generation, span, date_trunc(span, effective_on), issuer_org_node_id, issuer_id, currency, due_on
"""


# The quickest a database can be asked without a roll-up: one pass over the entries, no invoice told from another.
_LIVE: Final = (
    f"SELECT currency, {bucket_sums('open_delta', '1')} FROM read_receivables_entries"
    " WHERE tenant_id = %b AND generation = 1 AND effective_on <= %b GROUP BY currency"
).encode()
REPORTS: Final = 20


async def measure_aging(bench: Bench) -> tuple[Outcome, ...]:
    """Rounds of both; they must agree to the last öre."""
    count = bench.size(1_000_000, 100_000)
    bench.tell(f"aging: {count} open invoices")
    tenant_id, today, rounds = TenantId(uuid4()), bench.services.clock.now().date(), []
    await _make(bench.services.settings.owner_database_url, tenant_id, count, today)
    reader = Reader(tenant_id=tenant_id)
    for number in range(bench.size(4, 3)):
        bench.tell(f"aging: round {number + 1}")
        async with bench.services.database.snapshot(tenant_id) as connection:
            report = await aging_report(connection, reader, as_of=today)
            began = perf_counter()
            found = await connection.execute(_LIVE, [*bucket_parameters(today), tenant_id, today])
            (_, *sums), *_ = await found.fetchall()
            live = perf_counter() - began
            assert [*report.rows[0].minor, *report.rows[0].invoices, report.rows[0].overdue_minor] == sums
            began = perf_counter()
            for _ in range(REPORTS):
                await aging_report(connection, reader, as_of=today)
            rounds.append(Round(figure=REPORTS / (perf_counter() - began), floor=1 / live))
    remark = f"{count} open invoices of {NODES} nodes over {DAYS} days"
    return (Outcome(goal=AGING, rounds=tuple(rounds), remarks=(remark,)),)


async def _make(owner_url: str, tenant_id: TenantId, count: int, today: date) -> None:
    said = {"tenant": tenant_id, "issuer": uuid4(), "count": count, "today": today}
    async with await psycopg.AsyncConnection.connect(owner_url, autocommit=True) as owner:
        # Only for the making of the rows, which nobody measures.
        await owner.execute("SET synchronous_commit = off")
        await owner.execute(_ENTRIES, said)
        await owner.execute(_ROLLUP, said)
        await owner.execute(
            "INSERT INTO checkpoints (tenant_id, projection, generation, book, position, live)"
            " VALUES (%s, 'receivables', 1, 'money', %s, true)",
            (tenant_id, count),
        )
        await owner.execute("VACUUM ANALYZE read_receivables_entries, read_receivables_open")
