import time, cProfile, pstats
from backend.api.graphql.identifiers import encoded
from backend.values.identifiers import RunId
from backend.write.execute import execute
from backend.write.renewals.commands import *
from decimal import Decimal
from backend.read.catch_up import catch_up
Q = """query L($after: String) { invoices(first: 50, after: $after) { edges { cursor node { id number status debtorName debtorReference issuedOn dueOn currency
 total { amountMinor currency decimal } open { amountMinor currency } overdue paymentState deliveryState availableActions { action allowed reason } } } pageInfo { hasNextPage endCursor } } }"""
S = """{ invoices(first: 50) { edges { node { id number status debtorName dueOn total { amountMinor currency } open { amountMinor } } } pageInfo { hasNextPage endCursor } } }"""
async def test_speed(admin, services, federation):
    debtors = await federation.members(250)
    run_id = RunId(services.write.new_id())
    await execute(services.write, federation.system, StartRun(run_id=run_id, issuer_id=federation.issuer_id, kind="licence_renewal", components=(WantedComponent(name="L", amount=Decimal(100)),), debtors=debtors))
    await execute(services.write, federation.system, IssueRunChunk(run_id=run_id, chunk=0))
    await catch_up(services.database, services.keyring, federation.tenant_id)
    import logging; logging.disable(logging.CRITICAL)
    async with admin.client() as client:
        for name, q in (("full", Q), ("slim", S), ("nothing", "{ __typename }"), ("debtors", "{ invoices(first: 50) { edges { node { number debtor { name } } } } }")):
            for _ in range(5): r = await client.post("/graphql", json={"query": q})
            assert "errors" not in r.json(), r.text
            n = 60; t = time.perf_counter()
            for _ in range(n): r = await client.post("/graphql", json={"query": q})
            dt = time.perf_counter() - t
            print("SPEED", name, f"{dt/n*1000:.1f} ms", r.json().get("extensions"), len(r.content))
        p = cProfile.Profile(); p.enable()
        for _ in range(60): await client.post("/graphql", json={"query": Q})
        p.disable(); pstats.Stats(p).sort_stats("tottime").print_stats(32)
