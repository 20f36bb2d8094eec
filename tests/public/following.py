"""Following links in tests: the token of an invoice's link, and a debtor's browser that opened one."""

from datetime import datetime

from starlette.applications import Starlette

from backend.tenants.invoice_links import InvoiceLink, token_of
from backend.values.identifiers import InvoiceId
from backend.write.execute import execute
from backend.write.links import MakeInvoiceLink
from tests.given.browser import Browser
from tests.given.federation import Federation

OPEN, FRESH, PAGE, PDF = "/public/invoice/open", "/public/invoice/fresh", "/public/invoice", "/public/invoice/pdf"


async def a_token(federation: Federation, invoice_id: InvoiceId) -> str:
    """The token of a link made now."""
    receipt = await execute(federation.write, federation.system, MakeInvoiceLink(invoice_id=invoice_id))
    link = InvoiceLink(
        tenant_id=federation.tenant_id,
        invoice_id=invoice_id,
        generation=int(receipt.answer["generation"]),
        expires_at=datetime.fromisoformat(receipt.answer["expires_at"]),
    )
    return token_of(federation.write.keyring, "link", link)


async def a_reader(app: Starlette, token: str) -> Browser:
    """A browser that followed a good link."""
    browser = Browser(app=app)
    answer = await browser.post(OPEN, {"token": token})
    assert answer.status_code == 204, answer.text
    return browser
