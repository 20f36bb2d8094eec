"""Following a link, and asking for a new one. Both answer everybody alike; what differs happens after the answer."""

from typing import Final

import structlog
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from backend.api.authentication import ip_of, services_of, session_of
from backend.api.csrf import check_origin
from backend.api.dispatch import record
from backend.api.problems import Fault, Malformed, problem
from backend.api.public.view_cookie import set_view
from backend.api.rest.reading import Body, body_of
from backend.outbound.shared_invoice import shared_invoice
from backend.services import Services
from backend.tenants.actor import system_actor
from backend.tenants.identity.sessions import actor_of_session
from backend.tenants.identity.throttle import LETTERS, LINK, LINKS, Tried, attempt, network_of, succeeded
from backend.tenants.invoice_links import InvoiceLink, link_of
from backend.tenants.principals import INVOICE_PAGE
from backend.values.identifiers import DeliveryId
from backend.write.deliveries.deliver import DeliverInvoice
from backend.write.links import RecordInvoiceViewed
from backend.write.refusal import Refusal

# A token in its JSON takes a tenth of that.
MAX_BODY: Final = 1024
# Who the journal names: the page, and not a person, for a link may have been passed on.
PRINCIPAL: Final = INVOICE_PAGE

log = structlog.get_logger(__name__)


class Followed(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stood after the # of a link."""

    token: str


async def open_invoice(request: Request) -> Response:
    """Exchange a link for the cookie of its page. Only a script of ours asks this, so what merely fetches addresses in
    mail opens nothing."""
    services, token = services_of(request), await _token(request)
    address = Tried(LINKS, network_of(ip_of(request)))
    if (refused := await refused_by(services, address, Tried(LINK, token))) is not None:
        return refused
    link = link_of(services.keyring, "link", token)
    if link is None or await shared_invoice(services, link) is None:
        return problem(404, detail="this link does not open an invoice", code="LINK_OPENS_NOTHING")
    await succeeded(services.database, address=address)
    told = None if await _is_ours(request, link) else BackgroundTask(_note_viewed, services, link)
    response = Response(status_code=204, background=told)
    set_view(services, response, link)
    return response


async def ask_fresh_link(request: Request) -> Response:
    """A new link, to the address that is known for the invoice and to no other. The answer is the same for a link that
    ended, for one that was revoked, and for what never was one."""
    services, token = services_of(request), await _token(request)
    address = Tried(LINKS, network_of(ip_of(request)))
    if (refused := await refused_by(services, address, Tried(LINK, token))) is not None:
        return refused
    return Response(status_code=202, background=BackgroundTask(_mail_fresh_link, services, token))


async def _token(request: Request) -> str:
    check_origin(request, services_of(request).settings)
    # A form of another site can send text, but not this type.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Malformed(Fault(detail="the body is application/json"))
    return body_of(await request.body(), Followed).token


async def refused_by(services: Services, *tried: Tried) -> Response | None:
    """Count an attempt; the answer when there were too many."""
    at = services.clock.now()
    until = await attempt(services.database, *tried, at=at)
    if until is None:
        return None
    wait = {"retry-after": str(max(1, int((until - at).total_seconds() + 1)))}
    return problem(429, detail="too many attempts: wait a little", code="TOO_MANY_ATTEMPTS", headers=wait)


async def _is_ours(request: Request, link: InvoiceLink) -> bool:
    """Whether somebody of the federation tries the link: that says nothing about the debtor."""
    services, session = services_of(request), session_of(request)
    if not session:
        return False
    at = services.clock.now()
    actor = await actor_of_session(services.database, session, at=at, ip=ip_of(request), touch=False)
    return actor is not None and actor.tenant_id == link.tenant_id


async def _note_viewed(services: Services, link: InvoiceLink) -> None:
    """Write down that the invoice was seen. No address goes into the journal, which nobody could erase from it."""
    command = RecordInvoiceViewed(invoice_id=link.invoice_id)
    await record(services, system_actor(link.tenant_id, PRINCIPAL), command)


async def _mail_fresh_link(services: Services, token: str) -> None:
    """Queue the mail of the invoice once more, if the link was ever one of ours."""
    link = link_of(services.keyring, "link", token)
    if link is None:
        return
    asked = Tried(LETTERS, f"invoice-link/{link.tenant_id}/{link.invoice_id}")
    if await attempt(services.database, asked, at=services.clock.now()) is not None:
        return
    command = DeliverInvoice(delivery_id=DeliveryId(services.write.new_id()), invoice_id=link.invoice_id)
    try:
        await record(services, system_actor(link.tenant_id, PRINCIPAL), command, reason="a new link was asked for")
    except Refusal as refusal:
        # Cancelled, erased, without an address, or on its way already: nobody outside may tell which.
        log.info("invoice_link.not_mailed", code=refusal.code.value)
