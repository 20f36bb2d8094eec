"""Templates: what they may say, and that one of them is the default."""

from typing import Any
from uuid import uuid4

import pytest

from backend.events.issuers import TemplateDefined
from backend.values.identifiers import IssuerId, TemplateId
from backend.write.issuers.templates import MAX_TEMPLATES, choose_default, define, revise, template_named
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from backend.write.states.template_book import TEMPLATE_BOOK, TemplateBook
from tests.given.parties import a_template, a_template_id

DIGEST = "ab" * 32


def a_book(*issuers: IssuerId | None) -> TemplateBook:
    book: TemplateBook | None = TemplateBook()
    for issuer_id in issuers:
        book = TEMPLATE_BOOK.evolve(book, define(book or TemplateBook(), a_template_id(), issuer_id, a_template()))
    assert book is not None
    return book


def defined(**changes: Any) -> TemplateDefined:
    return define(TemplateBook(), a_template_id(), None, a_template(**changes))


def test_the_first_template_is_the_default_until_another_is_chosen() -> None:
    """S002-17: exactly one default per tenant, always."""
    book = a_book(None, None)
    first, second = book.templates
    assert book.default == first
    after = TEMPLATE_BOOK.evolve(book, choose_default(book, second))
    assert after is not None
    assert after.default == second


def test_only_a_template_of_the_tenant_becomes_the_default() -> None:
    """S002-11: templates are the tenant's own collection."""
    with pytest.raises(NotFound):
        choose_default(a_book(None), TemplateId(uuid4()))


def test_an_issuer_has_one_template_of_its_own() -> None:
    """S002-11: a second one would never be used."""
    issuer_id = IssuerId(uuid4())
    with pytest.raises(AlreadyExists):
        define(a_book(issuer_id), a_template_id(), issuer_id, a_template())
    assert define(a_book(issuer_id), a_template_id(), IssuerId(uuid4()), a_template()).revision == 1


def test_a_revision_keeps_whose_template_it_is() -> None:
    """S002-11: a template is revised, never replaced under another name."""
    issuer_id = IssuerId(uuid4())
    book = a_book(issuer_id)
    (template_id,) = book.templates
    revised = revise(template_named(book, template_id), a_template(primary_colour="#ffffff"))
    assert (revised.template_id, revised.issuer_id, revised.revision) == (template_id, issuer_id, 2)
    assert revised.primary_colour == "#ffffff"


def test_texts_are_kept_by_language() -> None:
    """S002-14: header and footer in every language of the tenant; empty ones fall back, so they are left out."""
    template = defined(header={"sv": " Välkommen ", "fi": ""}, footer={"en": "Thank you"})
    assert template.header == {"sv": "Välkommen"}
    assert template.footer == {"en": "Thank you"}
    assert template.primary_colour == "#123a6b"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"primary_colour": "red"}, ("primaryColour",)),
        ({"secondary_colour": "#12345"}, ("secondaryColour",)),
        ({"secondary_colour": "#123456;background:url(x)"}, ("secondaryColour",)),
        ({"logo": DIGEST}, ("logoMediaType",)),
        ({"logo_media_type": "image/png"}, ("logoMediaType",)),
        ({"logo": "logo.png", "logo_media_type": "image/png"}, ("logo",)),
        ({"logo": DIGEST, "logo_media_type": "text/html"}, ("logoMediaType",)),
        ({"header": {"swe": "Hej"}}, ("header", "swe")),
        ({"footer": {"sv": "x" * 1_001}}, ("footer", "sv")),
        ({"payment_instructions": {"sv": "a\x00b"}}, ("paymentInstructions", "sv")),
        ({"tax_category": "luxury"}, ("taxCategory",)),
        ({"terms_days": -1}, ("termsDays",)),
        ({"name": ""}, ("name",)),
    ],
)
def test_what_would_not_print_is_refused(changes: dict[str, Any], path: tuple[str, ...]) -> None:
    """S002-12 to S002-16: logo, colours, texts and payment instructions are checked when they are given."""
    with pytest.raises(InvalidValue) as refused:
        defined(**changes)
    assert refused.value.path == path


def test_a_logo_is_named_by_its_digest() -> None:
    """S002-12: the logo is stored bytes, so that a page is reproducible."""
    assert defined(logo=DIGEST, logo_media_type="image/svg+xml").logo == DIGEST


def test_a_tenant_has_a_limited_number_of_templates() -> None:
    """Architecture, limits: everything that grows has one."""
    template = defined()
    full = TemplateBook({TemplateId(uuid4()): template for _ in range(MAX_TEMPLATES)})
    with pytest.raises(InvalidValue):
        define(full, a_template_id(), None, a_template())
