"""Goals `gate`, `page` and `memory`: one web process under load, against what the same process could answer at best."""

from typing import Final

import msgspec
import psycopg

from backend.bench.bench import Bench
from backend.bench.goals import GATE, GATE_P99, MEMORY, PAGE, Outcome, Round
from backend.bench.load import Load, Request, answer_of, load
from backend.bench.running import issue_all
from backend.bench.web import STATIC_BYTES, STATIC_PATH, STORED_PATH
from backend.bench.web_process import WebProcess, web_process
from backend.bench.world import BenchTenant, a_run, a_tenant, a_token, members
from backend.read.catch_up import catch_up
from backend.runtime.settings import Settings
from backend.values.identifiers import DebtorId, TenantId

CONNECTIONS: Final = 8
PAGE_SIZE: Final = 50
MEMORY_MB: Final = 110
_MONEY: Final = ("net", "tax", "total", "open", "credited")
_FIELDS: Final = (
    "id number type status documentState paymentState deliveryState overdue season language issuerId issuerName"
    " debtorId debtorName debtorReference runId issuedOn dueOn currency draftVersion pdfUrl "
    + " ".join(f"{name} {{ amountMinor currency }}" for name in _MONEY)
)
QUERY: Final = f"query Page {{ invoices(first: {PAGE_SIZE}) {{ edges {{ node {{ {_FIELDS} }} }} }} }}"


async def measure_web(bench: Bench) -> tuple[Outcome, ...]:
    """A tenant with open invoices, and one web process that is asked about them."""
    tenant = await a_tenant(bench.services)
    count = bench.size(1_000, 300)
    bench.tell(f"web: a tenant with {count} invoices")
    debtors = await members(tenant, count)
    await issue_all(tenant, await a_run(tenant, debtors), count)
    await catch_up(bench.services.database, bench.services.keyring, tenant.tenant_id)
    token = await a_token(tenant)
    async with web_process(bench.services.settings) as web:
        gate = await _gate(bench, web, debtors[0], token)
        page = await _page(bench, web, tenant, token)
        resident = web.resident_mb
    return (*gate, page, Outcome(goal=MEMORY, rounds=(Round(figure=resident, floor=MEMORY_MB),)))


async def _gate(bench: Bench, web: WebProcess, debtor: DebtorId, token: str) -> tuple[Outcome, Outcome]:
    static = Request(port=web.port, path=STATIC_PATH, headers={})
    gate = Request(port=web.port, path=f"/api/v1/debts/check/{debtor}", headers={"authorization": f"Bearer {token}"})
    answer = await answer_of(gate)
    speed, latency = [], []
    for floor, figure in await _rounds(bench, "gate", static, gate):
        speed.append(Round(figure=figure.per_second, floor=floor.per_second))
        latency.append(Round(figure=figure.p99_ms, floor=floor.p99_ms))
    remark = f"answers of {len(answer)} and {STATIC_BYTES} bytes, {CONNECTIONS} connections"
    return (Outcome(goal=GATE, rounds=tuple(speed), remarks=(remark,)), Outcome(goal=GATE_P99, rounds=tuple(latency)))


async def _page(bench: Bench, web: WebProcess, tenant: BenchTenant, token: str) -> Outcome:
    headers = {"authorization": f"Bearer {token}"}
    asked = Request(port=web.port, path="/graphql", headers=headers, body=msgspec.json.encode({"query": QUERY}))
    answer = await answer_of(asked)
    nodes = msgspec.json.decode(answer)["data"]["invoices"]["edges"]
    leaves = sum(2 if isinstance(value, dict) else 1 for edge in nodes for value in edge["node"].values())
    await _store(bench.services.settings, tenant.tenant_id, answer)
    stored = Request(port=web.port, path=STORED_PATH, headers=headers)
    rounds = [
        Round(figure=figure.per_second, floor=floor.per_second)
        for floor, figure in await _rounds(bench, "page", stored, asked)
    ]
    return Outcome(
        goal=PAGE, rounds=tuple(rounds), remarks=(f"{len(nodes)} invoices, {leaves} leaves, {len(answer)} bytes",)
    )


async def _rounds(bench: Bench, name: str, floor: Request, figure: Request) -> list[tuple[Load, Load]]:
    """Loads of the floor and of the figure, one after the other, after a warm-up of both."""
    for request in (floor, figure):
        await load(request, connections=CONNECTIONS, seconds=1.0)
    found = []
    rounds, seconds = bench.size(3, 2), 2.5 if not bench.quick else 1.2
    for number in range(rounds):
        bench.tell(f"{name}: round {number + 1} of {rounds}")
        found.append(
            (
                await load(floor, connections=CONNECTIONS, seconds=seconds),
                await load(figure, connections=CONNECTIONS, seconds=seconds),
            )
        )
    return found


async def _store(settings: Settings, tenant_id: TenantId, answer: bytes) -> None:
    """Keep the answer in a table with the walls of every tenant table."""
    async with await psycopg.AsyncConnection.connect(settings.owner_database_url) as owner:
        for statement in (
            b"CREATE TABLE bench_answers (tenant_id uuid PRIMARY KEY, answer bytea NOT NULL)",
            b"ALTER TABLE bench_answers ENABLE ROW LEVEL SECURITY",
            b"ALTER TABLE bench_answers FORCE ROW LEVEL SECURITY",
            b"CREATE POLICY tenant ON bench_answers TO carreau_app"
            b" USING (tenant_id = current_setting('app.tenant_id')::uuid)",
            b"GRANT SELECT ON bench_answers TO carreau_app",
        ):
            await owner.execute(statement)
        await owner.execute(b"INSERT INTO bench_answers VALUES (%b, %b)", (tenant_id, answer))
