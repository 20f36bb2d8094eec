"""Who owes what, the gate, the dashboards and the books through GraphQL; and how many statements each field costs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from psycopg import AsyncConnection

from backend.api.graphql.identifiers import encoded
from backend.runtime.clock import TravellingClock
from tests.api.caller import Caller
from tests.api.graphql.documents import issued
from tests.given.federation import Federation

AGING = (
    "{ agingReport { asOf rows { currency open { decimal } overdue { decimal }"
    " columns { bucket dueFrom dueTo open { decimal } } } } }"
)


async def test_aging_and_debts(admin: Caller, federation: Federation, clock: TravellingClock) -> None:
    """S000-34: the columns add up, and move with the day."""
    debtor = await federation.a_member()
    await issued(admin, federation, "400", debtor=debtor)
    row = (await admin.ask(AGING))["agingReport"]["rows"][0]
    assert (row["columns"][0]["bucket"], row["columns"][0]["open"]) == ("NOT_DUE", {"decimal": "500.00"})
    assert row["overdue"] == {"decimal": "0.00"}
    clock.advance(timedelta(days=30 + 45))
    row = (await admin.ask(AGING))["agingReport"]["rows"][0]
    column = row["columns"][2]
    assert (column["bucket"], column["open"]) == ("DAYS_31_60", {"decimal": "500.00"})
    # The figure leads to the invoices behind it.
    behind = await admin.ask(
        "query I($from: Date!, $to: Date!) {"
        " invoices(filter: {dueFrom: $from, dueTo: $to, somethingPaid: false}) { edges { node { debtorName } } }"
        " paid: invoices(filter: {somethingPaid: true}) { edges { node { debtorName } } } }",
        **{"from": column["dueFrom"], "to": column["dueTo"]},
    )
    assert [each["node"]["debtorName"] for each in behind["invoices"]["edges"]] == ["Måns Östlund"]
    assert behind["paid"]["edges"] == []
    assert row["overdue"] == row["open"] == {"decimal": "500.00"}
    found = await admin.ask(
        "query D($id: ID!, $a: Date!, $b: Date!) {"
        " debts(onlyOverdue: true) { edges { node { name open { decimal } } } }"
        " agingByDebtor { edges { node { reference rows { invoices } } } }"
        " debtorStatement(debtorId: $id, firstDay: $a, lastDay: $b) { accounts { closing { decimal }"
        " lines { kind invoiceNumber amount { decimal } } } } }",
        id=encoded("Debtor", debtor),
        a="2026-01-01",
        b="2026-12-31",
    )
    assert found["debts"]["edges"][0]["node"] == {"name": "Måns Östlund", "open": {"decimal": "500.00"}}
    assert found["debtorStatement"]["accounts"][0]["closing"] == {"decimal": "500.00"}


async def test_the_gate(admin: Caller, federation: Federation) -> None:
    """S002-44, S002-45: blocked with reasons and what clears it, by id as by number; a softer policy opens it."""
    debtor = await federation.a_member()
    invoice = await issued(admin, federation, "400", debtor=debtor)
    check = (
        "query C($id: ID, $ref: String, $action: GateAction! = LICENCE_RENEWAL) {"
        " debtCheck(debtorId: $id, reference: $ref, action: $action) { blocked journalPosition clearedBy { decimal }"
        " reasons { code invoiceId } policy { version } } }"
    )
    found = (await admin.ask(check, id=encoded("Debtor", debtor)))["debtCheck"]
    assert found["blocked"] is True
    assert found["clearedBy"] == [{"decimal": "500.00"}]
    assert found["reasons"] == [{"code": "INVOICE_OUTSTANDING", "invoiceId": invoice["id"]}]
    listed = await admin.ask("{ debtors { edges { node { reference debtCheck { blocked } } } } }")
    member = listed["debtors"]["edges"][0]["node"]
    assert member["debtCheck"] == {"blocked": True}
    by_number = await admin.ask(check, ref=member["reference"])
    assert by_number["debtCheck"]["blocked"] is True
    soften = (
        "mutation { setGatePolicy(input: {rules: [{action: LICENCE_RENEWAL, overdueOnly: true}]}) {"
        " ... on SetGatePolicySuccess { version } ... on Refused { code path } } }"
    )
    version = (await admin.ask(soften))["setGatePolicy"]["version"]
    found = (await admin.ask(check, id=encoded("Debtor", debtor)))["debtCheck"]
    assert (found["blocked"], found["policy"]["version"]) == (False, version)
    transfer = await admin.ask(check, id=encoded("Debtor", debtor), action="CLUB_TRANSFER")
    assert transfer["debtCheck"]["blocked"] is True
    for wrong in ({}, {"id": encoded("Debtor", debtor), "ref": "x"}):
        answer = await admin.post(check, wrong)
        assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    assert (await admin.ask(check, id=encoded("Debtor", uuid4())))["debtCheck"] is None


async def test_dashboards_and_books_agree(admin: Caller, federation: Federation) -> None:
    """S000-10, E: what the dashboard says is what the ledger says."""
    for price in ("400", "100"):
        await issued(admin, federation, price)
    found = await admin.ask(
        '{ dashboard(season: "2026") { totals { issuedCount issued { decimal } outstanding { decimal } } }'
        ' revenueByPeriod(firstDay: "2026-11-01", lastDay: "2026-11-30") {'
        " invoices net { decimal } tax { decimal } }"
        ' topDebtors(currency: "SEK", by: OPEN, first: 1) { open { decimal } }'
        " trialBalance { account balance { amountMinor } } numberingReport { series count holes }"
        " ledger(first: 50) { edges { node { account amount { amountMinor } } } }"
        ' vatSummary(firstDay: "2026-11-01", lastDay: "2026-11-30") { percent tax { decimal } }'
        " activity(first: 3) { edges { node { type amount { decimal } } } } issuers { name seasons { code } } }"
    )
    totals = found["dashboard"]["totals"][0]
    assert (totals["issuedCount"], totals["issued"]["decimal"]) == (2, "625.00")
    assert found["revenueByPeriod"] == [{"invoices": 2, "net": {"decimal": "500.00"}, "tax": {"decimal": "125.00"}}]
    assert found["topDebtors"] == [{"open": {"decimal": "500.00"}}]
    assert sum(int(row["balance"]["amountMinor"]) for row in found["trialBalance"]) == 0
    assert sum(int(edge["node"]["amount"]["amountMinor"]) for edge in found["ledger"]["edges"]) == 0
    assert found["numberingReport"][0]["holes"] == 0
    assert found["vatSummary"] == [{"percent": "25", "tax": {"decimal": "125.00"}}]
    assert found["issuers"][0]["seasons"] == [{"code": "2026"}]


@asynccontextmanager
async def counted(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    """The statements that reach PostgreSQL, scope and transaction control left out."""
    seen: list[str] = []
    execute = AsyncConnection.execute

    async def noted(self: Any, query: Any, *said: Any, **named: Any) -> Any:
        text = query.decode() if isinstance(query, bytes) else str(query)
        if not text.startswith(("BEGIN", "SET ", "COMMIT")):
            seen.append(text)
        return await execute(self, query, *said, **named)

    with monkeypatch.context() as patched:
        patched.setattr(AsyncConnection, "execute", noted)
        yield seen


@pytest.mark.parametrize(
    ("selection", "statements"),
    [
        ("invoices { edges { node { number total { decimal } availableActions { allowed } } } }", 1),
        # A debtor is a read model of its own: one more statement for the whole page.
        ("invoices { edges { node { debtor { name } } } }", 2),
        ("debtors { edges { node { name address { city } } } }", 1),
        ("deliveries { edges { node { state } } }", 1),
        ("activity { edges { node { type actor { name } } } }", 2),
        ("ledger { edges { node { account } } }", 1),
        ("issuers { name seasons { code } }", 1),
        ("agingReport { rows { currency } }", 1),
    ],
)
async def test_a_list_costs_the_same_number_of_statements_whatever_its_length(
    selection: str, statements: int, admin: Caller, federation: Federation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C34: no field of a list asks once for each row."""
    await issued(admin, federation, "10")
    async with counted(monkeypatch) as one:
        await admin.ask(f"{{ {selection} }}")
    for _ in range(3):
        await issued(admin, federation, "10")
    async with counted(monkeypatch) as four:
        await admin.ask(f"{{ {selection} }}")
    # One statement goes before: whose token this is, and what its user may do. A process asks once more when it is new.
    assert len(one) == len(four) == statements + 1, four
