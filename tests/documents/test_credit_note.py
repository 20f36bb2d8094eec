"""A credit note is printed from its event alone, in every language, and asks for no money."""

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from backend.documents.html import accessible_html
from backend.documents.render import chosen_for
from backend.documents.view import ERASED, document_view
from backend.events.credit_notes import CreditNoteIssued
from backend.events.parts import CreditedLine
from backend.values.identifiers import CreditNoteId
from backend.values.languages import TRANSLATED
from tests.documents.given import an_invoice

TITLES = {
    "sv": "Kreditfaktura",
    "fr": "Avoir",
    "en": "Credit note",
    "fi": "Hyvityslasku",
    "de": "Gutschrift",
    "es": "Nota de crédito",
}


def a_credit_note(*, applied_minor: int | None = None, **changes: Any) -> CreditNoteIssued:
    """All of `an_invoice`, taken back."""
    invoice = an_invoice()
    same = {field.name for field in fields(CreditNoteIssued)} & {field.name for field in fields(invoice)}
    lines = tuple(
        CreditedLine(line=index, **{field.name: getattr(line, field.name) for field in fields(line)})
        for index, line in enumerate(invoice.lines, start=1)
    )
    own = {
        "credit_note_id": CreditNoteId(UUID(int=77)),
        "number": "CN-2026-000007",
        "series": "credit_note:2026",
        "sequence": 7,
        "invoice": invoice.facts,
        "issued_on": date(2026, 12, 1),
        "lines": lines,
        "applied_minor": invoice.total_minor if applied_minor is None else applied_minor,
        "remaining_minor": 0,
        "reason": "Fel klubb",
    }
    return replace(CreditNoteIssued(**{name: getattr(invoice, name) for name in same} | own), **changes)


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_says_what_it_takes_back_in_every_language(language: str) -> None:
    """S002-23, S002-33."""
    event = a_credit_note(language=language)
    page = accessible_html(document_view(event, logo=None), chosen_for(event))
    assert f"<h1>{TITLES[language]}</h1>" in page
    assert event.invoice.number in page
    assert "Fel klubb" in page
    assert 'class="slip"' not in page


def test_what_was_paid_already_is_the_debtors() -> None:
    event = a_credit_note(applied_minor=0)
    view = document_view(event, logo=None)
    assert view.credited is not None
    assert view.credited.refund == view.total
    assert a_view_without_refund() == ""


def a_view_without_refund() -> str:
    credited = document_view(a_credit_note(), logo=None).credited
    assert credited is not None
    return credited.refund


def test_of_somebody_who_was_erased_it_is_printed_without_them() -> None:
    """S001-8: the books keep it; the name, the texts and the reason are gone."""
    view = document_view(a_credit_note(debtor=None, descriptions=None, reason=None), logo=None)
    assert view.debtor.name == ERASED
    assert {line.description for line in view.lines} == {ERASED}
    assert view.notes == ""
