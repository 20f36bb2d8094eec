"""The debt gate over REST: the answer, the refusal with its published code, and what each of them says."""

import httpx
import pytest

from backend.runtime.pipelining import BEGIN, PipelinedConnection
from tests.api.rest.given import an_invoice
from tests.given.federation import Federation


async def test_a_debtor_without_debts_is_clear(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-46: the decision, with the journal position it was taken at."""
    debtor = await federation.a_member()
    answer = await rest.get(f"/debts/check/{debtor}")
    assert answer.status_code == 200
    assert answer.json()["decision"] == "clear"
    assert answer.json()["blocked"] is False
    assert answer.json()["reasons"] == []
    assert answer.json()["position"] > 0
    assert answer.headers["cache-control"] == "no-store"


async def test_a_debtor_who_owes_is_blocked_with_reasons_and_amounts(
    rest: httpx.AsyncClient, federation: Federation
) -> None:
    """S002-44, S002-45, S002-46: any outstanding invoice blocks, by id and by member number alike."""
    debtor = await federation.a_member()
    invoice = await an_invoice(federation, debtor)
    answer = (await rest.get(f"/debts/check/{debtor}", params={"action": "licence_renewal"})).json()
    assert answer["decision"] == "blocked"
    assert [reason["invoice_id"] for reason in answer["reasons"]] == [str(invoice)]
    assert answer["reasons"][0]["code"] == "INVOICE_OUTSTANDING"
    assert answer["amounts"] == [{"amount_minor": 50_000, "currency": "SEK", "decimal": "500.00"}]
    assert answer["rule"]["overdue_only"] is False


async def test_the_member_number_names_the_debtor_too(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-46: a licence system knows member numbers, not our ids."""
    debtor = await federation.a_member()
    await an_invoice(federation, debtor)
    by_id = (await rest.get(f"/debts/check/{debtor}")).json()
    reference = (await rest.get(f"/debtors/{debtor}")).json()["reference"]
    by_number = (await rest.get(f"/debts/check/{reference}")).json()
    assert by_number | {"checked_at": ""} == by_id | {"checked_at": ""}


async def test_a_member_number_may_hold_a_slash(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-46: numbers such as 2026/17 are as good as others."""
    body = {
        "kind": "member",
        "reference": "2026/17",
        "org_node_id": str(federation.club),
        "particulars": {"name": "Anna Andersson", "address": {"country": "SE"}},
    }
    made = await rest.post("/debtors", json=body)
    for address in ("/debts/check/2026/17", "/debts/check/2026%2F17"):
        answer = await rest.get(address)
        assert answer.json()["debtor_id"] == made.json()["id"], answer.text


async def test_the_question_travels_with_the_token(
    rest: httpx.AsyncClient, federation: Federation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S002-46: one transaction, which is one round trip; the token is checked in it every time."""
    debtor = await federation.a_member()
    await rest.get(f"/debts/check/{debtor}")
    begun: list[bytes] = []
    begin = PipelinedConnection.begin

    async def counted(connection: PipelinedConnection, statement: bytes = BEGIN) -> None:
        begun.append(statement)
        await begin(connection, statement)

    monkeypatch.setattr(PipelinedConnection, "begin", counted)
    assert (await rest.get(f"/debts/check/{debtor}")).json()["decision"] == "clear"
    assert begun == [BEGIN]
    stranger = await rest.get(f"/debts/check/{debtor}", headers={"authorization": "Bearer car_nobody"})
    assert stranger.status_code == 401
    for key in ("nobody", "x" * 65, "%00"):
        assert (await rest.get(f"/debts/check/{key}")).status_code == 404


async def test_a_transfer_is_refused_with_pl_301(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-44, A.7: 403 with the published code, the reasons and the amounts that clear it."""
    debtor = await federation.a_member()
    await an_invoice(federation, debtor)
    answer = await rest.post("/transfers/check", json={"debtor": str(debtor)})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["code"] == "PL-301"
    assert said["type"] == "urn:carreau:problem:PL-301"
    assert said["reasons"][0]["amount_residual"]["decimal"] == "500.00"
    assert said["amounts"][0]["amount_minor"] == 50_000
    assert said["position"] > 0


async def test_a_payment_clears_the_transfer(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-47: refused until a payment clears the balance; the very next question is answered with it."""
    debtor = await federation.a_member()
    invoice = await an_invoice(federation, debtor)
    paid = await rest.post(
        f"/invoices/{invoice}/payments",
        headers={"Idempotency-Key": '"pay-1"'},
        json={
            "payment_amount": {"amount_minor": 50_000, "currency": "SEK"},
            "payment_method": "bankgiro",
            "received_on": "2026-11-20",
        },
    )
    assert paid.status_code == 201, paid.text
    answer = await rest.post("/transfers/check", json={"debtor": str(debtor)})
    assert answer.status_code == 200
    assert answer.json()["decision"] == "clear"


async def test_an_unknown_debtor_is_not_found(rest: httpx.AsyncClient) -> None:
    """S002-46: neither blocked nor clear."""
    for debtor in ("nobody-1", "00000000-0000-0000-0000-000000000000"):
        answer = await rest.get(f"/debts/check/{debtor}")
        assert answer.status_code == 404
        assert answer.json()["code"] == "NOT_FOUND"


async def test_an_unknown_action_is_malformed(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.2: 400 with a pointer to the parameter."""
    answer = await rest.get(f"/debts/check/{await federation.a_member()}", params={"action": "retirement"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/action"
