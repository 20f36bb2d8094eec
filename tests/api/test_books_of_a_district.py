"""The books of an issuer hold all of its money, also what no invoice took; those of a sibling hold none of it."""

from typing import Any
from uuid import uuid4

import httpx
from starlette.applications import Starlette

from backend.tenants.capabilities import Role
from backend.tenants.onboarding import add_org_node
from backend.values.identifiers import OrgNodeId
from tests.api.caller import Caller, a_caller
from tests.api.rest.given import an_invoice, caught_up
from tests.given.federation import Federation

BOOKS = "{ trialBalance { account balance { amountMinor } } }"


async def books(caller: Caller) -> dict[str, int]:
    found = await caller.ask(BOOKS)
    return {row["account"]: int(row["balance"]["amountMinor"]) for row in found["trialBalance"]}


async def pays(caller: Caller, invoice_id: Any, minor: int) -> None:
    money = {"amount_minor": minor, "currency": "SEK"}
    wanted = {"payment_amount": money, "payment_method": "bankgiro", "received_on": "2026-11-20"}
    async with caller.client(**{"Idempotency-Key": f'"{uuid4()}"'}) as client:
        client.base_url = httpx.URL("http://carreau.test/api/v1")
        answer = await client.post(f"/invoices/{invoice_id}/payments", json=wanted | {"allow_overpayment": True})
    assert answer.status_code == 201, answer.text


async def test_an_overpayment_stands_in_the_books_of_the_district(app: Starlette, federation: Federation) -> None:
    """ADR 5, C27: 123.45 on an invoice that is paid already: the district's bank account rises by them, and it owes
    them to the debtor."""
    sibling = OrgNodeId(uuid4())
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await add_org_node(
            connection,
            federation.tenant_id,
            sibling,
            parent=federation.root,
            kind="district",
            name="Skånes Bouledistrikt",
            code="SKA",
        )
    treasurer = await a_caller(app, federation, Role.DISTRICT_TREASURER, node=federation.district)
    neighbour = await a_caller(app, federation, Role.DISTRICT_TREASURER, node=sibling)
    invoice_id = await an_invoice(federation, await federation.a_member())
    await pays(treasurer, invoice_id, 50_000)
    await caught_up(federation)
    paid = await books(treasurer)
    assert paid == {"1510": 0, "1930": 50_000, "2611": -10_000, "3010": -40_000}
    await pays(treasurer, invoice_id, 12_345)
    await caught_up(federation)
    assert await books(treasurer) == paid | {"1930": 62_345, "2420": -12_345}
    assert await books(neighbour) == {}
