"""What every endpoint does with requests that are not quite right: 404, 405, 406, 413, 415, always a problem."""

import httpx
import pytest
from starlette.applications import Starlette

from backend.api.rest.endpoint import MAX_JSON
from tests.given.federation import Federation

JSON = {"content-type": "application/json"}


def a_problem(answer: httpx.Response, status: int) -> dict[str, object]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said: dict[str, object] = answer.json()
    assert said["status"] == status
    return said


async def test_an_unknown_address_is_404(rest: httpx.AsyncClient) -> None:
    """E.2."""
    a_problem(await rest.get("/nothing"), 404)
    assert a_problem(await rest.get("/invoices/not-an-id"), 404)["code"] == "NOT_FOUND"


async def test_another_method_is_405_and_names_every_one_there_is(rest: httpx.AsyncClient) -> None:
    """RFC 9110, 15.5.6: Allow lists what the resource knows, over all its endpoints."""
    answer = await rest.patch("/invoices")
    a_problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, POST"


async def test_another_form_is_406(rest: httpx.AsyncClient) -> None:
    """E.2: JSON is served to whoever reads JSON."""
    a_problem(await rest.get("/issuers", headers={"Accept": "application/xml"}), 406)
    for accept in ("*/*", "application/json", "application/*", "text/html, application/json;q=0.9"):
        assert (await rest.get("/issuers", headers={"Accept": accept})).status_code == 200


@pytest.mark.parametrize("media_type", ["text/plain", "", "application/json; charset=latin-1", "multipart/form-data"])
async def test_another_media_type_is_415(rest: httpx.AsyncClient, media_type: str) -> None:
    """E.2: a body is JSON in UTF-8."""
    answer = await rest.post("/transfers/check", content=b'{"debtor":"x"}', headers={"content-type": media_type})
    a_problem(answer, 415)
    assert answer.headers["accept-post"] == "application/json"


async def test_a_large_body_is_413(rest: httpx.AsyncClient) -> None:
    """E.2: whether it says so beforehand or not."""
    large = b'{"debtor":"' + b"x" * MAX_JSON + b'"}'
    a_problem(await rest.post("/transfers/check", content=large, headers=JSON), 413)

    async def chunks():  # type: ignore[no-untyped-def]
        for start in range(0, len(large), 65_536):
            yield large[start : start + 65_536]

    a_problem(await rest.post("/transfers/check", content=chunks(), headers=JSON), 413)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe", b"null", b'{"debtor": "\\ud800"}', b"[" * 100_000, b'{"debtor": 1e999}']
)
async def test_what_is_no_such_json_is_malformed(rest: httpx.AsyncClient, body: bytes) -> None:
    """E.2: 400, never a fault of ours."""
    assert a_problem(await rest.post("/transfers/check", content=body, headers=JSON), 400)["code"] == "MALFORMED"


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e400000", "-1", "0.0000001", "9" * 400])
async def test_no_amount_is_a_fault_of_ours(rest: httpx.AsyncClient, federation: Federation, amount: str) -> None:
    """S000-29: what no ledger can hold is refused with a pointer."""
    body = {
        "issuer_id": str(federation.issuer_id),
        "members": [str(await federation.a_member())],
        "fee_components": [{"name": "Licens", "amount": amount}],
    }
    answer = await rest.post("/invoices/auto-generate/license-renewal", json=body, headers={"Idempotency-Key": '"k"'})
    said = a_problem(answer, 400)
    assert said["errors"][0]["pointer"] == "#/fee_components/0/amount"  # type: ignore[index]


async def test_a_slash_at_the_end_leads_to_the_address_without(rest: httpx.AsyncClient) -> None:
    """S004-52: older clients end their addresses with a slash."""
    answer = await rest.get("/invoices/", follow_redirects=True)
    assert answer.status_code == 200
    assert [each.status_code for each in answer.history] == [307]


async def test_every_answer_carries_the_security_headers(rest: httpx.AsyncClient, app: Starlette) -> None:
    """S000-30: nothing may be sniffed, framed or kept by a cache."""
    for answer in (await rest.get("/issuers"), await rest.get("/nothing")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert len(answer.headers["x-trace-id"]) == 32


async def test_a_head_request_answers_like_get(rest: httpx.AsyncClient) -> None:
    """RFC 9110, 9.3.2."""
    assert (await rest.head("/issuers")).status_code == 200
