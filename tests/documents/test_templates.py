"""The words of the documents: all languages, nothing missing, English where there is no translation."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from backend.documents.html import accessible_html
from backend.documents.mail import invoice_mail
from backend.documents.templates import FOLDER, Chosen, choose, environment, languages
from backend.documents.view import document_view
from backend.values.languages import TRANSLATED
from tests.documents.given import MANS, an_invoice

STANDARD = "standard"


def words(language: str) -> set[str]:
    return set(environment().get_template(f"invoice/{STANDARD}/{language}.html").blocks)


def test_the_promised_languages_exist() -> None:
    """S002-23: sv, fr, en, fi, de, es."""
    assert languages(STANDARD) == set(TRANSLATED)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_every_word(language: str) -> None:
    """S002-23: a language file with a missing block would fail at night, on a customer's invoice."""
    assert words(language) == words("en")
    source = (FOLDER / "invoice" / STANDARD / f"{language}.html").read_text()
    assert not re.findall(r"{% block (\w+) %}\s*{% endblock %}", source)


def test_the_layouts_use_every_word_and_no_other() -> None:
    used: set[str] = set()
    for path in (FOLDER / "invoice" / STANDARD).glob("_*"):
        used |= set(re.findall(r"\b(?:words|self)\.(\w+)\(\)", path.read_text()))
    indirect = {word for word in words("en") if word.startswith(("tax_", "scan_"))} | {"ocr", "rf"}
    # The heading is the word of the document's kind.
    indirect |= {"invoice", "credit_note"}
    assert used | indirect == words("en")


def test_a_missing_translation_falls_back_to_english() -> None:
    """S002-24."""
    assert choose(template=STANDARD, language="th", platform=False) == choose_result("en", fallback=True)
    assert choose(template=STANDARD, language="sv", platform=False) == choose_result("sv", fallback=False)


def test_platform_invoices_are_in_english_and_that_is_no_fallback() -> None:
    """S002-26."""
    assert choose(template=STANDARD, language="sv", platform=True) == choose_result("en", fallback=False)


@pytest.mark.parametrize("name", ["Distriktets mall 2026", "../../etc", "standard/../..", "", "_layout"])
def test_a_template_without_a_folder_is_branding_on_the_standard_one(name: str) -> None:
    """S002-12, S002-13: names of tenants never become paths."""
    assert choose(template=name, language="sv", platform=False).template == STANDARD


def choose_result(language: str, *, fallback: bool) -> object:
    return Chosen(template=STANDARD, language=language, fallback=fallback)


class Outline(HTMLParser):
    """What an assistive technology would find."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.language = ""
        self.headers_without_scope = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.language = given.get("lang") or self.language
        self.headers_without_scope += tag == "th" and "scope" not in given


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_page_beside_the_pdf_is_accessible(language: str) -> None:
    """E.8: a language, landmarks, one heading, a caption, and a scope on every table header."""
    chosen = choose(template=STANDARD, language=language, platform=False)
    page = accessible_html(document_view(an_invoice(language=language), logo=None), chosen)
    outline = Outline()
    outline.feed(page)
    assert outline.language == language
    assert outline.headers_without_scope == 0
    assert outline.tags.count("h1") == 1
    assert {"header", "main", "footer", "caption"} <= set(outline.tags)
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_mail_says_who_what_and_until_when(language: str) -> None:
    """S002-30, S002-51: in the debtor's language, from the issuer's name, branded."""
    event = an_invoice(language=language)
    mail = invoice_mail(event)
    assert mail.from_name == "Stockholms Bouledistrikt"
    assert mail.language == language
    assert "\n" not in mail.subject
    assert event.number in mail.subject
    for text in (event.number, "850", event.ocr_reference, "5050-1055", "Måns Östlund"):
        assert text in mail.text
        assert text in mail.html
    assert event.issuer.template.primary_colour in mail.html
    assert mail.file_name == "FAKTURA-2026-001234.pdf"


def test_a_hostile_name_stays_text_in_the_mail() -> None:
    name = '</p><script>alert("x")</script> & Söner\nBcc: all@example.com'
    mail = invoice_mail(an_invoice(debtor=replace(MANS, name=name)))
    assert "<script>" not in mail.html
    assert '</p><script>alert("x")</script> & Söner' in mail.text
    issuer = an_invoice().issuer
    named = replace(issuer, identity=replace(issuer.identity, name="Evil\r\nBcc: all@example.com"))
    assert "\n" not in invoice_mail(an_invoice(issuer=named)).subject
    assert "\r" not in json.dumps(invoice_mail(an_invoice(issuer=named)).from_name)


def test_mail_of_an_untranslated_language_is_english() -> None:
    """S002-24."""
    assert invoice_mail(an_invoice(language="th")).language == "en"
