"""The cookie of an open page: it opens one invoice for half an hour, and is sent nowhere but to that page."""

from starlette.requests import Request
from starlette.responses import Response

from backend.api.authentication import services_of
from backend.runtime.settings import Settings
from backend.services import Services
from backend.tenants.invoice_links import VIEW_LASTS, InvoiceLink, link_of, token_of

# Of the pages of an open invoice; a browser sends the cookie to these and to nothing else of ours.
PAGE_PATH = "/public/invoice"


def cookie_name(settings: Settings) -> str:
    """Over https the browser itself promises that the cookie was set over https."""
    return "__Secure-carreau_invoice" if _https(settings) else "carreau_invoice"


def set_view(services: Services, response: Response, link: InvoiceLink) -> None:
    """Let the browser see what `link` opens for half an hour, or until the link itself ends."""
    settings, now = services.settings, services.clock.now()
    view = InvoiceLink(
        tenant_id=link.tenant_id,
        invoice_id=link.invoice_id,
        generation=link.generation,
        expires_at=min(now + VIEW_LASTS, link.expires_at),
    )
    response.set_cookie(
        cookie_name(settings),
        token_of(services.keyring, "view", view),
        path=PAGE_PATH,
        httponly=True,
        max_age=int((view.expires_at - now).total_seconds()),
        samesite="strict",
        secure=_https(settings),
    )


def view_of(request: Request) -> InvoiceLink | None:
    """What the cookie of this request may see, if it is one of ours. Whether it still may is asked of the invoice."""
    services = services_of(request)
    return link_of(services.keyring, "view", request.cookies.get(cookie_name(services.settings), ""))


def _https(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")
