"""While the workers are busy with a large run, a person is answered at once, and is told what they cannot read yet."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import httpx
import pytest
from starlette.applications import Starlette

from backend.api.graphql.identifiers import encoded
from backend.read.catch_up import Patience, catch_up, follow
from backend.services import Services
from tests.api.caller import Caller
from tests.api.graphql.documents import DRAFT, ISSUE, drafted
from tests.given.federation import Federation
from tests.given.member_files import GOOD, HEADER
from tests.given.people import a_person

NOTHING = Patience(time=timedelta(seconds=0.0), batch=1, backlog=0)
LINES = [{"description": "Licens senior", "unit_price": "400.00"}]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests may fold nothing: everything is the workers'."""
    monkeypatch.setattr("backend.api.dispatch.follow", partial(follow, patience=NOTHING))


async def read_up_to(services: Services, federation: Federation) -> int:
    async with services.database.scope(federation.tenant_id) as connection:
        found = await connection.execute("SELECT coalesce(min(position), 0) FROM checkpoints WHERE live")
        row = await found.fetchone()
    assert row is not None
    return int(row[0])


async def test_signing_in_waits_for_no_read_model(services: Services, app: Starlette, federation: Federation) -> None:
    """ADR 0012: a tenant with a hundred thousand invoices still to be folded lets people in; none is folded for it."""
    person = await a_person(federation)
    before = await read_up_to(services, federation)
    browser = await person.signs_in(app)
    assert (await browser.session())["signed_in"]
    assert await read_up_to(services, federation) == before


async def test_rest_says_that_it_is_recorded_and_where(
    busy: None, admin: Caller, services: Services, federation: Federation
) -> None:
    """ADR 0012: 202 with the ids instead of a stale body or a 404; the same address answers a moment later."""
    debtor = await federation.a_member()
    wanted = {"issuer_id": str(federation.issuer_id), "debtor_id": str(debtor), "lines": LINES}
    async with admin.client() as client:
        client.base_url = httpx.URL("http://carreau.test/api/v1")
        made = await client.post("/invoices", json=wanted)
        assert (made.status_code, made.headers["retry-after"]) == (202, "1"), made.text
        said = made.json()
        assert said["lag"] > 0
        invoice_id = said["said"]["invoice_id"]
        assert (await client.get(f"/invoices/{invoice_id}")).status_code == 404
        issue = {"Idempotency-Key": f'"{uuid4()}"'}
        issued = await client.post(f"/invoices/{invoice_id}/issue", json={"deliver": False}, headers=issue)
        assert (issued.status_code, issued.json()["said"]["number"]) == (202, "FAKTURA-2026-000001")
        assert "etag" not in issued.headers
        await catch_up(services.database, services.keyring, federation.tenant_id)
        shown = await client.get(f"/invoices/{invoice_id}")
        assert (shown.status_code, shown.json()["status"]) == (200, "issued")
        again = await client.post(f"/invoices/{invoice_id}/issue", json={"deliver": False}, headers=issue)
        assert (again.status_code, again.headers["idempotency-replayed"]) == (200, "true")


async def test_a_refusal_stays_one(busy: None, admin: Caller, federation: Federation) -> None:
    """What was never recorded is 404 as ever, however late the read models are."""
    async with admin.client() as client:
        answer = await client.post(
            f"http://carreau.test/api/v1/invoices/{uuid4()}/issue", json={}, headers={"Idempotency-Key": '"x"'}
        )
        assert answer.status_code == 404


async def test_graphql_says_how_far_behind_the_answer_is(
    busy: None, admin: Caller, services: Services, federation: Federation
) -> None:
    """ADR 0012: `extensions.journal`; what is new is null in the answer, and there a moment later."""
    debtor = await federation.a_member()
    content = {"lines": [{"description": "Licens senior", "unitPrice": "400"}]}
    said = {
        "issuerId": encoded("Issuer", federation.issuer_id),
        "debtorId": encoded("Debtor", debtor),
        "content": content,
    }
    answer = await admin.post(DRAFT, {"input": said})
    assert answer["data"]["draftInvoice"]["invoice"] is None
    assert answer["extensions"]["journal"]["lag"] > 0
    await catch_up(services.database, services.keyring, federation.tenant_id)
    listed = await admin.post("{ invoices(first: 5) { edges { node { id } } } }", {})
    assert len(listed["data"]["invoices"]["edges"]) == 1
    assert "journal" not in listed["extensions"]


async def test_with_nothing_to_wait_for_the_lag_is_zero(admin: Caller, federation: Federation) -> None:
    """Whoever changes something reads their own write."""
    draft = (await drafted(admin, federation, "400"))["invoice"]
    answer = await admin.post(ISSUE, {"input": {"invoiceId": draft["id"], "idempotencyKey": "once"}})
    assert answer["data"]["issueInvoice"]["invoice"]["status"] != "DRAFT"
    assert answer["extensions"]["journal"]["lag"] == 0


async def test_an_import_of_members_says_how_many_events_wait(
    busy: None, admin: Caller, services: Services, federation: Federation
) -> None:
    """ADR 0012: the report is whole, but who was imported is not to be read yet."""
    content = "\n".join((HEADER, ",".join(GOOD.values()))).encode()
    async with admin.client() as client:
        client.base_url = httpx.URL("http://carreau.test/api/v1")
        answer = await client.post("/members/import", content=content, headers={"Content-Type": "text/csv"})
        report = answer.json()
        assert (answer.status_code, report["imported"], report["created"]) == (200, True, 1), answer.text
        assert report["lag"] > 0
        await catch_up(services.database, services.keyring, federation.tenant_id)
        again = await client.post("/members/import?preview=true", content=content, headers={"Content-Type": "text/csv"})
        assert again.json()["lag"] == 0
