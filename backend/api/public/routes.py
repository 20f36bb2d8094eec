"""The addresses that need no account, and how much may be sent to them."""

from typing import Final

from starlette.routing import BaseRoute, Route

from backend.api.public import opening, pages
from backend.api.public.view_cookie import PAGE_PATH
from backend.tenants.invoice_links import LINK_PATH

OPEN_PATH: Final = f"{PAGE_PATH}/open"
FRESH_PATH: Final = f"{PAGE_PATH}/fresh"

PUBLIC_ROUTES: Final[list[BaseRoute]] = [
    Route(LINK_PATH, pages.followed, methods=["GET"]),
    Route(f"{LINK_PATH}.js", pages.link_script, methods=["GET"]),
    Route(OPEN_PATH, opening.open_invoice, methods=["POST"]),
    Route(FRESH_PATH, opening.ask_fresh_link, methods=["POST"]),
    Route(PAGE_PATH, pages.page, methods=["GET"]),
    Route(f"{PAGE_PATH}/pdf", pages.pdf, methods=["GET"]),
    Route(f"{PAGE_PATH}/page.js", pages.page_script, methods=["GET"]),
]
PUBLIC_LIMITS: Final = dict.fromkeys((OPEN_PATH, FRESH_PATH), opening.MAX_BODY)
