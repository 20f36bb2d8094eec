"""That an invoice was seen is written down once a day, and a new link goes to the known address only."""

from datetime import timedelta
from uuid import uuid4

import pytest
from starlette.applications import Starlette

from backend.api.graphql.identifiers import encoded
from backend.read.catch_up import catch_up
from backend.runtime.clock import TravellingClock
from backend.services import Services
from backend.tenants.identity.throttle import LETTERS
from backend.values.identifiers import InvoiceId
from backend.write.execute import execute
from backend.write.links import RevokeInvoiceLinks
from tests.api.caller import Caller
from tests.given.browser import Browser
from tests.given.federation import Federation
from tests.given.invoices import an_issued_invoice, it_was_cancelled
from tests.given.people import a_person
from tests.public.following import FRESH, PAGE, a_reader, a_token

ACTIVITY = "query A($id: ID!) { activity(filter: { subjectId: $id }) { edges { node { type actor { kind } } } } }"
HISTORY = (
    "query H($id: ID!) { invoice(id: $id) { status deliveryState history { axis toStatus changedBy { principal } } } }"
)
DELIVERIES = "query D($id: ID!) { deliveries(invoiceId: $id) { edges { node { toAddress state } } } }"


async def views(admin: Caller, services: Services, federation: Federation, invoice_id: InvoiceId) -> list[str]:
    """Who noted that the invoice was seen, as Activity tells it."""
    await catch_up(services.database, services.keyring, federation.tenant_id)
    found = await admin.ask(ACTIVITY, id=encoded("Invoice", invoice_id))
    nodes = [edge["node"] for edge in found["activity"]["edges"]]
    return [node["actor"]["kind"] for node in nodes if node["type"] == "invoice-viewed"]


async def mailed(admin: Caller, services: Services, federation: Federation, invoice_id: InvoiceId) -> list[str]:
    await catch_up(services.database, services.keyring, federation.tenant_id)
    found = await admin.ask(DELIVERIES, id=encoded("Invoice", invoice_id))
    return [edge["node"]["toAddress"] for edge in found["deliveries"]["edges"]]


async def test_the_first_opening_of_a_day_is_noted(
    app: Starlette, admin: Caller, federation: Federation, clock: TravellingClock, services: Services
) -> None:
    """S002-36: the delivery axis says viewed, the timeline since when; looking again that day is no news."""
    issued = await an_issued_invoice(federation)
    token = await a_token(federation, issued.invoice_id)
    assert await views(admin, services, federation, issued.invoice_id) == []
    browser = await a_reader(app, token)
    for _ in range(3):
        await browser.get(PAGE)
        await a_reader(app, token)
    assert await views(admin, services, federation, issued.invoice_id) == ["LINK"]
    found = (await admin.ask(HISTORY, id=encoded("Invoice", issued.invoice_id)))["invoice"]
    assert (found["status"], found["deliveryState"]) == ("VIEWED", "VIEWED")
    viewed = {"axis": "DELIVERY", "toStatus": "viewed", "changedBy": {"principal": "system:invoice-page"}}
    assert viewed in found["history"]
    clock.travel_to(services.clock.now() + timedelta(days=1))
    await a_reader(app, token)
    assert len(await views(admin, services, federation, issued.invoice_id)) == 2


async def test_reading_the_page_notes_nothing(
    app: Starlette, admin: Caller, federation: Federation, services: Services
) -> None:
    """GET changes nothing; only following the link does."""
    issued = await an_issued_invoice(federation)
    await a_token(federation, issued.invoice_id)
    browser = Browser(app=app)
    await browser.get("/invoice-link")
    await browser.get(PAGE)
    assert await views(admin, services, federation, issued.invoice_id) == []


async def test_our_own_people_are_not_the_debtor(
    app: Starlette, admin: Caller, federation: Federation, services: Services
) -> None:
    """A treasurer who tries the link she copied has not shown that the member read it."""
    issued = await an_issued_invoice(federation)
    person = await a_person(federation)
    browser = Browser(app=app)
    signed = await browser.post(
        "/auth/sign-in", {"tenant": federation.slug, "email": person.email, "password": person.password}
    )
    assert signed.status_code == 200, signed.text
    token = await a_token(federation, issued.invoice_id)
    assert (await browser.post("/public/invoice/open", {"token": token})).status_code == 204
    assert await views(admin, services, federation, issued.invoice_id) == []


@pytest.mark.parametrize("state", ["good", "ended", "revoked"])
async def test_a_new_link_is_mailed_to_the_known_address(
    app: Starlette, admin: Caller, federation: Federation, clock: TravellingClock, services: Services, state: str
) -> None:
    """Whoever holds an old link cannot see the invoice by it, and cannot say where the new one goes."""
    debtor = await federation.a_member(email="mans@members.example")
    issued = await an_issued_invoice(federation, debtor_id=debtor)
    token = await a_token(federation, issued.invoice_id)
    if state == "ended":
        clock.travel_to(services.clock.now() + timedelta(days=200))
    elif state == "revoked":
        await execute(federation.write, federation.system, RevokeInvoiceLinks(invoice_id=issued.invoice_id))
    answer = await Browser(app=app).post(FRESH, {"token": token})
    assert (answer.status_code, answer.content) == (202, b"")
    assert await mailed(admin, services, federation, issued.invoice_id) == ["mans@members.example"]


async def test_asking_for_a_new_link_tells_nobody_anything(
    app: Starlette, admin: Caller, federation: Federation, services: Services
) -> None:
    """The same answer for no link at all, for a cancelled invoice, for one without an address and for a mail that is
    on its way already; and no mail."""
    cancelled = await an_issued_invoice(federation)
    await it_was_cancelled(federation, cancelled)
    nowhere = await an_issued_invoice(federation, debtor_id=await federation.a_member(email=""))
    waiting = await an_issued_invoice(federation, deliver=True)
    tokens = {str(uuid4()): 0}
    for issued, mails in ((cancelled, 0), (nowhere, 0), (waiting, 1)):
        tokens[await a_token(federation, issued.invoice_id)] = mails
    for token in tokens:
        answer = await Browser(app=app).post(FRESH, {"token": token})
        assert (answer.status_code, answer.content) == (202, b"")
    for issued, mails in ((cancelled, 0), (nowhere, 0), (waiting, 1)):
        assert len(await mailed(admin, services, federation, issued.invoice_id)) == mails


async def test_nobody_is_flooded_with_new_links(
    app: Starlette, admin: Caller, federation: Federation, services: Services
) -> None:
    """The answer stays the same, from wherever it is asked; the mails end."""
    issued = await an_issued_invoice(federation)
    token = await a_token(federation, issued.invoice_id)
    for _ in range(LETTERS.allowed + 3):
        assert (await Browser(app=app).post(FRESH, {"token": token})).status_code == 202
    # The first is still on its way, so that even the allowed ones make no second mail.
    assert len(await mailed(admin, services, federation, issued.invoice_id)) == 1
