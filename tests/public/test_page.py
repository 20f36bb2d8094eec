"""The page of an invoice as it stands now, its PDF, its headers, and that it needs no script."""

import base64
import hashlib
import re
from datetime import timedelta

import pytest
from starlette.applications import Starlette

from backend.read.catch_up import catch_up
from backend.runtime.clock import TravellingClock
from backend.services import Services
from backend.values.identifiers import PaymentId
from backend.write.execute import execute
from tests.given.browser import Browser
from tests.given.federation import Federation
from tests.given.invoices import a_wanted_payment, an_issued_invoice, it_was_cancelled, it_was_paid
from tests.public.following import PAGE, PDF, a_reader, a_token

NBSP = "\u00a0"


async def a_page(app: Starlette, federation: Federation, invoice_id: object) -> str:
    browser = await a_reader(app, await a_token(federation, invoice_id))  # type: ignore[arg-type]
    answer = await browser.get(PAGE)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_it_says_what_is_owed_to_whom_and_how_to_pay(app: Starlette, federation: Federation) -> None:
    """S003-23, S004: in the debtor's language, from the issuer, with account, reference and code."""
    issued = await an_issued_invoice(federation)
    page = await a_page(app, federation, issued.invoice_id)
    assert '<html lang="sv">' in page
    for text in (
        f"Faktura {issued.number}",
        "Stockholms Bouledistrikt",
        f"500,00{NBSP}SEK",
        "Betala senast 2026-12-20",
        "5050-1055",
        "OCR-nummer",
        'class="qr"',
        "Måns Östlund",
        "Ladda ner PDF",
        "kassor@sthlm.boule.example",
        "Läget 2026-11-20",
    ):
        assert text in page, text
    # Only the name of the debtor: the page may be seen by whoever the link was passed on to.
    assert "Backstigen" not in page
    assert "members.example" not in page


async def test_what_is_left_is_what_is_asked_for(app: Starlette, federation: Federation) -> None:
    """A page that is read after a part was paid asks for the rest, in words, on the slip and in the code."""
    issued = await an_issued_invoice(federation)
    await it_was_paid(federation, issued, 20_000)
    page = await a_page(app, federation, issued.invoice_id)
    assert "Kvar att betala" in page
    assert f"300,00{NBSP}SEK" in page
    assert f"200,00{NBSP}SEK av 500,00{NBSP}SEK är reglerat" in page


async def test_a_paid_invoice_says_so_and_asks_for_nothing(
    app: Starlette, federation: Federation, services: Services
) -> None:
    """With the day the money came, which a projection knows; before it does, the invoice is settled all the same."""
    issued = await an_issued_invoice(federation)
    await it_was_paid(federation, issued)
    assert "Reglerad" in await a_page(app, federation, issued.invoice_id)
    await catch_up(services.database, services.keyring, federation.tenant_id)
    page = await a_page(app, federation, issued.invoice_id)
    assert "Betald 2026-11-20" in page
    assert "Det finns inget att betala." in page
    assert "5050-1055" not in page
    assert 'class="qr"' not in page


async def test_a_cancelled_invoice_says_so_and_names_its_credit_note(app: Starlette, federation: Federation) -> None:
    """S001: nobody is ever shown the old version as if it were in force."""
    issued = await an_issued_invoice(federation)
    await it_was_cancelled(federation, issued)
    page = await a_page(app, federation, issued.invoice_id)
    assert "Makulerad" in page
    assert re.search(rf"Kreditfaktura CN-\d+-\d+ från 2026-11-20 krediterar 500,00{NBSP}SEK", page)
    assert "5050-1055" not in page


async def test_an_open_page_shows_the_payment_of_this_minute(app: Starlette, federation: Federation) -> None:
    issued = await an_issued_invoice(federation)
    browser = await a_reader(app, await a_token(federation, issued.invoice_id))
    assert "Att betala" in (await browser.get(PAGE)).text
    await it_was_paid(federation, issued)
    assert "Det finns inget att betala." in (await browser.get(PAGE)).text


async def test_it_is_overdue_the_day_after(
    app: Starlette, federation: Federation, clock: TravellingClock, services: Services
) -> None:
    """X17: in the issuer's calendar."""
    issued = await an_issued_invoice(federation)
    clock.travel_to(services.clock.now() + timedelta(days=31))
    assert "Förföll 2026-12-20" in await a_page(app, federation, issued.invoice_id)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Reste à payer|Montant à payer"),
        ("en", "Amount due"),
        ("fi", "Maksettava"),
        ("de", "Zu zahlen|Zahlbar"),
        ("es", "Importe a pagar"),
        ("th", "Amount due"),
    ],
)
async def test_it_speaks_the_language_of_the_invoice(
    app: Starlette, federation: Federation, language: str, words: str
) -> None:
    """Where there is no translation, English, as on the document."""
    debtor = await federation.a_member(language=language)
    issued = await an_issued_invoice(federation, debtor_id=debtor)
    page = await a_page(app, federation, issued.invoice_id)
    assert f'<html lang="{"en" if language == "th" else language}">' in page
    assert re.search(words, page)


async def test_the_pdf_is_the_document(app: Starlette, federation: Federation) -> None:
    """X2: rendered once, the same bytes ever after."""
    issued = await an_issued_invoice(federation)
    browser = await a_reader(app, await a_token(federation, issued.invoice_id))
    first, again = await browser.get(PDF), await browser.get(PDF)
    assert first.headers["content-type"] == "application/pdf"
    assert first.headers["content-disposition"].startswith(f'attachment; filename="{issued.number}.pdf"')
    assert first.content.startswith(b"%PDF-")
    assert first.content == again.content


async def test_the_headers_keep_it_private(app: Starlette, federation: Federation) -> None:
    """Not kept, not listed, not framed, no address handed on, and nothing runs that is not a file of ours."""
    issued = await an_issued_invoice(federation)
    browser = await a_reader(app, await a_token(federation, issued.invoice_id))
    for path in (PAGE, PDF, "/invoice-link"):
        answer = await browser.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("path", [PAGE, "/invoice-link", "/public/invoice?closed"])
async def test_nothing_in_the_page_breaks_its_policy(app: Starlette, federation: Federation, path: str) -> None:
    """The one style element is the one the policy names; no inline script, no handler, no style attribute, no host."""
    issued = await an_issued_invoice(federation)
    browser = Browser(app=app)
    if path == PAGE:
        browser = await a_reader(app, await a_token(federation, issued.invoice_id))
    answer = await browser.get(path)
    styles = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in styles]
    assert [f"'sha256-{digest}'" in answer.headers["content-security-policy"] for digest in digests] == [True]
    assert not re.search(r"<script(?![^>]* src=\"/)", answer.text)
    assert not re.search(r"\s(style|on[a-z]+)=", answer.text)
    assert "http://" not in answer.text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in answer.text
    for script in re.findall(r'<script src="([^"]+)"', answer.text):
        found = await browser.get(script)
        assert (found.status_code, found.headers["content-type"].partition(";")[0]) == (200, "text/javascript")


async def test_it_works_without_script(app: Starlette, federation: Federation) -> None:
    """Everything stands in the page; what only a script can do is hidden until one runs."""
    issued = await an_issued_invoice(federation)
    page = await a_page(app, federation, issued.invoice_id)
    buttons = re.findall(r"<button[^>]*>", page)
    assert buttons
    assert all(" hidden" in button for button in buttons)
    assert '<a class="button" href="/public/invoice/pdf">' in page


@pytest.mark.parametrize(
    ("asked", "language", "text"),
    [
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv", "behöver JavaScript"),
        ("fr", "fr", "besoin de JavaScript"),
        ("th-TH", "en", "needs JavaScript"),
        ("", "en", "needs JavaScript"),
        ("x" * 5000, "en", "needs JavaScript"),
    ],
)
async def test_the_page_a_link_leads_to_speaks_the_browsers_language(
    app: Starlette, asked: str, language: str, text: str
) -> None:
    """It knows of no invoice yet. Without script it says where the invoice is."""
    answer = await Browser(app=app).get("/invoice-link", accept_language=asked)
    assert f'<html lang="{language}">' in answer.text
    assert text in answer.text
    assert answer.headers["vary"] == "accept-language"


async def test_overpaying_leaves_nothing_to_pay(app: Starlette, federation: Federation) -> None:
    issued = await an_issued_invoice(federation)
    paid = a_wanted_payment(
        issued.invoice_id,
        issued.total_minor + 100,
        payment_id=PaymentId(federation.write.new_id()),
        allow_overpayment=True,
    )
    await execute(federation.write, federation.system, paid)
    assert "Det finns inget att betala." in await a_page(app, federation, issued.invoice_id)
