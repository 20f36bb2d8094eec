"""Invoices over REST: a draft's way to its number, and every no on it."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

from tests.api.rest.given import a_draft, an_invoice
from tests.given.federation import Federation

LINES = [{"description": "Licens senior", "unit_price": "400.00"}]


def key() -> dict[str, str]:
    return {"Idempotency-Key": f'"{uuid4()}"'}


async def wanted(federation: Federation, **changes: Any) -> dict[str, Any]:
    debtor = await federation.a_member()
    return {"issuer_id": str(federation.issuer_id), "debtor_id": str(debtor), "lines": LINES} | changes


async def test_a_draft_is_made_issued_and_shown(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S004-52, S002-2..4, S002-50: subtotal, tax and total; a number of the season; the ECB rate of the day."""
    made = await rest.post("/invoices", json=await wanted(federation))
    assert made.status_code == 201, made.text
    draft = made.json()
    assert made.headers["location"] == f"/api/v1/invoices/{draft['id']}"
    assert (draft["status"], draft["invoice_number"], draft["total"]["amount_minor"]) == ("draft", None, 40_000)
    issued = await rest.post(f"/invoices/{draft['id']}/issue", json={"deliver": False}, headers=key())
    assert issued.status_code == 200, issued.text
    said = issued.json()
    assert said["invoice_number"] == "FAKTURA-2026-000001"
    assert (said["invoice_date"], said["invoice_date_due"]) == ("2026-11-20", "2026-12-20")
    assert [said[name]["decimal"] for name in ("subtotal", "tax_total", "total")] == ["400.00", "100.00", "500.00"]
    assert said["lines"][0]["tax_rate"] == "25"
    assert said["lines"][0]["tax_amount"]["amount_minor"] == 10_000
    assert said["exchange_rate"]["ecb_reference_date"] == "2026-11-19"
    assert said["issuer"]["issuer_type"] == "org_node"
    assert said["payment_state"] == "unpaid"
    assert [(each["from_status"], each["to_status"]) for each in said["status_history"]] == [
        ("", "draft"),
        ("draft", "issued"),
    ]


async def test_issuing_is_done_once_however_often_it_is_asked(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.2, S001 idempotency: the same key answers as the first time and says so; another body is 422; no key is 400."""
    draft = await a_draft(federation, await federation.a_member())
    once = key()
    first = await rest.post(f"/invoices/{draft}/issue", json={"deliver": False}, headers=once)
    again = await rest.post(f"/invoices/{draft}/issue", json={"deliver": False}, headers=once)
    assert again.status_code == first.status_code == 200
    assert again.json() == first.json()
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    other = await rest.post(f"/invoices/{draft}/issue", json={"deliver": True}, headers=once)
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    missing = await rest.post(f"/invoices/{draft}/issue")
    assert (missing.status_code, missing.json()["code"]) == (400, "IDEMPOTENCY_KEY_MISSING")


async def test_a_key_may_come_without_quotes_and_may_not_be_empty(
    rest: httpx.AsyncClient, federation: Federation
) -> None:
    """E.2: the draft standard wants a quoted string; most clients send the bare key. Both are the same key."""
    body = await wanted(federation)
    first = await rest.post("/invoices", json=body, headers={"Idempotency-Key": '"k-1"'})
    again = await rest.post("/invoices", json=body, headers={"Idempotency-Key": "k-1"})
    assert again.json()["id"] == first.json()["id"]
    for broken in ('""', '"open', "ö", "x" * 256):
        answer = await rest.post("/invoices", json=body, headers={b"Idempotency-Key": broken.encode()})
        assert (answer.status_code, answer.json()["code"]) == (400, "IDEMPOTENCY_KEY_MALFORMED"), broken


async def test_the_published_refusals(rest: httpx.AsyncClient, federation: Federation) -> None:
    """A.7, X35: the codes and the statuses of the blueprint, literally."""
    empty = await a_draft(federation, await federation.a_member(), lines=())
    issued = await an_invoice(federation, await federation.a_member())
    payment = {
        "payment_amount": {"amount_minor": 50_001, "currency": "SEK"},
        "payment_method": "swish",
        "received_on": "2026-11-20",
    }
    expected = [
        ("POST", f"/invoices/{empty}/issue", {}, 400, "INVOICE_NO_LINES"),
        ("POST", f"/invoices/{issued}/issue", {}, 403, "INVOICE_ALREADY_POSTED"),
        ("PUT", f"/invoices/{issued}", {"lines": LINES}, 403, "INVOICE_ALREADY_POSTED"),
        ("DELETE", f"/invoices/{issued}", None, 403, "INVOICE_ALREADY_POSTED"),
        ("POST", f"/invoices/{issued}/payments", payment, 400, "PAYMENT_EXCEEDS_BALANCE"),
        ("POST", f"/invoices/{issued}/cancel", {"reason": " "}, 400, "REASON_REQUIRED"),
        ("GET", f"/invoices/{empty}/pdf", None, 409, "INVOICE_NOT_ISSUED"),
        ("GET", f"/invoices/{uuid4()}", None, 404, "NOT_FOUND"),
    ]
    for method, path, body, status, code in expected:
        answer = await rest.request(method, path, json=body, headers=key())
        assert (answer.status_code, answer.json()["code"]) == (status, code), (path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == f"urn:carreau:problem:{code}"


async def test_a_refusal_points_into_the_body(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.2: `errors[].pointer` names the field as the client wrote it."""
    lines = [*LINES, {"description": "", "unit_price": "1"}]
    answer = await rest.post("/invoices", json=await wanted(federation, lines=lines))
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"detail": "this may not be empty", "pointer": "#/lines/1/description"}]
    lines = [{"description": "x", "unit_price": "1.1234567"}]
    answer = await rest.post("/invoices", json=await wanted(federation, lines=lines))
    assert answer.json()["errors"][0]["pointer"] == "#/lines/0/unit_price"


async def test_malformed_input_points_at_the_place(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.2: what cannot be read is 400 MALFORMED, and nothing is decided."""
    good = await wanted(federation)
    expected: list[tuple[Mapping[str, Any], str]] = [
        (good | {"lines": [{"description": "x", "unit_price": "much"}]}, "#/lines/0/unit_price"),
        (good | {"debtor_id": "nobody"}, "#/debtor_id"),
        (good | {"delivr": True}, "#/delivr"),
        (good | {"notes": "a\0b"}, "#/notes"),
        (good | {"currency": "kronor"}, "#/currency"),
        (good | {"lines": [{"unit_price": "1"}]}, "#/lines/0"),
    ]
    for body, pointer in expected:
        answer = await rest.post("/invoices", json=body)
        assert (answer.status_code, answer.json()["code"]) == (400, "MALFORMED"), answer.text
        assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_draft_is_revised_only_as_it_was_seen(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.2, S003-31: If-Match with the ETag one was given; 412 when somebody else was faster; 304 when nothing moved."""
    draft = await a_draft(federation, await federation.a_member())
    seen = await rest.get(f"/invoices/{draft}")
    tag = seen.headers["etag"]
    assert (await rest.get(f"/invoices/{draft}", headers={"If-None-Match": tag})).status_code == 304
    two = {"lines": [*LINES, {"description": "Försäkring", "unit_price": "50"}]}
    revised = await rest.put(f"/invoices/{draft}", json=two, headers={"If-Match": tag})
    assert revised.status_code == 200
    assert revised.json()["subtotal"]["decimal"] == "450.00"
    assert revised.json()["version"] == seen.json()["version"] + 1
    for stale in (tag, '"nonsense"', f"W/{revised.headers['etag']}"):
        answer = await rest.put(f"/invoices/{draft}", json=two, headers={"If-Match": stale})
        assert (answer.status_code, answer.json()["code"]) == (412, "PRECONDITION_FAILED")
    assert (await rest.put(f"/invoices/{draft}", json=two, headers={"If-Match": "*"})).status_code == 200


async def test_a_draft_is_thrown_away(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S004-52: DELETE is for drafts only, and leaves nothing."""
    draft = await a_draft(federation, await federation.a_member())
    gone = await rest.delete(f"/invoices/{draft}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await rest.get(f"/invoices/{draft}")).status_code == 404


async def test_a_preview_takes_no_number(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S000-27, X9: taxes and totals as they would be issued; the number is still free afterwards."""
    body = await wanted(federation)
    seen = await rest.post("/invoices/preview", json=body)
    assert seen.status_code == 200, seen.text
    assert seen.json()["total"]["decimal"] == "500.00"
    assert (await rest.get("/invoices")).json()["items"] == []
    assert (await rest.post("/invoices/preview", json=body | {"lines": []})).json()["code"] == "INVOICE_NO_LINES"


async def test_the_list_is_walked_by_its_links(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.2: keyset pages; the Link header leads through all of them, forth and back."""
    debtor = await federation.a_member()
    made = [str(await a_draft(federation, debtor)) for _ in range(5)]
    page = await rest.get("/invoices", params={"first": 2, "debtor_id": str(debtor)})
    seen, pages = [each["id"] for each in page.json()["items"]], 1
    while following := page.links.get("next"):
        page = await rest.get("http://carreau.test" + following["url"])
        seen += [each["id"] for each in page.json()["items"]]
        pages += 1
    assert (seen, pages) == (made[::-1], 3)
    back = await rest.get("http://carreau.test" + page.links["prev"]["url"])
    assert [each["id"] for each in back.json()["items"]] == seen[2:4]


async def test_the_list_is_filtered_and_sorted(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-60: by the one word, also in the words of older systems; by number; what nobody can sort by is 400."""
    debtor = await federation.a_member()
    draft, issued = await a_draft(federation, debtor), await an_invoice(federation, debtor)
    for status, found in (("draft", draft), ("posted", issued), ("issued,overdue", issued)):
        items = (await rest.get("/invoices", params={"status": status})).json()["items"]
        assert [each["id"] for each in items] == [str(found)], status
    by_number = await rest.get("/invoices", params={"sort": "-number", "search": "FAKTURA-2026-000001"})
    assert [each["id"] for each in by_number.json()["items"]] == [str(issued)]
    for name, value in (("status", "lost"), ("sort", "colour"), ("first", "101"), ("first", "x"), ("page", "2")):
        answer = await rest.get("/invoices", params={name: value})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, f"#/{name}"), answer.text
    for params in ({"after": "nonsense"}, {"first": 1, "last": 1}):
        assert (await rest.get("/invoices", params=params)).json()["code"] == "MALFORMED"


async def test_cancelling_issues_a_credit_note(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-33, S004-56: the reason stands in the history, the credit note in its own series."""
    invoice = await an_invoice(federation, await federation.a_member())
    answer = await rest.post(f"/invoices/{invoice}/cancel", json={"reason": "wrong club"}, headers=key())
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said["credit_note"]["credit_note_number"] == "CN-2026-000001"
    assert said["credit_note"]["total"]["decimal"] == "500.00"
    assert (said["invoice"]["status"], said["invoice"]["amount_residual"]["amount_minor"]) == ("cancelled", 0)
    history = (await rest.get(f"/invoices/{invoice}/history")).json()
    assert ("cancelled", "wrong club") in [(each["to_status"], each["reason"]) for each in history]


async def test_payments_are_registered_and_listed(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S004-59, S003-40: a part, then the rest; the same key twice is one payment."""
    invoice = await an_invoice(federation, await federation.a_member())
    body = {
        "payment_amount": {"amount_minor": 20_000, "currency": "SEK"},
        "payment_method": "bankgiro",
        "received_on": "2026-11-20",
        "payment_reference": "26000017",
    }
    once = key()
    for replayed in ("", "true"):
        answer = await rest.post(f"/invoices/{invoice}/payments", json=body, headers=once)
        assert answer.status_code == 201, answer.text
        assert answer.headers.get("idempotency-replayed", "") == replayed
    assert answer.json()["amount_residual"]["decimal"] == "300.00"
    assert answer.json()["invoice"]["payment_state"] == "partially_paid"
    listed = (await rest.get(f"/invoices/{invoice}/payments")).json()
    assert [each["payment_amount"]["amount_minor"] for each in listed["items"]] == [20_000]
    assert listed["items"][0]["payment_reference"] == "26000017"
    assert [part["invoice_id"] for part in listed["items"][0]["allocations"]] == [str(invoice)]
    wrong = body | {"payment_amount": {"amount_minor": 1, "currency": "EUR"}}
    refused = await rest.post(f"/invoices/{invoice}/payments", json=wrong, headers=key())
    assert refused.json()["code"] == "CURRENCY_MISMATCH"
    assert refused.json()["errors"][0]["pointer"] == "#/payment_amount"
