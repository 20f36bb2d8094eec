"""The preview of a template: the real page, marked on every sheet, paying nothing; and the report beside it."""

import io
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from backend.documents.fitting import lines_of
from backend.documents.html import print_html
from backend.documents.palette import contrast, enough
from backend.documents.preview import NOT_PAYABLE, Design, preview_of
from backend.documents.render import chosen_for
from backend.documents.renderer import RendererPool
from backend.documents.sample import SampleIssuer
from backend.documents.template_report import Finding, template_report
from backend.documents.templates import Chosen, words_of
from backend.documents.view import document_view
from backend.values.identifiers import IssuerId, TemplateId, TenantId
from backend.values.languages import TRANSLATED
from tests.documents.given import BANKGIRO, MOMS, STOCKHOLM, an_invoice

TEXTS = {language: f"Tack {language}" for language in TRANSLATED}
ISSUER = SampleIssuer(
    issuer_id=IssuerId(UUID(int=1)),
    issuer_type="org_node",
    issuer_tenant_id=TenantId(UUID(int=2)),
    issuer_org_node_id=None,
    identity=STOCKHOLM,
    account=BANKGIRO,
    currency="SEK",
    time_zone="Europe/Stockholm",
    prefix="FAKTURA",
    width=6,
    season="2026",
    terms_days=30,
    tax=MOMS,
    today=date(2026, 11, 21),
)


def a_design(**changes: Any) -> Design:
    design = Design(
        template_id=TemplateId(UUID(int=0)),
        issuer_id=None,
        name="standard",
        revision=1,
        primary_colour="#0b4f6c",
        secondary_colour="#f2b134",
        logo="a" * 64,
        logo_media_type="image/png",
        header=TEXTS,
        footer=TEXTS,
        payment_instructions=TEXTS,
        tax_category="standard",
        terms_days=None,
    )
    return replace(design, **changes)


def found(design: Design, issuer: SampleIssuer = ISSUER) -> dict[tuple[str, str], Finding]:
    return {(each.code, each.field): each for each in template_report(design, issuer)}


@pytest.mark.parametrize("language", TRANSLATED)
async def test_every_page_says_in_its_language_that_it_is_no_document(pool: RendererPool, language: str) -> None:
    """S002-15: nobody pays a preview: the mark stands on each page, the number and the reference are nobody's."""
    many = an_invoice(lines=(("Licens", "1", "10.00", "0", MOMS),) * 80)
    words = words_of(Chosen(template="standard", language=language, fallback=False))
    preview = preview_of(a_design(), language, of=many, logo=None)
    pages = PdfReader(io.BytesIO(await preview.pdf(pool))).pages
    assert len(pages) > 1
    for page in pages:
        text = " ".join(page.extract_text().split())
        assert words("preview") in text
        assert " ".join(words("preview_note").split()) in text
    sample = preview_of(a_design(), language, of=ISSUER, logo=None)
    assert sample.view.number == "FAKTURA-2026-000000"
    assert f"Tack {language}" in sample.html


async def test_the_code_of_a_preview_pays_nothing(pool: RendererPool) -> None:
    """S002-57: whoever scans it reads what it is."""
    preview = preview_of(a_design(), "sv", of=an_invoice(), logo=None)
    picture = await preview.picture(pool, page=1, dots=150)
    assert (picture.page, picture.pages) == (1, 1)
    image = Image.open(io.BytesIO(picture.png))
    assert image.size == (1240, 1754)
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [NOT_PAYABLE]


async def test_a_picture_is_of_the_last_page_where_there_are_fewer(pool: RendererPool) -> None:
    picture = await preview_of(a_design(), "en", of=ISSUER, logo=None).picture(pool, page=9, dots=72)
    assert (picture.page, picture.pages) == (1, 1)


def test_an_issued_page_is_not_marked() -> None:
    """The mark belongs to previews alone."""
    assert "preview-mark" in preview_of(a_design(), "sv", of=an_invoice(), logo=None).html
    event = an_invoice()
    assert "preview-mark" not in print_html(document_view(event, logo=None), chosen_for(event))


def test_a_platform_is_previewed_in_english() -> None:
    """S002-26."""
    assert preview_of(a_design(), "sv", of=replace(ISSUER, issuer_type="platform"), logo=None).view.language == "en"


def test_a_complete_template_has_nothing_to_report() -> None:
    assert found(a_design()) == {}


def test_the_report_tells_what_is_not_translated_and_what_stands_in() -> None:
    """S002-24: before the debtor sees it."""
    report = found(a_design(header={"nb": "Hei", "sv": "Hej"}))
    assert report["words_missing", ""].languages == ("nb",)
    assert report["text_missing", "header"].languages == ("fr", "en", "fi", "de", "es")
    assert report["text_missing", "header"].suggestion == "nb"


def test_the_report_names_the_letters_no_font_has() -> None:
    """C18: in texts by language, and in the issuer's own particulars."""
    cuneiform = "\U00012000"
    issuer = replace(ISSUER, identity=replace(STOCKHOLM, name=f"Boule {cuneiform}"))
    report = found(a_design(footer=TEXTS | {"fi": f"Kiitos {cuneiform}"}), issuer)
    assert report["glyphs_missing", "footer"].languages == ("fi",)
    assert report["glyphs_missing", "issuer_name"].characters == cuneiform
    assert report["glyphs_missing", "footer"].severity == "problem"


async def test_what_is_reported_as_cut_off_is_cut_off(pool: RendererPool) -> None:
    """The measure is the engine's: what fits is all there, what does not is told beforehand."""
    words = [f"ord{number}" for number in range(200)]
    for count in (10, 70, 110, 200):
        design = a_design(footer={"sv": " ".join(words[:count])})
        view = preview_of(design, "sv", of=ISSUER, logo=None)
        picture = await view.picture(pool, page=1, dots=72)
        assert picture.pages == 1
        assert (("text_cut_off", "footer") in found(design)) == (
            lines_of(design.footer["sv"], points=7.2, millimetres=150) > 6
        )


def test_long_texts_are_told() -> None:
    report = found(a_design(header=TEXTS | {"sv": "rad\n" * 6}, payment_instructions=TEXTS | {"fr": "a\n" * 12}))
    assert (report["text_long", "header"].actual, report["text_long", "header"].limit) == (6, 4)
    assert report["text_long", "payment_instructions"].languages == ("fr",)


@pytest.mark.parametrize(("colour", "code"), [("#00a000", "contrast_low"), ("#ffe680", "colour_replaced")])
def test_a_colour_that_reads_badly_comes_with_one_that_would_do(colour: str, code: str) -> None:
    """S002-13: WCAG 2.2, 1.4.3, as the page uses the colour."""
    report = found(a_design(primary_colour=colour))
    finding = report[code, "primary_colour"]  # type: ignore[index]
    assert contrast(finding.suggestion, "#ffffff") >= 4.5
    assert found(a_design(primary_colour=finding.suggestion)) == {}


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert enough("#000000") == "#000000"


def test_an_issuer_without_account_or_logo_is_told() -> None:
    report = found(a_design(logo="", logo_media_type=""), replace(ISSUER, account=None))
    assert ("logo_missing", "logo") in report
    assert ("account_missing", "account") in report
