"""An invoice as HTML: the page that becomes the PDF, and a standalone accessible page that stands beside it."""

from typing import Final

from backend.documents.templates import Chosen, rendered
from backend.documents.view import DocumentView

_PRINT: Final = "_layout.html"
_SCREEN: Final = "_screen.html"


def print_html(view: DocumentView, chosen: Chosen) -> str:
    """The page for the PDF engine. It refers to nothing outside itself."""
    return rendered(chosen, _PRINT, {"view": view})


def accessible_html(view: DocumentView, chosen: Chosen) -> str:
    """The same invoice for browsers and screen readers: landmarks, headings, table headers and a language."""
    return rendered(chosen, _SCREEN, {"view": view})
