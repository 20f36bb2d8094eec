"""Every limit of the GraphQL endpoint, tried from outside (reliability 2.3, C35)."""

import asyncio
import time
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from backend.api.app import build_app
from backend.api.graphql import cost, document_limits
from backend.api.graphql.errors import MAX_ERRORS
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.sizes import REHEARSAL
from backend.read.invoices import queries
from backend.services import Services
from tests.api.caller import Caller
from tests.api.graphql.documents import issued
from tests.given.federation import Federation

# The introspection query every tool sends nests deeper than any query of ours.
INTROSPECTION = (
    "{ __schema { types { name fields { type { name ofType { name ofType { name ofType { name ofType { name } } } } }"
    " args { name type { name ofType { name } } } } } } }"
)


async def messages(caller: Caller, query: str, **variables: Any) -> list[str]:
    answer = await caller.post(query, variables)
    assert answer.get("data") is None, "a refused document is not executed"
    return [error["message"] for error in answer["errors"]]


async def test_depth(admin: Caller) -> None:
    """C35: fields nest at most eight deep, through fragments too."""
    fragments = "".join(
        f" fragment F{i} on Run {{ outcomes {{ edges {{ node {{ __typename }} }} }} ...F{i + 1} }}" for i in range(9)
    )
    deep = "{ " + "a { " * 9 + "b" + " }" * 9 + " }"
    assert await messages(admin, deep) == [f"an operation has at most {document_limits.MAX_DEPTH} levels of fields"]
    assert await messages(admin, "{ node(id: 1) { ...F0 } }" + fragments)


async def test_aliases_are_counted_through_fragments(admin: Caller) -> None:
    """C35: sixteen aliases are too many, and a fragment counts as often as it is spread."""
    flat = "{ " + " ".join(f"a{i}: invoiceCounts {{ count }}" for i in range(16)) + " }"
    assert await messages(admin, flat) == [f"an operation has at most {document_limits.MAX_ALIASES} aliases"]
    # Each fragment spreads the next one twice: whoever followed two to the power of forty aliases would never answer.
    bomb = "".join(f" fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(40))
    bomb += " fragment F40 on Query { x: invoiceCounts { count } }"
    assert await messages(admin, "{ ...F0 }" + bomb)


async def test_tokens_are_counted_while_parsing(admin: Caller) -> None:
    """C35: a long document is given up before it is understood."""
    found = await messages(admin, "{ " + "a " * 1_001 + "}")
    assert "1000 tokens" in found[0]
    assert await messages(admin, "{ a } #" + "x" * document_limits.MAX_QUERY_LENGTH)


async def test_directives(admin: Caller) -> None:
    """C35: directive overloading is refused by one error, not by one for each."""
    found = await messages(admin, "{ invoiceCounts " + "@x " * 400 + " { count } }")
    assert found == [f"an operation has at most {document_limits.MAX_DIRECTIVES} directives"]


async def test_root_fields_and_operations(admin: Caller) -> None:
    """C35: neither many fields nor many operations in one document."""
    assert await messages(admin, "{ " + "invoiceCounts { count } " * 21 + "}")
    assert await messages(admin, " ".join(f"query Q{i} {{ invoiceCounts {{ count }} }}" for i in range(6)))


async def test_cost_is_told_and_limited(admin: Caller, federation: Federation) -> None:
    """C35, E.1: what it cost stands in the answer; what would cost too much is not executed."""
    await issued(admin, federation, "100")
    answer = await admin.post("{ invoices(first: 50) { edges { node { number total { decimal } } } } }")
    assert answer["extensions"]["cost"]["requestedQueryCost"] == 51
    assert 0 < answer["extensions"]["cost"]["actualQueryCost"] < 51
    dear = (
        "query Q($n: Int) { runs(first: $n) { edges { node { outcomes(first: 100) { edges { node { code } } } } } } }"
    )
    found = await messages(admin, dear, n=100)
    assert f"{cost.MAX_COST} is the most" in found[0]
    await admin.ask(dear, n=10)


@pytest.mark.parametrize("said", ["100", "null, v: 100.0"])
async def test_the_price_follows_every_way_of_saying_a_number(admin: Caller, said: str) -> None:
    """C35: neither a default of a variable nor a number with a point is a cheaper page."""
    fields = "edges { node { outcomes(first: 50) { edges { node { code } } } } }"
    plain = await admin.post(f"{{ runs(first: 100) {{ {fields} }} }}")
    default, _, sent = said.partition(", v: ")
    query = f"query Q($n: Int = {default}) {{ runs(first: $n) {{ {fields} }} }}"
    spoken = await admin.post(query, {"n": float(sent)} if sent else {})
    prices = [each["extensions"]["cost"]["requestedQueryCost"] for each in (plain, spoken)]
    assert prices[0] == prices[1] > cost.MAX_COST
    ids = "[" + ", ".join(['"SW52b2ljZTo5ZTNmYjQ3OS00YzM1LTUzMzgtYjc2NS02ZDA3YzBkMWUxZGE"'] * 40) + "]"
    nodes = await admin.post(f"query Q($ids: [ID!]! = {ids}) {{ nodes(ids: $ids) {{ id }} }}")
    assert nodes["extensions"]["cost"]["requestedQueryCost"] == 40


async def test_fields_of_fragments_are_root_fields_too(admin: Caller) -> None:
    """C35: every command of a document pays for its lock, wherever it stands, and there are not too many."""
    discard = 'discardDraft(input: {invoiceId: "x"}) { __typename }'
    body = " ".join(f"a{index}: {discard}" for index in range(3))
    hidden = f"mutation {{ ...F ... on Mutation {{ z: {discard} }} }} fragment F on Mutation {{ {body} }}"
    found = await admin.post(hidden)
    assert found["extensions"]["cost"]["requestedQueryCost"] >= 4 * cost.MUTATION_COST
    counted = "{ ...F } fragment F on Query { " + "invoiceCounts { count } " * 21 + "}"
    assert "root fields" in (await messages(admin, counted))[0]


async def test_a_rehearsed_run_costs_what_it_takes(admin: Caller) -> None:
    """C35: the forecast of ten thousand members is no cheap question."""
    query = "query Q($i: StartRunInput!) { previewRun(input: $i) { __typename } }"
    said = {"issuerId": "x", "debtorIds": [], "feeComponents": [], "idempotencyKey": "k"}
    found = await admin.post(query, {"i": said})
    told = found["extensions"]["cost"]
    assert told["requestedQueryCost"] >= told["actualQueryCost"] >= REHEARSAL


async def test_at_most_five_errors(admin: Caller) -> None:
    """Reliability 2.3: a document with many faults is answered with the first five, without suggestions."""
    found = await messages(admin, "{ " + " ".join(f"invoic{c}" for c in "abdfghijkl") + " }")
    assert len(found) == MAX_ERRORS
    for query in (
        "{ invoicess { x } }",
        "{ invoices(frst: 1) { edges { cursor } } }",
        '{ debtCheck(action: "x") { on } }',
        "{ invoices(sort: {feld: NUMBER}) { edges { cursor } } }",
        "query($x: Strin) { node(id: $x) { id } }",
        "{ debtors(kind: MEMBERS) { edges { cursor } } }",
    ):
        assert not any("Did you mean" in message for message in await messages(admin, query)), query


async def test_lists_and_texts_in_variables_have_a_limit(admin: Caller) -> None:
    """Every list and every text has a limit, and a text that is none is refused before it meets the database."""
    query = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert "at most 10000 items" in (await messages(admin, query, ids=["x"] * 10_001))[0]
    assert "at most 20000 characters" in (await messages(admin, query, ids=["x" * 20_001]))[0]
    search = "query Q($s: String!) { debtors(search: $s) { edges { cursor } } }"
    assert "NUL" in (await messages(admin, search, s="a\0b"))[0]
    async with admin.client() as client:
        lone = b'{"query": "{ __typename }", "variables": {"s": "\\ud800"}}'
        answer = await client.post("/graphql", content=lone, headers={"content-type": "application/json"})
        assert answer.status_code == 400
    assert await messages(admin, '{ debtors(search: "\\u0000") { edges { cursor } } }')
    ids = [encoded("Invoice", federation_id) for federation_id in [admin.user_id] * 101]
    answer = await admin.post(query, {"ids": ids})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_post(app: Starlette, services: Services, method: str) -> None:
    """Reliability 2.3: no queries by GET, whatever they ask; no page of foreign scripts in any environment."""
    for environment in ("production", "embedded"):
        served = build_app(replace(services, settings=replace(services.settings, environment=environment)))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://c.test") as client:
            answer = await client.request(
                method, "/graphql", params={"query": "{ __typename }"}, headers={"accept": "text/html"}
            )
        assert answer.status_code == 405
        assert answer.headers["allow"] == "POST" or method != "GET"
        assert "script" not in answer.text.lower()


async def test_other_content_types_and_batches_are_refused(admin: Caller) -> None:
    """Reliability 2.3: JSON only, one operation a request."""
    async with admin.client() as client:
        for content, kind in (
            (b"query=%7Ba%7D", "application/x-www-form-urlencoded"),
            (b"{a}", "text/plain"),
            (b"{a}", "application/graphql"),
            (b"{", "application/json"),
            (b"[]", "application/json"),
            (b'[{"query":"{__typename}"}]', "application/json"),
            (b"{}", "application/json"),
            (b'"x"', "application/json"),
            (b"\xff", "application/json"),
            (b"[" * 100_000, "application/json"),
        ):
            answer = await client.post("/graphql", content=content, headers={"content-type": kind})
            assert answer.status_code == 400, (content, kind, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"


async def test_a_bug_in_an_extension_is_masked_too(admin: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """S000-29: what fails before anything is executed becomes an id, as in a resolver."""

    def broken(*_: object) -> tuple[int, int]:
        raise KeyError("password hunter2")

    monkeypatch.setattr(cost, "price_of", broken)
    (error,) = (await admin.post("{ viewer { name } }"))["errors"]
    assert "hunter2" not in str(error)
    assert error["extensions"]["code"] == "INTERNAL_ERROR"
    assert error["extensions"]["id"]


async def test_introspection_for_whoever_has_a_token(admin: Caller) -> None:
    """E.1: tools work; anonymous callers got 401 long before (test_foundation)."""
    answer = await admin.post(INTROSPECTION)
    assert "errors" not in answer


async def test_bugs_are_masked_and_validation_is_not(admin: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """S000-29: an unexpected exception becomes an id; what the client did wrong is told in full."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("password hunter2")

    found = await messages(admin, "{ invoices { nothing } }")
    assert found == ["Cannot query field 'nothing' on type 'InvoiceConnection'."]
    monkeypatch.setattr(queries.page_of, "__code__", broken.__code__)
    answer = await admin.post("{ invoices { edges { cursor } } }")
    assert "hunter2" not in str(answer)
    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL_ERROR"
    assert len(answer["errors"][0]["extensions"]["id"]) == 32


async def test_many_hostile_documents_do_not_slow_the_others(admin: Caller) -> None:
    """C35: refusing costs little."""
    nested = "{ " + "node(id: 1) { ... on Invoice { debtor { " * 30 + "id" + " } } }" * 30 + " }"
    began = time.perf_counter()
    await asyncio.gather(*(messages(admin, nested + f"#{i}") for i in range(20)))
    assert time.perf_counter() - began < 5
