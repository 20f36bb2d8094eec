"""The PDF and the accessible page over REST."""

from io import BytesIO
from uuid import uuid4

import httpx
from pypdf import PdfReader

from tests.api.rest.given import a_draft, an_invoice, caught_up
from tests.api.rest.test_invoices import key
from tests.given.federation import Federation


async def test_the_pdf_is_made_once_and_is_the_same_for_ever(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-29, S002-58: rendered on demand, stored, recorded; the ETag is its SHA-256, the name its number."""
    invoice = await an_invoice(federation, await federation.a_member())
    first = await rest.get(f"/invoices/{invoice}/pdf")
    assert first.status_code == 200, first.text
    assert first.content.startswith(b"%PDF")
    assert first.headers["content-type"] == "application/pdf"
    assert "inline" in first.headers["content-disposition"]
    assert "FAKTURA-2026-000001.pdf" in first.headers["content-disposition"]
    assert first.headers["cache-control"] == "private, no-cache"
    await caught_up(federation)
    again = await rest.get(f"/invoices/{invoice}/pdf")
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    known = await rest.get(f"/invoices/{invoice}/pdf", headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await connection.execute(
            "SELECT count(*) FROM journal_events WHERE type = 'document-stored' AND stream_id = %s", (invoice,)
        )
        assert (await found.fetchone()) == (1,)


async def test_the_page_is_accessible_and_runs_nothing(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-23: the same invoice in HTML, in the debtor's language, under a policy that allows no script."""
    invoice = await an_invoice(federation, await federation.a_member())
    page = await rest.get(f"/invoices/{invoice}/html", headers={"Accept": "text/html"})
    assert page.status_code == 200, page.text
    assert '<html lang="sv"' in page.text
    assert "FAKTURA-2026-000001" in page.text
    assert page.headers["content-language"] == "sv"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]


async def test_a_draft_has_no_document(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-29: nothing that looks like an invoice before it is one."""
    draft = await a_draft(federation, await federation.a_member())
    for kind in ("pdf", "html"):
        answer = await rest.get(f"/invoices/{draft}/{kind}")
        assert (answer.status_code, answer.json()["code"]) == (409, "INVOICE_NOT_ISSUED")


async def test_json_is_not_served_as_pdf(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.2: 406 for a client that cannot read what there is."""
    invoice = await an_invoice(federation, await federation.a_member())
    for accept, status in (("application/json", 406), ("application/*;q=0.5", 200), ("text/html, */*;q=0", 406)):
        answer = await rest.get(f"/invoices/{invoice}/pdf", headers={"Accept": accept})
        assert answer.status_code == status, accept


async def test_a_credit_note_is_printed_from_its_event(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-33: it names the invoice it takes back and the reason, and asks for no payment."""
    invoice = await an_invoice(federation, await federation.a_member())
    said = (await rest.post(f"/invoices/{invoice}/cancel", json={"reason": "fel klubb"}, headers=key())).json()
    await caught_up(federation)
    note = said["credit_note"]["id"]
    first = await rest.get(f"/credit-notes/{note}/pdf")
    assert first.status_code == 200, first.text
    assert "CN-2026-000001.pdf" in first.headers["content-disposition"]
    assert (await rest.get(f"/credit-notes/{note}/pdf")).content == first.content
    text = PdfReader(BytesIO(first.content)).pages[0].extract_text()
    for words in ("Kreditfaktura", "CN-2026-000001", "FAKTURA-2026-000001", "fel klubb", "Krediteras"):
        assert words in text
    assert "Bankgiro" not in text
    assert "Att betala" not in text
    for other in (invoice, str(uuid4())):
        answer = await rest.get(f"/credit-notes/{other}/pdf")
        assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
