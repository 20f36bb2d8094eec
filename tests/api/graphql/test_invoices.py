"""Draft, issue, list, look, pay, cancel: an invoice's life through GraphQL alone."""

from uuid import uuid4

from backend.api.graphql.identifiers import encoded
from tests.api.caller import Caller
from tests.api.graphql.documents import DRAFT, INVOICE, ISSUE, drafted, issued
from tests.given.federation import Federation

DETAIL = INVOICE + (
    " query I($id: ID!) { invoice(id: $id) { ...F debtor { name reference }"
    " document { lines { description quantity net { decimal } tax { decimal } appliedTax { percent } }"
    " taxGroups { percent base { decimal } tax { decimal } } issuer { name } debtor { name } ocrReference"
    " rate { source publishedOn } } history { axis fromStatus toStatus changedBy { name } } }"
    " explainInvoice(id: $id) { label line values { name value } }"
    " node(id: $id) { id ... on Invoice { number } } }"
)


async def test_from_draft_to_detail(admin: Caller, federation: Federation) -> None:
    """S002-1, S003-37: a draft without a number becomes a numbered invoice that list, detail and node all show."""
    draft = (await drafted(admin, federation, "400"))["invoice"]
    assert (draft["number"], draft["status"], draft["pdfUrl"]) == ("", "DRAFT", None)
    said = {"invoiceId": draft["id"], "idempotencyKey": str(uuid4()), "clientMutationId": "mine"}
    done = (await admin.ask(ISSUE, input=said))["issueInvoice"]
    assert (done["number"], done["clientMutationId"], done["replayed"]) == ("FAKTURA-2026-000001", "mine", False)
    assert done["invoice"]["total"] == {
        "amountMinor": "50000",
        "currency": "SEK",
        "decimal": "500.00",
        "formatted": "500,00\xa0kr",
    }
    listed = await admin.ask(INVOICE + "{ invoices(first: 10) { edges { node { ...F } } pageInfo { hasNextPage } } }")
    assert [edge["node"]["id"] for edge in listed["invoices"]["edges"]] == [draft["id"]]
    found = await admin.ask(DETAIL, id=draft["id"])
    document = found["invoice"]["document"]
    assert document["lines"] == [
        {
            "description": "Licens senior",
            "quantity": "1",
            "net": {"decimal": "400.00"},
            "tax": {"decimal": "100.00"},
            "appliedTax": {"percent": "25"},
        }
    ]
    assert document["rate"] == {"source": "ECB", "publishedOn": "2026-11-19"}
    assert [step["toStatus"] for step in found["invoice"]["history"]][:2] == ["draft", "issued"]
    assert found["node"] == {"id": draft["id"], "number": "FAKTURA-2026-000001"}
    assert found["explainInvoice"][-1]["label"] == "TOTAL"
    assert found["invoice"]["debtor"]["name"] == "Måns Östlund"


async def test_issuing_twice_with_one_key_issues_once(admin: Caller, federation: Federation) -> None:
    """S001-3: the answer of the first request is repeated, and says that it is a repetition."""
    draft = (await drafted(admin, federation, "400"))["invoice"]
    said = {"invoiceId": draft["id"], "idempotencyKey": "k1"}
    first = (await admin.ask(ISSUE, input=said))["issueInvoice"]
    again = (await admin.ask(ISSUE, input=said))["issueInvoice"]
    assert (again["number"], again["replayed"]) == (first["number"], True)
    other = (await drafted(admin, federation, "400"))["invoice"]
    reused = (await admin.ask(ISSUE, input={**said, "invoiceId": other["id"]}))["issueInvoice"]
    assert (reused["code"], reused["path"]) == ("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])


async def test_an_issue_without_a_key_is_malformed(admin: Caller, federation: Federation) -> None:
    """E.1: every issuing mutation needs an idempotency key."""
    answer = await admin.post(ISSUE, {"input": {"invoiceId": encoded("Invoice", uuid4())}})
    assert "idempotencyKey" in answer["errors"][0]["message"]


async def test_a_refusal_points_into_the_input(admin: Caller, federation: Federation) -> None:
    """G, S003-31: a refusal is data, with its code and a path in the input's own words."""
    refused = await drafted(admin, federation, "0.1234567")
    assert (refused["__typename"], refused["code"]) == ("Refused", "INVALID_VALUE")
    assert refused["path"] == ["content", "lines", "0", "unitPrice"]
    invoice = await issued(admin, federation, "400")
    said = {"invoiceId": invoice["id"], "idempotencyKey": str(uuid4()), "clientMutationId": "x"}
    posted = (await admin.ask(ISSUE, input=said))["issueInvoice"]
    assert (posted["code"], posted["publishedCode"]) == ("INVOICE_ALREADY_POSTED", "INVOICE_ALREADY_POSTED")
    assert posted["clientMutationId"] == "x"
    said = {
        "issuerId": encoded("Issuer", federation.issuer_id),
        "debtorId": encoded("Debtor", uuid4()),
        "content": {"lines": []},
    }
    missing = (await admin.ask(DRAFT, input=said))["draftInvoice"]
    assert (missing["code"], missing["path"]) == ("NOT_FOUND", ["debtorId"])


async def test_an_id_of_another_kind_is_malformed(admin: Caller, federation: Federation) -> None:
    """E.1: ids carry their type; a debtor is never taken for an invoice."""
    for wrong in (encoded("Debtor", uuid4()), "nonsense", str(uuid4()), "ä", "A" * 500):
        answer = await admin.post("query I($id: ID!) { invoice(id: $id) { id } }", {"id": wrong})
        assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT", wrong


async def test_a_preview_records_nothing(admin: Caller, federation: Federation) -> None:
    """X9: the preview is the invoice that would be issued, by the same rules, and leaves no trace."""
    query = INVOICE + (
        " query P($input: PreviewInvoiceInput!) { previewInvoice(input: $input) { ... on PreviewInvoiceSuccess {"
        " invoice { ...F document { lines { tax { amountMinor } } } } } ... on Refused { code path } } }"
    )
    said = {
        "issuerId": encoded("Issuer", federation.issuer_id),
        "debtorId": encoded("Debtor", await federation.a_member()),
        "content": {"lines": [{"description": "Licens", "unitPrice": "400"}]},
    }
    preview = (await admin.ask(query, input=said))["previewInvoice"]["invoice"]
    assert (preview["number"], preview["status"]) == ("FAKTURA-2026-000001", "ISSUED")
    assert preview["total"]["amountMinor"] == "50000"
    assert preview["document"]["lines"] == [{"tax": {"amountMinor": "10000"}}]
    assert (await admin.ask("{ invoices { edges { cursor } } }"))["invoices"]["edges"] == []
    real = await issued(admin, federation, "400")
    assert real["number"] == preview["number"]
    empty = {**said, "content": {"lines": []}}
    assert (await admin.ask(query, input=empty))["previewInvoice"]["code"] == "INVOICE_NO_LINES"
    draft = (await drafted(admin, federation, "100"))["invoice"]
    of_draft = (await admin.ask(query, input={"invoiceId": draft["id"]}))["previewInvoice"]["invoice"]
    assert of_draft["number"] == "FAKTURA-2026-000002"


async def test_available_actions_follow_state_and_rights(admin: Caller, federation: Federation) -> None:
    """C50: what may be done now, and why not."""
    invoice = await issued(admin, federation, "400")
    actions = {each["action"]: each for each in invoice["availableActions"]}
    assert actions["CANCEL"] == {"action": "CANCEL", "allowed": True, "reason": None}
    assert actions["REVISE"]["reason"] == "INVOICE_ALREADY_POSTED"


async def test_a_payment_settles_and_a_cancel_reverses(admin: Caller, federation: Federation) -> None:
    """S002-45: money and credit notes change the open amount and the states at once."""
    paid, cancelled = await issued(admin, federation, "400"), await issued(admin, federation, "100")
    pay = (
        "mutation P($input: RegisterPaymentInput!) { registerPayment(input: $input) { ... on RegisterPaymentSuccess {"
        " allocated { decimal } balance { decimal } invoice { paymentState open { decimal } } }"
        " ... on Refused { code path } } }"
    )
    said = {
        "invoiceId": paid["id"],
        "amountMinor": "20000",
        "currency": "SEK",
        "method": "BANKGIRO",
        "receivedOn": "2026-11-20",
        "idempotencyKey": str(uuid4()),
    }
    first = (await admin.ask(pay, input=said))["registerPayment"]
    assert first["invoice"] == {"paymentState": "PARTIALLY_PAID", "open": {"decimal": "300.00"}}
    too_much = (await admin.ask(pay, input={**said, "amountMinor": "99999", "idempotencyKey": "2"}))["registerPayment"]
    assert too_much["code"] == "PAYMENT_EXCEEDS_BALANCE"
    cancel = (
        "mutation C($input: CancelInvoiceInput!) { cancelInvoice(input: $input) { ... on CancelInvoiceSuccess {"
        " invoice { status } creditNote { number total { decimal } } } ... on Refused { code path } } }"
    )
    said = {"invoiceId": cancelled["id"], "reason": "Fel medlem", "idempotencyKey": str(uuid4())}
    assert (await admin.ask(cancel, input=said))["cancelInvoice"] == {
        "invoice": {"status": "CANCELLED"},
        "creditNote": {"number": "CN-2026-000001", "total": {"decimal": "125.00"}},
    }


async def test_pages_follow_one_another(admin: Caller, federation: Federation) -> None:
    """E.1: Relay connections, forwards and backwards, without a gap."""
    for _ in range(5):
        await issued(admin, federation, "10")
    query = (
        "query L($first: Int, $after: String, $last: Int, $before: String) {"
        " invoices(first: $first, after: $after, last: $last, before: $before, sort: {field: NUMBER}) {"
        " edges { cursor node { number } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
    )
    one = (await admin.ask(query, first=2))["invoices"]
    two = (await admin.ask(query, first=2, after=one["pageInfo"]["endCursor"]))["invoices"]
    back = (await admin.ask(query, last=2, before=two["pageInfo"]["startCursor"]))["invoices"]
    numbers = [edge["node"]["number"][-1] for page in (one, two, back) for edge in page["edges"]]
    assert numbers == ["1", "2", "3", "4", "1", "2"]
    assert one["pageInfo"]["hasNextPage"]
    assert not back["pageInfo"]["hasPreviousPage"]
    for wrong in ({"first": 101}, {"first": -1}, {"first": 1, "last": 1}, {"after": "nonsense"}):
        answer = await admin.post(query, wrong)
        assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT", wrong
