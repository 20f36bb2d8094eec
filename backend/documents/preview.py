"""What a debtor would get from a template that is not saved yet: the very page, marked so that nobody can take it for
a document. Nothing here stores or numbers anything."""

from dataclasses import dataclass, replace
from typing import Final

from backend.documents.html import print_html
from backend.documents.render import chosen_for
from backend.documents.renderer import Picture, RendererPool
from backend.documents.sample import SampleIssuer, sample_invoice
from backend.documents.view import DocumentView, document_view
from backend.events.invoices import InvoiceIssued
from backend.events.issuers import TemplateDefined
from backend.events.parts import PrintedTemplate
from backend.values.languages import in_language

# The code of a preview has its place and its size, and pays nothing.
NOT_PAYABLE: Final = "PREVIEW - not an invoice - do not pay"

# What is previewed, by the name other layers may use.
Design = TemplateDefined


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A page ready for the engine."""

    view: DocumentView
    html: str
    fallback: bool

    async def pdf(self, pool: RendererPool) -> bytes:
        """All pages. Raises `RenderFailed`."""
        return await pool.render(
            self.html,
            title=NOT_PAYABLE,
            author=self.view.issuer.name,
            language=self.view.language,
            created=self.view.issued,
        )

    async def picture(self, pool: RendererPool, *, page: int, dots: int) -> Picture:
        """One page, for a screen. Raises `RenderFailed`."""
        return await pool.picture(self.html, page=page, dots=dots)


def preview_of(design: Design, language: str, *, of: InvoiceIssued | SampleIssuer, logo: bytes | None) -> Preview:
    """The page of an issued invoice, or of a sample, as `design` would have it in `language`."""
    template = printed_template(design, language)
    event = (
        replace(of, language=language, issuer=replace(of.issuer, template=template))
        if isinstance(of, InvoiceIssued)
        else sample_invoice(of, template, language)
    )
    chosen = chosen_for(event)
    view = document_view(event, logo=logo, language=chosen.language)
    qr = NOT_PAYABLE if view.payment.qr_kind else ""
    marked = replace(view, preview=True, payment=replace(view.payment, qr=qr))
    return Preview(view=marked, html=print_html(marked, chosen), fallback=chosen.fallback)


def printed_template(design: Design, language: str) -> PrintedTemplate:
    """The branding in one language, as issuing would freeze it."""
    return PrintedTemplate(
        template_id=design.template_id,
        name=design.name,
        revision=design.revision,
        primary_colour=design.primary_colour,
        secondary_colour=design.secondary_colour,
        logo=design.logo,
        logo_media_type=design.logo_media_type,
        header=in_language(design.header, language),
        footer=in_language(design.footer, language),
        payment_instructions=in_language(design.payment_instructions, language),
    )
