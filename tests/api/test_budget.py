"""Budgets at the edge: what a caller is told, and that nobody pays for somebody else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from backend.api import budget
from backend.runtime.budgets import Budget
from tests.api.caller import Caller, a_caller
from tests.api.graphql.documents import DRAFT, drafted
from tests.given.browser import Browser
from tests.given.federation import Federation

LIST = "{ invoices(first: 50) { edges { node { number } } } }"
Shrunk = Callable[[str, int], None]


@pytest.fixture
def shrunk(monkeypatch: pytest.MonkeyPatch) -> Shrunk:
    """Make a budget of the edge small, wherever it is used."""

    def shrink(name: str, size: int) -> None:
        smaller: Budget = replace(getattr(budget, name), size=size, per_second=1, lease=1)
        monkeypatch.setattr(budget, name, smaller)
        for user in ("backend.api.graphql.cost", "backend.api.rest.serving"):
            monkeypatch.setattr(f"{user}.{name}", smaller, raising=False)

    return shrink


async def test_the_price_and_what_is_left_are_told(admin: Caller) -> None:
    """E.1: `extensions.cost` as Shopify's clients know it; what was not found is given back."""
    cost = (await admin.post(LIST))["extensions"]["cost"]
    assert (cost["requestedQueryCost"], cost["actualQueryCost"]) == (51, 1)
    status = cost["throttleStatus"]
    assert (status["maximumAvailable"], status["restoreRate"]) == (20_000, 1_000)
    assert status["currentlyAvailable"] >= 19_999


async def test_graphql_over_budget(admin: Caller, app: Starlette, federation: Federation, shrunk: Shrunk) -> None:
    """C35: THROTTLED with the time to wait, nothing executed; a colleague has a budget of their own."""
    shrunk("GRAPHQL", 60)
    await admin.post("{ invoiceCounts { count } " + "a: invoiceCounts { count } }")
    dear = "{ invoices(first: 60) { edges { node { number } } } }"
    answer = await admin.post(dear)
    (error,) = answer["errors"]
    assert answer.get("data") is None
    assert (error["extensions"]["code"], error["message"][:16]) == ("THROTTLED", "too much at once")
    assert error["extensions"]["retryAfterSeconds"] >= 1
    assert answer["extensions"]["cost"]["throttleStatus"]["maximumAvailable"] == 60
    colleague = await a_caller(app, federation)
    await colleague.ask("{ invoices(first: 50) { edges { node { number } } } }")


async def test_a_command_costs_its_lock(admin: Caller, federation: Federation, shrunk: Shrunk) -> None:
    """A mutation is not given back: of 500 points two are commands, and the third one waits and records nothing."""
    shrunk("GRAPHQL", 500)
    assert (await drafted(admin, federation, "400"))["invoice"]
    assert (await drafted(admin, federation, "400"))["invoice"]
    answer = await admin.post(DRAFT, {"input": {"issuerId": "x", "debtorId": "y", "content": {"lines": []}}})
    assert answer["errors"][0]["extensions"]["code"] == "THROTTLED"


async def test_rest_over_budget(admin: Caller, app: Starlette, federation: Federation, shrunk: Shrunk) -> None:
    """E.2: 429 with Retry-After and a problem document; a colleague goes on."""
    shrunk("REST", 3)
    async with admin.client() as client:
        answers = [await client.get("/api/v1/invoices") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["code"] == "THROTTLED"
    assert int(answers[3].headers["retry-after"]) >= 1
    colleague = await a_caller(app, federation)
    async with colleague.client() as client:
        assert (await client.get("/api/v1/invoices")).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/invoices", "/graphql"])
async def test_nobody_may_try_little(app: Starlette, admin: Caller, shrunk: Shrunk, path: str) -> None:
    """Whoever proves nothing is slowed down by address; who has a token at that address is not."""
    shrunk("ANONYMOUS", 3)
    stranger = Browser(app=app)

    async def ask() -> int:
        if path == "/graphql":
            return (await stranger.post(path, {"query": LIST})).status_code
        return (await stranger.get(path)).status_code

    assert [await ask() for _ in range(5)] == [401, 401, 401, 429, 429]
    await admin.ask(LIST)
