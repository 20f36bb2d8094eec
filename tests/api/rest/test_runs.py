"""Runs over REST: started, followed, waited for, stopped."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx

from backend.services import Services
from backend.worker.runs import advance_open_runs
from tests.api.rest.given import an_invoice, caught_up
from tests.given.federation import Federation

RENEWALS = "/invoices/auto-generate/license-renewal"
FEES = [
    {"name": "Licens senior", "amount": "400", "recipient_type": "federation"},
    {"name": "Försäkring", "amount": "50", "recipient_type": "insurer"},
]


def key() -> dict[str, str]:
    return {"Idempotency-Key": f'"{uuid4()}"'}


def wanted(federation: Federation, *members: Any, **changes: Any) -> dict[str, Any]:
    return {
        "issuer_id": str(federation.issuer_id),
        "fee_components": FEES,
        "season": "2026",
        "deliver": False,
        "members": [str(member) for member in members],
    } | changes


async def test_a_run_is_accepted_and_followed(
    rest: httpx.AsyncClient, federation: Federation, services: Services
) -> None:
    """S002-5, S002-6, S002-49: 202 with an address; then an outcome per debtor: issued, or why not."""
    members = await federation.members(3)
    await an_invoice(federation, members[1])
    started = await rest.post(RENEWALS, json=wanted(federation, *members), headers=key())
    assert started.status_code == 202, started.text
    assert (started.json()["state"], started.json()["members"]) == ("running", 3)
    await advance_open_runs(services, federation.tenant_id)
    await caught_up(federation)
    run = (await rest.get("http://carreau.test" + started.headers["location"])).json()
    assert (run["state"], run["issued"], run["refused"]) == ("completed", 2, 1)
    assert run["total"]["decimal"] == "1125.00"
    outcomes = (await rest.get(f"/runs/{run['id']}/outcomes")).json()["items"]
    assert [each["debtor_id"] for each in outcomes if each["outcome"] == "issued"] == [str(members[0]), str(members[2])]
    refused = (await rest.get(f"/runs/{run['id']}/outcomes", params={"outcome": "refused"})).json()["items"]
    assert [(each["debtor_id"], each["code"]) for each in refused] == [(str(members[1]), "RENEWAL_BLOCKED_BY_DEBT")]
    listed = (await rest.get("/invoices", params={"run_id": run["id"], "sort": "number"})).json()["items"]
    assert [each["invoice_number"] for each in listed] == ["FAKTURA-2026-000002", "FAKTURA-2026-000003"]
    assert [each["id"] for each in (await rest.get("/runs")).json()["items"]] == [run["id"]]


async def test_the_same_key_starts_one_run(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.2: a repetition after a lost answer finds the run that was started."""
    body, once = wanted(federation, *await federation.members(2)), key()
    first = await rest.post(RENEWALS, json=body, headers=once)
    again = await rest.post(RENEWALS, json=body, headers=once)
    assert again.json()["id"] == first.json()["id"]
    assert again.headers["idempotency-replayed"] == "true"
    assert (await rest.post(RENEWALS, json=body)).json()["code"] == "IDEMPOTENCY_KEY_MISSING"


async def test_a_client_may_wait_for_the_end(
    rest: httpx.AsyncClient, federation: Federation, services: Services
) -> None:
    """RFC 7240: 200 when it was done within the time, 202 when it was not."""
    body = wanted(federation, *await federation.members(2))
    impatient = await rest.post(RENEWALS, json=body, headers=key() | {"Prefer": "wait=0"})
    assert impatient.status_code == 202
    waiting = asyncio.create_task(
        rest.post(RENEWALS, json=wanted(federation, await federation.a_member()), headers=key() | {"Prefer": "wait=20"})
    )
    while not waiting.done():
        await advance_open_runs(services, federation.tenant_id)
        await asyncio.sleep(0.05)
    done = waiting.result()
    assert done.status_code == 200, done.text
    assert done.headers["preference-applied"] == "wait=20"
    assert done.json()["state"] == "completed"


async def test_members_are_named_by_number_too(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-5: integrators know member numbers. A number nobody has is named, by its place."""
    known = await federation.a_member()
    await caught_up(federation)
    number = (await rest.get(f"/debtors/{known}")).json()["reference"]
    started = await rest.post(RENEWALS, json=wanted(federation, number), headers=key())
    assert started.status_code == 202, started.text
    body = wanted(federation, number, known, "NOBODY-1", "NOBODY-2")
    refused = await rest.post(RENEWALS, json=body, headers=key())
    assert refused.status_code == 400
    assert [each["pointer"] for each in refused.json()["errors"]] == ["#/members/2", "#/members/3"]


async def test_what_would_refuse_every_member_refuses_the_run(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-8: nothing is frozen that could not be issued; the pointers name the body's own fields."""
    member = await federation.a_member()
    expected: list[tuple[dict[str, Any], str, str | None]] = [
        ({"members": []}, "INVALID_VALUE", "#/members"),
        ({"members": [str(member)] * 2}, "INVALID_VALUE", "#/members"),
        ({"season": "1999"}, "SEASON_UNKNOWN", None),
        ({"fee_components": []}, "INVALID_VALUE", "#/fee_components"),
        ({"invoice_date": "2030-01-01"}, "INVOICE_DATE_IN_FUTURE", "#/invoice_date"),
    ]
    for changes, code, pointer in expected:
        answer = await rest.post(RENEWALS, json=wanted(federation, member, **changes), headers=key())
        assert (answer.status_code, answer.json()["code"]) == (400, code), answer.text
        if pointer:
            assert answer.json()["errors"][0]["pointer"] == pointer
    nobody = (await rest.post(RENEWALS, json=wanted(federation, member, members=[]), headers=key())).json()
    assert (nobody["why"], nobody["params"]["lowest"]) == ("WRONG_COUNT", 1)


async def test_clubs_are_billed_for_their_affiliation(
    rest: httpx.AsyncClient, federation: Federation, services: Services
) -> None:
    """S002-10: a single-line invoice for each club."""
    club = await rest.post(
        "/debtors",
        json={
            "kind": "club",
            "reference": "STO-1",
            "org_node_id": str(federation.club),
            "particulars": {"name": "Stockholm Boule Club", "address": {"country": "SE"}},
        },
    )
    assert club.status_code == 201, club.text
    body = wanted(federation) | {"clubs": ["STO-1"], "fee_components": [{"name": "Föreningsavgift", "amount": "1500"}]}
    del body["members"]
    started = await rest.post("/invoices/auto-generate/affiliation", json=body, headers=key())
    assert started.status_code == 202, started.text
    await advance_open_runs(services, federation.tenant_id)
    await caught_up(federation)
    listed = (await rest.get("/invoices", params={"run_id": started.json()["id"]})).json()["items"]
    assert [(each["type"], each["total"]["decimal"]) for each in listed] == [("affiliation", "1875.00")]


async def test_a_run_is_stopped_with_a_reason(rest: httpx.AsyncClient, federation: Federation) -> None:
    """X29: what is issued stays issued; a stopped run goes no further."""
    started = await rest.post(RENEWALS, json=wanted(federation, await federation.a_member()), headers=key())
    run = started.json()["id"]
    refused = await rest.post(f"/runs/{run}/stop", json={"reason": ""})
    assert (refused.json()["code"], refused.json()["errors"][0]["pointer"]) == ("REASON_REQUIRED", "#/reason")
    stopped = await rest.post(f"/runs/{run}/stop", json={"reason": "wrong fee"})
    assert (stopped.json()["state"], stopped.json()["stop_reason"]) == ("stopped", "wrong fee")
    assert (await rest.post(f"/runs/{run}/stop", json={"reason": "again"})).json()["code"] == "RUN_NOT_OPEN"
