"""The page of an open invoice and its PDF, and the page that a link leads to. Reading them changes nothing."""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from backend.api.authentication import services_of
from backend.api.problems import problem
from backend.api.public.opening import refused_by
from backend.api.public.view_cookie import view_of
from backend.api.rest.documents import FAILED, PDF, RETRY_AFTER_SECONDS, printed, renderers
from backend.api.rest.reading import content_disposition
from backend.documents.public_page import Facts, PublicPage, closed_page, invoice_page, link_page
from backend.documents.render import chosen_for
from backend.outbound.shared_invoice import SharedInvoice, shared_invoice
from backend.read.invoices.queries import PrintableDocument
from backend.runtime.settings import REPOSITORY
from backend.services import Services
from backend.tenants.identity.throttle import VIEWS, Tried
from backend.tenants.invoice_links import InvoiceLink

SCRIPTS: Final = REPOSITORY / "backend" / "api" / "public" / "scripts"
MAX_ACCEPT_LANGUAGE: Final = 200
FALLBACK: Final = "en"

# Search engines neither list nor keep it; `request.py` adds no-store, no-referrer and nosniff to every answer.
_HEADERS: Final = {"x-robots-tag": "noindex, nofollow, noarchive"}
_SCRIPT_HEADERS: Final = {"cache-control": "no-cache"}

log = structlog.get_logger(__name__)


async def followed(request: Request) -> Response:
    """Where a link leads. The same page for every link, because what stands after the # is not sent to us."""
    return _html(link_page(_language_of(request)), vary=True)


async def page(request: Request) -> Response:
    """The invoice the cookie opens, as it stands now."""
    services, link = services_of(request), view_of(request)
    if link is None:
        return _closed(request)
    if (refused := await refused_by(services, _seen(link))) is not None:
        return refused
    shared = await shared_invoice(services, link)
    if shared is None:
        return _closed(request)
    try:
        return _html(await _page_of(services, link, shared))
    except FAILED as failed:
        return _unavailable(link, failed)


async def pdf(request: Request) -> Response:
    """Its PDF: the bytes that were mailed."""
    services, link = services_of(request), view_of(request)
    if link is None:
        return _closed(request)
    if (refused := await refused_by(services, _seen(link))) is not None:
        return refused
    shared = await shared_invoice(services, link)
    if shared is None:
        return _closed(request)
    found = PrintableDocument(shared.issued, shared.digest)
    try:
        stored = await printed(services, renderers(request.app), link.tenant_id, found)
    except FAILED as failed:
        return _unavailable(link, failed)
    name = content_disposition("attachment", f"{shared.issued.number}.pdf")
    return Response(stored.pdf, headers=_HEADERS | {"content-type": PDF, "content-disposition": name})


async def link_script(request: Request) -> Response:
    """The script that hands a link's token over."""
    return FileResponse(SCRIPTS / "link.js", media_type="text/javascript", headers=_SCRIPT_HEADERS)


async def page_script(request: Request) -> Response:
    """The script that copies account and reference."""
    return FileResponse(SCRIPTS / "page.js", media_type="text/javascript", headers=_SCRIPT_HEADERS)


async def _page_of(services: Services, link: InvoiceLink, shared: SharedInvoice) -> PublicPage:
    issued, credit = shared.issued, shared.credit
    name = issued.issuer.template.logo
    logo = await services.store.get(link.tenant_id, name) if name else None
    facts = Facts(
        open=shared.open,
        cancelled=shared.cancelled,
        paid_on=shared.paid_on,
        credit=(credit.number, credit.issued_on, credit.total) if credit else None,
        today=services.clock.today(issued.issuer.time_zone),
    )
    return await asyncio.to_thread(invoice_page, issued, facts, chosen=chosen_for(issued), logo=logo)


def _closed(request: Request) -> Response:
    """The one answer where nothing is open: no cookie, one that ended, a link that was revoked, a person erased."""
    return _html(closed_page(_language_of(request)), status=404, vary=True)


def _html(page: PublicPage, *, status: int = 200, vary: bool = False) -> Response:
    headers: Mapping[str, str] = _HEADERS | {
        "content-security-policy": page.policy,
        "content-language": page.language,
        **({"vary": "accept-language"} if vary else {}),
    }
    return HTMLResponse(page.html, status, headers=headers)


def _unavailable(link: InvoiceLink, failed: Exception) -> Response:
    log.error("public.no_document", invoice_id=str(link.invoice_id), reason=f"{type(failed).__name__}: {failed}")
    wait = {"retry-after": str(RETRY_AFTER_SECONDS)}
    return problem(503, detail="the document cannot be made right now: try again", headers=wait)


def _seen(link: InvoiceLink) -> Tried:
    return Tried(VIEWS, f"{link.tenant_id}/{link.invoice_id}")


def _language_of(request: Request) -> str:
    """The first language the browser asks for; the page speaks English where we do not."""
    asked = request.headers.get("accept-language", "")[:MAX_ACCEPT_LANGUAGE]
    first = asked.partition(",")[0].partition(";")[0].strip().lower()
    return first.partition("-")[0] or FALLBACK
