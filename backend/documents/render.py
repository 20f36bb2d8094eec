"""`render`: from the event of a document to its PDF and accessible HTML. The one call for every kind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from backend.documents.fonts import fonts_digest
from backend.documents.html import accessible_html, print_html
from backend.documents.renderer import RendererPool, RenderFailed
from backend.documents.templates import Chosen, choose, renderer, template_digest
from backend.documents.view import DocumentView, Printable, document_view
from backend.runtime.logs import logger
from backend.runtime.telemetry import MISSING_TRANSLATIONS, PDF_ERRORS, PDF_SECONDS, timed

MEDIA_TYPE: Final = "application/pdf"

# The pages of an ordinary invoice take 2 ms, less than handing them to a thread and back; a thousand lines take 60 ms,
# and the loop has others to serve.
LINES_ON_THE_LOOP: Final = 100

log = logger(__name__)

# Called with the template and the language that was asked for.
OnFallback = Callable[[str, str], None]
# Called with the characters that no font has.
OnMissingGlyphs = Callable[[frozenset[str]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDocument:
    """A finished document, with what `DocumentStored` records about how it was made."""

    pdf: bytes
    html: str
    language: str
    fallback: bool
    missing_glyphs: frozenset[str]
    template: str
    template_digest: str
    fonts_digest: str
    renderer: str


def count_fallback(template: str, language: str) -> None:
    """One more document in English that should not be."""
    MISSING_TRANSLATIONS.labels(template=template, language=language).inc()


async def render(
    event: Printable,
    *,
    pool: RendererPool,
    logo: bytes | None,
    on_fallback: OnFallback = count_fallback,
    on_missing_glyphs: OnMissingGlyphs | None = None,
) -> RenderedDocument:
    """Render `event`. The same event, logo, templates, fonts and programs always give the same bytes.

    `logo` holds the bytes that `event.issuer.template.logo` names, or None. Raises `RenderFailed`.
    """
    chosen = chosen_for(event)
    if chosen.fallback:
        log.warning(
            "document.translation_missing",
            kind=event.ref.kind,
            document_id=str(event.ref.id),
            template=chosen.template,
            language=event.language,
            used=chosen.language,
        )
        on_fallback(chosen.template, event.language)
    if len(event.lines) > LINES_ON_THE_LOOP:
        view, page, html = await asyncio.to_thread(_pages, event, chosen, logo)
    else:
        view, page, html = _pages(event, chosen, logo)
    if view.missing_glyphs:
        _warn_of_glyphs(event, view.missing_glyphs)
        if on_missing_glyphs is not None:
            on_missing_glyphs(view.missing_glyphs)
    try:
        with timed(PDF_SECONDS):
            pdf = await pool.render(
                page, title=view.number, author=view.issuer.name, language=view.language, created=event.issued_on
            )
    except RenderFailed as failure:
        PDF_ERRORS.labels(reason=failure.reason).inc()
        raise
    return RenderedDocument(
        pdf=pdf,
        html=html,
        language=chosen.language,
        fallback=chosen.fallback,
        missing_glyphs=view.missing_glyphs,
        template=chosen.template,
        template_digest=template_digest(chosen.folder),
        fonts_digest=fonts_digest(),
        renderer=renderer(),
    )


def _warn_of_glyphs(event: Printable, missing: frozenset[str]) -> None:
    characters = [f"U+{ord(character):04X}" for character in sorted(missing)]
    log.warning("document.glyphs_missing", kind=event.ref.kind, document_id=str(event.ref.id), characters=characters)


def chosen_for(event: Printable) -> Chosen:
    """The template and language `event` is rendered with."""
    return choose(
        template=event.issuer.template.name, language=event.language, platform=event.issuer.issuer_type == "platform"
    )


def _pages(event: Printable, chosen: Chosen, logo: bytes | None) -> tuple[DocumentView, str, str]:
    view = document_view(event, logo=logo, language=chosen.language)
    return view, print_html(view, chosen), accessible_html(view, chosen)
