"""Figures over REST: JSON that adds up to the öre, and files that open in Excel."""

from uuid import uuid4

import httpx

from backend.tenants.actor import door_actor
from backend.write.execute import execute
from backend.write.identity.sessions import OpenSession
from tests.api.rest.given import an_invoice, caught_up
from tests.given.federation import Federation
from tests.given.people import a_person


async def test_aging_as_of_any_date(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S000-34: not due today, 31-60 days late in January; the columns add up to the total."""
    await an_invoice(federation, await federation.a_member())
    today = (await rest.get("/reports/aging", params={"as_of": "2026-11-20"})).json()["rows"][0]
    later = (await rest.get("/reports/aging", params={"as_of": "2027-02-01"})).json()["rows"][0]
    for row, bucket in ((today, "not_due"), (later, "31-60")):
        assert row["total"]["decimal"] == "500.00"
        assert {each["bucket"]: each["amount"]["amount_minor"] for each in row["columns"]}[bucket] == 50_000
    assert (await rest.get("/reports/aging", params={"as_of": "2026-11-19"})).json()["rows"] == []


async def test_aging_as_a_file(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S000-35, C46, E.7: RFC 4180 for machines; mark, semicolons and decimal commas for Excel; formulas disarmed."""
    await an_invoice(federation, await federation.a_member("=HYPERLINK(1)"))
    plain = await rest.get("/reports/aging", params={"format": "csv", "as_of": "2026-11-20"})
    assert plain.headers["content-type"].startswith("text/csv")
    assert "_aging_2026-11-20_" in plain.headers["content-disposition"]
    assert plain.content.startswith(b"as_of,debtor_reference,debtor,currency")
    assert b"'=HYPERLINK" in plain.content
    excel = await rest.get("/reports/aging", params={"format": "excel", "as_of": "2026-11-20"})
    assert excel.content.startswith(b"\xef\xbb\xbfPer [as_of];")
    assert b"500,00" in excel.content


async def test_debts_statement_and_dashboard_agree(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-60: the same 500 kronor, whichever way one asks."""
    debtor = await federation.a_member("Anna Andersson")
    await an_invoice(federation, debtor)
    debt = (await rest.get("/debts")).json()["items"][0]
    assert (debt["debtor_name"], debt["amount_residual"]["decimal"]) == ("Anna Andersson", "500.00")
    period = {"from_day": "2026-01-01", "to_day": "2026-12-31"}
    account = (await rest.get(f"/debtors/{debtor}/statement", params=period)).json()["accounts"][0]
    assert (account["opening"]["decimal"], account["closing"]["decimal"]) == ("0.00", "500.00")
    assert [line["kind"] for line in account["lines"]] == ["invoice"]
    totals = (await rest.get("/dashboard", params={"season": "2026"})).json()[0]
    assert [totals[name]["decimal"] for name in ("issued", "outstanding", "overdue")] == ["500.00", "500.00", "0.00"]
    revenue = (await rest.get("/reports/revenue", params=period)).json()[0]
    assert (revenue["period"], revenue["subtotal"]["decimal"]) == ("2026-11-01", "400.00")
    top = (await rest.get("/reports/top-debtors", params={"currency": "SEK", "by": "open"})).json()
    assert [each["debtor_id"] for each in top] == [str(debtor)]


async def test_activity_and_the_feed_of_events(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-36, X24: who did what; and the same for machines, by the published names, from a place on."""
    invoice = await an_invoice(federation, await federation.a_member())
    done = (await rest.get("/activity", params={"subject_id": str(invoice)})).json()["items"]
    assert [each["type"] for each in done] == ["invoice-issued", "invoice-drafted"]
    feed = (await rest.get("/notifications")).json()
    issued = next(each for each in feed if each["name"] == "invoice.issued")
    assert issued["invoice_id"] == str(invoice)
    assert (await rest.get("/notifications", params={"after_position": feed[-1]["position"]})).json() == []


async def test_sign_ins_are_left_out_until_asked_for(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S001 auditability: what people do every day does not hide what they did; the actor has a name."""
    person = await a_person(federation)
    await execute(
        federation.write,
        door_actor(federation.tenant_id, person.user_id),
        OpenSession(session_id=uuid4(), user_id=person.user_id, digest=b"x" * 32, method="password", agent=""),
    )
    await caught_up(federation)

    async def types(**said: str) -> list[str]:
        return [each["type"] for each in (await rest.get("/activity", params=said)).json()["items"]]

    by_person = {"actor": f"user:{person.user_id}"}
    assert await types(**by_person) == ["password-changed"]
    for asked in ({"type": "signed-in"}, {"subject_id": str(person.user_id)}, {"without_types": "password-changed"}):
        assert "signed-in" in await types(**by_person, **asked)
    (done, *_) = (await rest.get("/activity", params=by_person)).json()["items"]
    assert done["actor"] == {
        "kind": "person",
        "id": str(person.user_id),
        "name": "Annika Berg",
        "principal": f"user:{person.user_id}",
    }


async def test_malformed_questions_point_at_the_parameter(rest: httpx.AsyncClient) -> None:
    """E.2: also a parameter that nobody knows: it may be a misspelt filter."""
    for path, params, pointer in (
        ("/reports/aging", {"as_of": "yesterday"}, "#/as_of"),
        ("/reports/aging", {"format": "xlsx"}, "#/format"),
        ("/reports/revenue", {"from_day": "2026-01-01"}, "#"),
        ("/reports/top-debtors", {"currency": "SEK", "first": "1000"}, "#/first"),
        ("/debts", {"curency": "SEK"}, "#/curency"),
        ("/activity", {"at_from": "2026-01-01T00:00:00"}, "#/at_from"),
        ("/issuers", {"page": "1"}, "#/page"),
    ):
        answer = await rest.get(path, params=params)
        assert (answer.status_code, answer.json()["code"]) == (400, "MALFORMED"), path
        assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_parameter_said_twice_is_malformed(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.2: nobody can say which one was meant."""
    await caught_up(federation)
    answer = await rest.get("/debts?currency=SEK&currency=EUR")
    assert answer.json()["errors"][0]["pointer"] == "#/currency"
