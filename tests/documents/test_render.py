"""From the event to the finished document: the text of real PDFs, in every language and under hostile data."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader
from structlog.testing import capture_logs

from backend.documents.render import RenderedDocument, render
from backend.documents.renderer import RendererPool
from backend.documents.view import document_view
from backend.events.invoices import InvoiceIssued
from backend.runtime.telemetry import MISSING_TRANSLATIONS
from backend.values.languages import TRANSLATED
from tests.documents.given import LINES, MANS, MOMS, SEPA, an_invoice

TITLES = {"sv": "Faktura", "fr": "Facture", "en": "Invoice", "fi": "Lasku", "de": "Rechnung", "es": "Factura"}
LAST_PAGE = {
    "sv": "Sida 1 av 1",
    "fr": "Page 1 sur 1",
    "en": "Page 1 of 1",
    "fi": "Sivu 1 / 1",
    "de": "Seite 1 von 1",
    "es": "Página 1 de 1",
}


async def rendered(pool: RendererPool, event: InvoiceIssued, logo: bytes | None = None) -> RenderedDocument:
    return await render(event, pool=pool, logo=logo)


def reader(document: RenderedDocument) -> PdfReader:
    return PdfReader(BytesIO(document.pdf), strict=True)


def text_of(document: RenderedDocument) -> str:
    """The text as a reader would search it: any white space is one space."""
    pages = " ".join(page.extract_text() for page in reader(document).pages)
    return " ".join(pages.replace("\u200b", "").split())


@pytest.mark.parametrize("language", TRANSLATED)
async def test_the_pdf_says_what_the_event_says(pool: RendererPool, language: str) -> None:
    """S002-23, S002-50, S002-15, S002-28: number, parties, amounts, references and rate, in every language."""
    event = an_invoice(language=language)
    document = await rendered(pool, event)
    text, view = text_of(document), document_view(event, logo=None)
    for expected in (
        TITLES[language],
        LAST_PAGE[language],
        event.number,
        event.ocr_reference,
        "Måns Östlund",
        "518 84 Norrköping",
        view.issued_on,
        view.due_on,
        view.total,
        view.net,
        view.lines[0].net,
        "Seniorlicens 2026",
        "802412-3456",
        "SE802412345601",
        "5050-1055",
        view.payment.iban,
        view.payment.rf,
        "2026-11-19",
        view.groups[0].tax,
    ):
        assert " ".join(expected.split()) in text, expected
    assert len(reader(document).pages) == 1
    assert (document.language, document.fallback, document.template) == (language, False, "standard")


async def test_the_pdf_names_its_language_and_title(pool: RendererPool) -> None:
    document = await rendered(pool, an_invoice(language="fi"))
    catalog = reader(document).trailer["/Root"]
    assert catalog["/Lang"] == "fi"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = reader(document).metadata
    assert metadata is not None
    assert (metadata.title, metadata.author) == ("FAKTURA-2026-001234", "Stockholms Bouledistrikt")


async def test_rendering_again_gives_the_same_bytes(pool: RendererPool) -> None:
    """S002-29: in another process, after other documents, with the digests that the event records."""
    event = an_invoice(notes="Tack!")
    first = await rendered(pool, event)
    await asyncio.gather(*(rendered(pool, an_invoice(sequence=number)) for number in range(4)))
    async with RendererPool(processes=1) as other:
        assert await rendered(other, event) == first
    for digest in (first.template_digest, first.fonts_digest):
        assert len(digest) == 64
    assert "plutoprint" in first.renderer


async def test_a_missing_translation_is_english_logged_and_counted(pool: RendererPool) -> None:
    """S002-24, S002-25: a Thai member gets an English invoice with a Thai name, and somebody learns of it."""
    thai = replace(MANS, name="สมชาย ใจดีมาก")
    counted = MISSING_TRANSLATIONS.labels(template="standard", language="th")
    before = counted._value.get()
    with capture_logs() as logs:
        document = await rendered(pool, an_invoice(language="th", country="TH", debtor=thai))
    assert (document.language, document.fallback, document.missing_glyphs) == ("en", True, frozenset())
    assert "Invoice" in text_of(document)
    assert "สมชาย" in text_of(document)
    (warning,) = (entry for entry in logs if entry["event"] == "document.translation_missing")
    assert (warning["log_level"], warning["language"], warning["template"]) == ("warning", "th", "standard")
    assert counted._value.get() == before + 1


async def test_platform_invoices_are_english(pool: RendererPool) -> None:
    """S002-26: whatever the event says, and without a warning."""
    with capture_logs() as logs:
        document = await rendered(pool, an_invoice(language="sv", issuer_type="platform"))
    assert (document.language, document.fallback) == ("en", False)
    assert not logs


async def test_a_missing_glyph_is_reported_and_replaced(pool: RendererPool) -> None:
    """C18: a neutral mark on the page, a warning in the log, and the caller's counter."""
    reported: list[frozenset[str]] = []
    event = an_invoice(debtor=replace(MANS, name="Måns 🏆 Östlund"))
    with capture_logs() as logs:
        document = await render(event, pool=pool, logo=None, on_missing_glyphs=reported.append)
    assert document.missing_glyphs == frozenset("🏆") == reported[0]
    assert logs[0]["characters"] == ["U+1F3C6"]
    assert "Måns □ Östlund" in text_of(document)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script><img src=http://127.0.0.1:9/x>",
        "{{ 7 * 7 }}{% include '/etc/passwd' %}",
        "</style><style>@import url(http://127.0.0.1:9/x);",
        "&lt;b&gt; \" ' `",
    ],
)
async def test_hostile_names_are_printed_as_they_are(pool: RendererPool, name: str) -> None:
    event = an_invoice(debtor=replace(MANS, name=name), notes=name, descriptions=(name, "b", "c"))
    document = await rendered(pool, event)
    assert " ".join(name.split()) in text_of(document)
    assert "<script>alert" not in document.html


async def test_one_long_word_does_not_shrink_the_document(pool: RendererPool) -> None:
    """The engine scales a page to its widest word: 43 % was seen. The heading keeps its size whatever a name is."""
    long = replace(MANS, name="W" * 200, address=replace(MANS.address, street="i" * 200, city="Ö" * 200))
    event = an_invoice(
        debtor=long,
        notes="N" * 500,
        descriptions=("D" * 300, "b", "c"),
        debtor_reference="R" * 60,
        template={"header": "H" * 200, "footer": "F" * 400, "payment_instructions": "P" * 300},
    )
    plain, hostile = await rendered(pool, an_invoice()), await rendered(pool, event)
    assert heading_size(hostile) == heading_size(plain)
    assert "W" * 200 in text_of(hostile).replace(" ", "")


async def test_amounts_of_any_size_stay_on_the_page(pool: RendererPool) -> None:
    huge = (("Seniorlicens", "1000000", "999999.999999", "12.5", MOMS),)
    document = await rendered(pool, an_invoice(lines=huge, discount_minor=100))
    assert heading_size(document) == heading_size(await rendered(pool, an_invoice()))


async def test_a_name_that_runs_backwards_cannot_change_the_amount(pool: RendererPool) -> None:
    event = an_invoice(debtor=replace(MANS, name="Anna\u202e00,058 alated ttA"))
    document = await rendered(pool, event)
    assert "\u202e" not in document.html
    assert "Att betala" in text_of(document)


async def test_a_thousand_lines_repeat_their_header_and_keep_their_sums(pool: RendererPool) -> None:
    event = an_invoice(lines=LINES[:1] * 1000)
    document = await rendered(pool, event)
    pages = [page.extract_text() for page in reader(document).pages]
    assert len(pages) > 20
    assert sum(page.count("Seniorlicens 2026") for page in pages) == 1000
    assert all("Beskrivning" in page for page in pages[:-2])
    assert all(event.number in page for page in pages)
    assert f"Sida {len(pages)} av {len(pages)}" in " ".join(pages[-1].split())
    assert " ".join(document_view(event, logo=None).total.split()) in text_of(document)


@pytest.mark.parametrize("account", [None, SEPA], ids=["swish", "epc"])
async def test_the_qr_code_on_the_page_can_be_read(pool: RendererPool, account: object) -> None:
    """S002-16: a phone reads from the printed page exactly what the payment standards prescribe."""
    zxingcpp = pytest.importorskip("zxingcpp")
    event = an_invoice() if account is None else an_invoice(currency="EUR", account=SEPA)
    document = await rendered(pool, event)
    found = await asyncio.to_thread(lambda: zxingcpp.read_barcodes(raster(document.html)))
    assert [code.text for code in found] == [document_view(event, logo=None).payment.qr]


def raster(html: str) -> Image.Image:
    """The page as a picture, by the engine itself: the only part of these tests that draws in this process."""
    plutoprint = pytest.importorskip("plutoprint")
    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4, media=plutoprint.MEDIA_TYPE_SCREEN)
    book.load_html(html)
    picture = BytesIO()
    book.write_to_png_stream(picture, 1400)
    return Image.open(picture)


def heading_size(document: RenderedDocument) -> int:
    """Size of the largest text on the first page, in thousandths of a point."""
    sizes: list[float] = []

    def visit(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.append(abs(matrix[3]) * size)

    reader(document).pages[0].extract_text(visitor_text=visit)
    return round(max(sizes) * 1000)
