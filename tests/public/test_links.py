"""Links in the mail and in the app: the same address on every attempt, taken and revoked by those who may send."""

import re
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

from starlette.applications import Starlette

from backend.api.graphql.identifiers import encoded
from backend.documents.renderer import RendererPool
from backend.outbound.smtp import SmtpPool, SmtpSettings
from backend.read.catch_up import catch_up
from backend.runtime.clock import TravellingClock
from backend.services import Services
from backend.tenants.capabilities import Role
from backend.tenants.invoice_links import InvoiceLink, expiry, token_of
from backend.write.deliveries.deliver import DeliverInvoice
from backend.write.execute import execute
from backend.write.links import RevokeInvoiceLinks
from tests.api.caller import Caller, a_caller
from tests.given.browser import Browser
from tests.given.federation import Federation
from tests.given.invoices import a_drafted_invoice, an_issued_invoice
from tests.given.smtp_faults import smtp_that
from tests.outbound.test_document_mail import mail_due
from tests.public.following import OPEN, PAGE, a_reader

MAKE = (
    "mutation M($input: MakeInvoiceLinkInput!) { makeInvoiceLink(input: $input) { __typename"
    " ... on MakeInvoiceLinkSuccess { link { url expiresAt } } ... on Refused { code } } }"
)
REVOKE = (
    "mutation R($input: RevokeInvoiceLinksInput!) { revokeInvoiceLinks(input: $input) { __typename"
    " ... on RevokeInvoiceLinksSuccess { invoiceId } ... on Refused { code } } }"
)
ACTIVITY = (
    "query A($id: ID!) { activity(filter: { subjectId: $id }, first: 50)"
    " { edges { node { type actor { principal } } } } }"
)
_LINK = re.compile(r"https?://\S+/invoice-link#([A-Za-z0-9_-]+)")


async def mails(services: Services, federation: Federation) -> list[tuple[str, str]]:
    """The texts and pages of everything that is due now."""
    async with (
        smtp_that() as server,
        SmtpPool(SmtpSettings.from_url(server.url)) as smtp,
        RendererPool(processes=1) as renderers,
    ):
        await mail_due(services, smtp, renderers, federation.tenant_id)
        found = []
        for stored in server.stored:
            mail = message_from_bytes(bytes(stored), policy=default)
            text, html = mail.get_body(("plain",)), mail.get_body(("html",))
            assert text is not None
            assert html is not None
            found.append((text.get_content(), html.get_content()))
        return found


async def test_the_mail_brings_the_link(
    app: Starlette, federation: Federation, services: Services, clock: TravellingClock
) -> None:
    """S003-23: in text and page, in the debtor's language; it opens this invoice. I06: it follows from the day the mail
    was queued, so that a second copy is the same message."""
    issued = await an_issued_invoice(federation, deliver=True)
    link = InvoiceLink(
        tenant_id=federation.tenant_id,
        invoice_id=issued.invoice_id,
        generation=0,
        expires_at=expiry(date(2026, 12, 20), clock.now()),
    )
    clock.advance(timedelta(hours=5))
    [(text, html)] = await mails(services, federation)
    assert "Se fakturan på webben" in text
    assert "Se fakturan på webben" in html
    token = _LINK.findall(text)[0]
    assert token == token_of(services.keyring, "link", link)
    assert f'#{token}"' in html
    browser = await a_reader(app, token)
    assert issued.number in (await browser.get(PAGE)).text


async def test_a_mail_after_revoking_brings_a_new_link(
    app: Starlette, federation: Federation, services: Services, clock: TravellingClock
) -> None:
    """The old one stays closed, although the invoice is the same."""
    issued = await an_issued_invoice(federation, deliver=True)
    [(first, _)] = await mails(services, federation)
    await execute(federation.write, federation.system, RevokeInvoiceLinks(invoice_id=issued.invoice_id))
    clock.advance(timedelta(hours=1))
    again = DeliverInvoice(delivery_id=federation.write.new_id(), invoice_id=issued.invoice_id)  # type: ignore[arg-type]
    await execute(federation.write, federation.system, again)
    [(second, _)] = await mails(services, federation)
    old, new = _LINK.findall(first)[0], _LINK.findall(second)[0]
    assert (await Browser(app=app).post(OPEN, {"token": old})).status_code == 404
    await a_reader(app, new)


async def test_a_link_is_taken_and_revoked_in_the_app(
    app: Starlette, admin: Caller, federation: Federation, services: Services
) -> None:
    """Both are in the journal with who did it; the link itself is nowhere."""
    issued = await an_issued_invoice(federation)
    wanted = {"invoiceId": encoded("Invoice", issued.invoice_id), "idempotencyKey": "one"}
    made = (await admin.ask(MAKE, input=wanted))["makeInvoiceLink"]["link"]
    # A lost answer is asked for again, and is the same.
    assert (await admin.ask(MAKE, input=wanted))["makeInvoiceLink"]["link"] == made
    token = made["url"].partition("#")[2]
    await a_reader(app, token)
    revoked = await admin.ask(REVOKE, input={"invoiceId": encoded("Invoice", issued.invoice_id)})
    assert revoked["revokeInvoiceLinks"]["__typename"] == "RevokeInvoiceLinksSuccess"
    assert (await Browser(app=app).post(OPEN, {"token": token})).status_code == 404
    await catch_up(services.database, services.keyring, federation.tenant_id)
    found = await admin.ask(ACTIVITY, id=encoded("Invoice", issued.invoice_id))
    by = {edge["node"]["type"]: edge["node"]["actor"]["principal"] for edge in found["activity"]["edges"]}
    assert by["invoice-link-made"] == by["invoice-links-revoked"] == f"user:{admin.user_id}"
    async with services.database.scope(federation.tenant_id) as connection:
        rows = await (
            await connection.execute(
                b"SELECT count(*) FROM journal_receipts WHERE tenant_id = %b AND position(%b in convert_from(outcome,"
                b" 'UTF8')) > 0",
                (federation.tenant_id, token),
            )
        ).fetchone()
    assert rows == (0,)


async def test_programs_take_and_revoke_links_too(app: Starlette, admin: Caller, federation: Federation) -> None:
    """S004: for a portal that shows its members their invoices."""
    issued = await an_issued_invoice(federation)
    async with admin.client() as client:
        made = await client.post(f"/api/v1/invoices/{issued.invoice_id}/link")
        assert made.status_code == 201
        token = made.json()["url"].partition("#")[2]
        await a_reader(app, token)
        assert (await client.delete(f"/api/v1/invoices/{issued.invoice_id}/links")).status_code == 204
    assert (await Browser(app=app).post(OPEN, {"token": token})).status_code == 404


async def test_only_who_may_send_may_share(app: Starlette, federation: Federation) -> None:
    """An auditor and a club see the invoice; neither hands it out."""
    issued = await an_issued_invoice(federation)
    for role in (Role.AUDITOR, Role.CLUB_ADMIN):
        caller = await a_caller(app, federation, role)
        for mutation in (MAKE, REVOKE):
            answer = await caller.post(mutation, {"input": {"invoiceId": encoded("Invoice", issued.invoice_id)}})
            assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_a_draft_is_not_shared(admin: Caller, federation: Federation) -> None:
    """S001: no version but the issued one leaves the house."""
    draft, _ = await a_drafted_invoice(federation)
    found = await admin.ask(MAKE, input={"invoiceId": encoded("Invoice", draft)})
    assert found["makeInvoiceLink"] == {"__typename": "Refused", "code": "INVOICE_NOT_ISSUED"}
