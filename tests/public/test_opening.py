"""Following a link: what it opens, for how long, and that everything else is answered alike (S001, S003, S004)."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette

from backend.runtime.clock import TravellingClock
from backend.services import Services
from backend.tenants.identity.throttle import LINK, LINKS
from backend.tenants.invoice_links import LINK_LASTS, VIEW_LASTS, InvoiceLink, token_of
from backend.values.identifiers import TenantId
from backend.write.debtors.erase import ErasePersonalData
from backend.write.execute import execute
from backend.write.links import RevokeInvoiceLinks
from tests.given.browser import Browser
from tests.given.federation import Federation
from tests.given.invoices import a_drafted_invoice, an_issued_invoice, it_was_paid
from tests.public.following import FRESH, OPEN, PAGE, PDF, a_reader, a_token


async def refusal(app: Starlette, token: str) -> tuple[int, str, bytes]:
    """What somebody with this token is told, and that no cookie comes with it."""
    answer = await Browser(app=app).post(OPEN, {"token": token})
    assert "set-cookie" not in answer.headers
    return answer.status_code, answer.headers["content-type"], answer.content


async def test_a_link_opens_its_invoice_and_nothing_is_kept_of_it(app: Starlette, federation: Federation) -> None:
    """S003-23: the page, and its cookie, which no script reads and no other page of ours is sent."""
    issued = await an_issued_invoice(federation)
    browser = Browser(app=app)
    assert (await browser.get(PAGE)).status_code == 404
    answer = await browser.post(OPEN, {"token": await a_token(federation, issued.invoice_id)})
    said = answer.headers["set-cookie"].lower()
    assert (answer.status_code, answer.content) == (204, b"")
    for word in ("httponly", "samesite=strict", "path=/public/invoice", f"max-age={int(VIEW_LASTS.total_seconds())}"):
        assert word in said
    page = await browser.get(PAGE)
    assert page.status_code == 200
    assert issued.number in page.text


async def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(
    app: Starlette, federation: Federation, other_federation: Federation
) -> None:
    """C36: altered, of another tenant, of a draft, of nothing at all, revoked: nobody learns which."""
    issued, keyring = await an_issued_invoice(federation), federation.write.keyring
    token = await a_token(federation, issued.invoice_id)
    draft, _ = await a_drafted_invoice(federation)
    until = federation.write.clock.now() + timedelta(days=1)

    def signed(tenant_id: TenantId, invoice_id: object, generation: int = 0) -> str:
        link = InvoiceLink(
            tenant_id=tenant_id,
            invoice_id=invoice_id,
            generation=generation,
            expires_at=until,  # type: ignore[arg-type]
        )
        return token_of(keyring, "link", link)

    nothing = await refusal(app, "x")
    assert nothing[0] == 404
    for wrong in (
        "",
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token[:50],
        signed(other_federation.tenant_id, issued.invoice_id),
        signed(federation.tenant_id, draft),
        signed(federation.tenant_id, federation.issuer_id),
        signed(federation.tenant_id, issued.invoice_id, 1),
    ):
        assert await refusal(app, wrong) == nothing
    await execute(federation.write, federation.system, RevokeInvoiceLinks(invoice_id=issued.invoice_id))
    assert await refusal(app, token) == nothing


async def test_a_link_ends(app: Starlette, federation: Federation, clock: TravellingClock, services: Services) -> None:
    """LINK_LASTS after the due date, and not a moment before."""
    issued = await an_issued_invoice(federation)
    token, now = await a_token(federation, issued.invoice_id), services.clock.now()
    due = timedelta(days=30) - timedelta(hours=now.hour, minutes=now.minute, seconds=now.second)
    clock.travel_to(now + due + LINK_LASTS - timedelta(seconds=1))
    await a_reader(app, token)
    clock.travel_to(now + due + LINK_LASTS)
    assert (await refusal(app, token))[0] == 404


async def test_an_open_page_closes_after_half_an_hour(
    app: Starlette, federation: Federation, clock: TravellingClock, services: Services
) -> None:
    """Also for a browser that keeps cookies for longer than it was told."""
    issued = await an_issued_invoice(federation)
    browser = await a_reader(app, await a_token(federation, issued.invoice_id))
    clock.travel_to(services.clock.now() + VIEW_LASTS - timedelta(seconds=1))
    assert (await browser.get(PAGE)).status_code == 200
    clock.travel_to(services.clock.now() + timedelta(seconds=1))
    for path in (PAGE, PDF):
        closed = await browser.get(path)
        assert closed.status_code == 404
        assert issued.number not in closed.text


async def test_revoking_closes_the_pages_that_are_open(app: Starlette, federation: Federation) -> None:
    """Stop sharing means now; links made afterwards open it again."""
    issued = await an_issued_invoice(federation)
    browser = await a_reader(app, await a_token(federation, issued.invoice_id))
    await execute(federation.write, federation.system, RevokeInvoiceLinks(invoice_id=issued.invoice_id))
    assert (await browser.get(PAGE)).status_code == 404
    assert (await browser.get(PDF)).status_code == 404
    await a_reader(app, await a_token(federation, issued.invoice_id))


async def test_of_a_person_erased_nothing_is_shown(
    app: Starlette, federation: Federation, clock: TravellingClock
) -> None:
    """S000-67: the page is closed, the link opens nothing, and both look like any that ended."""
    issued = await an_issued_invoice(federation)
    await it_was_paid(federation, issued)
    # When the books need not be kept any more.
    clock.travel_to(clock.now() + timedelta(days=366 * 12))
    token = await a_token(federation, issued.invoice_id)
    browser = await a_reader(app, token)
    erase = ErasePersonalData(debtor_id=issued.debtor_id, ground="GDPR 17")
    await execute(federation.write, federation.system, erase)
    assert (await browser.get(PAGE)).status_code == 404
    assert await refusal(app, token) == await refusal(app, "x")


async def test_a_cookie_opens_its_own_invoice_only(app: Starlette, federation: Federation) -> None:
    """The cookie of one invoice is no cookie of another, no link, and no way into anything else of the tenant."""
    one, other = await an_issued_invoice(federation), await an_issued_invoice(federation, "900")
    browser = await a_reader(app, await a_token(federation, one.invoice_id))
    page = await browser.get(PAGE)
    assert one.number in page.text
    assert other.number not in page.text
    cookie = browser.cookies.get("carreau_invoice") or ""
    assert (await refusal(app, cookie))[0] == 404
    both = f"carreau_invoice={cookie}; carreau_session={cookie}"
    for path in ("/api/v1/invoices", f"/api/v1/invoices/{one.invoice_id}", f"/api/v1/invoices/{one.invoice_id}/pdf"):
        assert (await browser.get(path, cookie=both)).status_code == 401
    altered = cookie[:-1] + ("A" if cookie[-1] != "A" else "B")
    for forged in ("", "x", altered, await a_token(federation, one.invoice_id)):
        answer = await Browser(app=app).get(PAGE, cookie=f"carreau_invoice={forged}")
        assert answer.status_code == 404


async def test_fetching_an_address_opens_nothing(app: Starlette, federation: Federation) -> None:
    """Scanners of mail follow links by GET; other sites send forms. Neither gets a cookie."""
    token = await a_token(federation, (await an_issued_invoice(federation)).invoice_id)
    browser = Browser(app=app)
    for method, path in (("GET", "/invoice-link"), ("HEAD", "/invoice-link"), ("GET", PAGE)):
        assert "set-cookie" not in (await browser.ask(method, path)).headers
    assert (await browser.get(OPEN)).status_code in (404, 405)
    other_site = {"origin": "https://elsewhere.example", "sec_fetch_site": "cross-site"}
    elsewhere = await browser.post(OPEN, {"token": token}, **other_site)
    assert elsewhere.status_code == 403
    form = await browser.post(OPEN, {"token": token}, content_type="text/plain")
    assert form.status_code == 400


@pytest.mark.parametrize("body", [{}, {"token": 7}, {"token": "x", "more": 1}, ["x"], {"token": "x" * 2000}])
async def test_what_is_no_token_is_turned_away(app: Starlette, body: object) -> None:
    for path in (OPEN, FRESH):
        assert (await Browser(app=app).post(path, body)).status_code in (400, 413)


async def test_guessing_is_slowed_down_by_address(app: Starlette, federation: Federation) -> None:
    """Not that 256 bits could be guessed; but nobody shall keep us busy."""
    token = await a_token(federation, (await an_issued_invoice(federation)).invoice_id)
    browser = Browser(app=app)
    for at in range(LINKS.allowed):
        assert (await browser.post(OPEN, {"token": f"x{at}"})).status_code == 404
    slowed = await browser.post(OPEN, {"token": token})
    assert slowed.status_code == 429
    assert int(slowed.headers["retry-after"]) > 0
    # Somebody else's address is not slowed down with it.
    await a_reader(app, token)


async def test_one_link_is_not_opened_without_end(app: Starlette, federation: Federation) -> None:
    """Also from many addresses. A good link gives its attempt back to the address, so a club house stays open."""
    token = await a_token(federation, (await an_issued_invoice(federation)).invoice_id)
    for _ in range(LINK.allowed):
        await a_reader(app, token)
    assert (await Browser(app=app).post(OPEN, {"token": token})).status_code == 429
