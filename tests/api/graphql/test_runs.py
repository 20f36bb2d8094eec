"""Runs over GraphQL: start by ids or by member numbers, outcomes, and their progress while it happens."""

from typing import Any
from uuid import UUID, uuid4

from starlette.applications import Starlette

from backend.api.graphql.identifiers import decoded, encoded
from backend.services import Services
from backend.tenants.capabilities import Role
from backend.values.identifiers import DebtorId, RunId
from backend.write.execute import execute
from backend.write.renewals.issue_chunk import IssueRunChunk
from tests.api.caller import Caller, a_caller
from tests.api.graphql.live import a_connection
from tests.api.rest.given import caught_up
from tests.given.federation import Federation

START = (
    "mutation S($input: StartRunInput!) { startRenewalRun(input: $input) { __typename ... on StartRunSuccess { replayed"
    " run { id state members issued refused total { decimal } components { code amount } } }"
    " ... on Refused { code path } } }"
)
PROGRESS = (
    "subscription P($id: ID!) { runProgress(runId: $id) { state members chunksDone issued refused total { decimal } } }"
)


def asked(federation: Federation, **more: Any) -> dict[str, Any]:
    return {
        "issuerId": encoded("Issuer", federation.issuer_id),
        "season": "2026",
        "idempotencyKey": str(uuid4()),
        "feeComponents": [{"name": "Licens", "amount": "320", "recipientType": "federation"}],
        **more,
    }


async def started(admin: Caller, federation: Federation, debtors: tuple[DebtorId, ...]) -> str:
    said = asked(federation, debtorIds=[encoded("Debtor", each) for each in debtors])
    run_id: str = (await admin.ask(START, input=said))["startRenewalRun"]["run"]["id"]
    return run_id


async def one_chunk(services: Services, federation: Federation, run_id: str) -> None:
    """What a worker would do."""
    command = IssueRunChunk(run_id=RunId(decoded(run_id)[1]), chunk=0)
    await execute(services.write, federation.system, command)


async def test_a_run_and_its_outcomes(admin: Caller, services: Services, federation: Federation) -> None:
    """S002-6, S002-24: one invoice for each member; outcomes are asked for page by page."""
    debtors = await federation.members(3)
    run_id = await started(admin, federation, debtors)
    await one_chunk(services, federation, run_id)
    await admin.ask("{ invoiceCounts { count } }")
    await services.doorbell.ring(federation.tenant_id)
    again = asked(federation, debtorIds=[encoded("Debtor", debtors[0])])
    second = (await admin.ask(START, input=again))["startRenewalRun"]["run"]["id"]
    await one_chunk(services, federation, second)
    # Any command of the tenant folds what the workers recorded.
    third = asked(federation, debtorIds=[encoded("Debtor", await federation.a_member())])
    await admin.ask(START, input=third)
    query = (
        "query R($id: ID!) { run(id: $id) { state issued refused outcomes(first: 10) { edges { node { outcome number"
        " code total { decimal } debtorId } } } } runOutcomes(runId: $id, outcome: REFUSED) { edges { node { code } } }"
        ' runs(season: "2026") { edges { node { id } } } }'
    )
    found = await admin.ask(query, id=run_id)
    assert (found["run"]["state"], found["run"]["issued"], found["run"]["refused"]) == ("COMPLETED", 3, 0)
    outcomes = [edge["node"] for edge in found["run"]["outcomes"]["edges"]]
    assert [each["number"][-1] for each in outcomes] == ["1", "2", "3"]
    assert outcomes[0]["total"]["decimal"] == "400.00"
    refused = await admin.ask(query, id=second)
    assert refused["runOutcomes"]["edges"][0]["node"]["code"] in ("ALREADY_BILLED", "RENEWAL_BLOCKED_BY_DEBT")
    assert [edge["node"]["id"] for edge in found["runs"]["edges"]][1:] == [second, run_id]


async def test_members_by_their_numbers(admin: Caller, federation: Federation) -> None:
    """S002-7: a run may name members by number; every unknown one is named in the answer."""
    query = "query D($id: ID!) { debtor(id: $id) { reference } }"
    # A draft for each makes the read side know them.
    debtor = await federation.a_member()
    await admin.ask(START, input=asked(federation, debtorIds=[encoded("Debtor", debtor)]))
    reference = (await admin.ask(query, id=encoded("Debtor", debtor)))["debtor"]["reference"]
    run = (await admin.ask(START, input=asked(federation, references=[reference])))["startRenewalRun"]
    assert run["run"]["members"] == 1
    answer = await admin.post(START, {"input": asked(federation, references=[reference, "nobody", "none"])})
    faults = answer["errors"][0]["extensions"]["faults"]
    assert [fault["path"] for fault in faults] == [["references", 1], ["references", 2]]
    for wrong in ({}, {"references": [reference], "debtorIds": []}):
        answer = await admin.post(START, {"input": asked(federation, **wrong)})
        assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    empty = (await admin.ask(START, input=asked(federation, debtorIds=[])))["startRenewalRun"]
    assert (empty["code"], empty["path"]) == ("INVALID_VALUE", ["debtorIds"])


async def test_progress_while_it_happens(
    app: Starlette, admin: Caller, services: Services, federation: Federation
) -> None:
    """S002-24: the row at once, again after each change, and the end when the run is completed."""
    run_id = await started(admin, federation, await federation.members(2))
    async with a_connection(app) as live:
        assert (await live.introduce(admin.token))["type"] == "connection_ack"
        await live.subscribe(PROGRESS, id=run_id)
        first = (await live.heard())["payload"]["data"]["runProgress"]
        assert (first["state"], first["issued"]) == ("RUNNING", 0)
        await one_chunk(services, federation, run_id)
        second = (await live.heard())["payload"]["data"]["runProgress"]
        assert second == {
            "state": "COMPLETED",
            "members": 2,
            "chunksDone": 1,
            "issued": 2,
            "refused": 0,
            "total": {"decimal": "800.00"},
        }
        assert (await live.heard())["type"] == "complete"


async def test_a_revoked_token_ends_the_stream(
    app: Starlette, admin: Caller, services: Services, federation: Federation
) -> None:
    """Architecture 8: authorised at every yield."""
    run_id = await started(admin, federation, await federation.members(1))
    async with a_connection(app) as live:
        await live.introduce(admin.token)
        await live.subscribe(PROGRESS, id=run_id)
        await live.heard()
        async with services.database.scope(federation.tenant_id) as connection:
            await connection.execute(
                "DELETE FROM grants WHERE tenant_id = %s AND user_id = %s", (federation.tenant_id, admin.user_id)
            )
        ended = await live.heard()
        assert ended["payload"]["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        assert (await live.heard())["type"] == "complete"


async def test_a_stranger_sees_no_progress(
    app: Starlette, admin: Caller, stranger: Caller, federation: Federation
) -> None:
    """C36: for another tenant, and for another part of the tree, the run is not there."""
    run_id = await started(admin, federation, await federation.members(1))
    elsewhere = await a_caller(app, federation, Role.CLUB_ADMIN, node=federation.club)
    for caller in (stranger, elsewhere):
        async with a_connection(app) as live:
            await live.introduce(caller.token)
            await live.subscribe(PROGRESS, id=run_id)
            assert (await live.heard())["payload"]["data"] == {"runProgress": None}
            assert (await live.heard())["type"] == "complete"


async def test_who_may_connect(app: Starlette, admin: Caller) -> None:
    """E.1: no token, no connection; no other origin; nothing but subscriptions."""
    async with a_connection(app) as live:
        assert await live.introduce("car_nonsense") == {"closed": 4403}
    async with a_connection(app, origin="https://evil.example") as live:
        assert (await live.heard())["closed"] == 1008
    async with a_connection(app) as live:
        await live.introduce(admin.token)
        await live.subscribe("{ invoiceCounts { count } }")
        assert (await live.heard())["type"] == "error"
        await live.subscribe('subscription { runProgress(runId: "x") { nothing } }')
        assert "nothing" in (await live.heard())["payload"][0]["message"]
    assert isinstance(admin.user_id, UUID)


FORECAST = (
    "query F($input: StartRunInput!) { previewRun(input: $input) { __typename ... on RunForecast { members season"
    " invoices net { decimal } tax { decimal } total { decimal } refused { code count } refusals { row code } }"
    " ... on Refused { code path } } }"
)


async def test_a_forecast_says_what_the_run_would_come_to(
    admin: Caller, services: Services, federation: Federation
) -> None:
    """S002-6, S002-44: sums, who is blocked or billed already, by row; nothing is written, and the run then agrees."""
    debtors = await federation.members(3)
    first = await started(admin, federation, debtors[:1])
    await one_chunk(services, federation, first)
    await caught_up(federation)
    before = await position(services, federation)
    said = asked(federation, debtorIds=[encoded("Debtor", each) for each in debtors])
    found = (await admin.ask(FORECAST, input=said))["previewRun"]
    assert (found["members"], found["invoices"], found["season"]) == (3, 2, "2026")
    assert [found[name]["decimal"] for name in ("net", "tax", "total")] == ["640.00", "160.00", "800.00"]
    assert found["refused"] == [{"code": "ALREADY_BILLED", "count": 1}]
    assert found["refusals"] == [{"row": 1, "code": "ALREADY_BILLED"}]
    assert await position(services, federation) == before
    run = (await admin.ask(START, input=said))["startRenewalRun"]["run"]["id"]
    await one_chunk(services, federation, run)
    await caught_up(federation)
    query = "query R($id: ID!) { run(id: $id) { issued refused total { decimal } } }"
    done = (await admin.ask(query, id=run))["run"]
    assert done == {"issued": 2, "refused": 1, "total": {"decimal": "800.00"}}


async def test_a_forecast_names_numbers_that_nobody_has(admin: Caller, federation: Federation) -> None:
    """Issue 2 item 4: by row, beside the sums of the others; what could not start at all is refused as the start is."""
    await federation.a_member()
    await caught_up(federation)
    member = (await admin.ask("{ debtors(first: 1) { edges { node { reference } } } }"))["debtors"]["edges"][0]["node"]
    said = asked(federation, references=["NOBODY-1", member["reference"]])
    found = (await admin.ask(FORECAST, input=said))["previewRun"]
    assert (found["invoices"], found["refusals"]) == (1, [{"row": 1, "code": "NOT_FOUND"}])
    refused = (await admin.ask(FORECAST, input=said | {"season": "1999"}))["previewRun"]
    assert refused["code"] == "SEASON_UNKNOWN"


async def test_a_club_admin_forecasts_nothing(app: Starlette, federation: Federation) -> None:
    """Architecture 8: the forecast needs the right to start the run."""
    club = await a_caller(app, federation, Role.CLUB_ADMIN, node=federation.club)
    said = asked(federation, debtorIds=[encoded("Debtor", await federation.a_member())])
    answer = await club.post(FORECAST, {"input": said})
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def position(services: Services, federation: Federation) -> int:
    async with services.database.scope(federation.tenant_id) as connection:
        row = await (await connection.execute("SELECT sum(position) FROM journal_heads")).fetchone()
    assert row is not None
    return int(row[0])
