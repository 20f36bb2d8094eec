"""Issuing: from a draft and its circumstances to the legal document, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from backend.events.invoices import InvoiceIssued
from backend.rules.billed import Billed
from backend.values.documents import InvoiceType
from backend.values.identifiers import InvoiceId
from backend.write.debtors.erase import PersonErased
from backend.write.invoices.circumstances import (
    Circumstances,
    DateInFuture,
    SeasonUnknown,
    TemplateMissing,
    issue_date,
    season_code,
    template_for,
)
from backend.write.invoices.document import language_of
from backend.write.invoices.draft import WantedContent
from backend.write.invoices.duplicates import AlreadyBilled
from backend.write.invoices.gate import RenewalBlockedByDebt
from backend.write.invoices.issuing import Issuing
from backend.write.ledger import entry_of
from backend.write.rates import ExchangeRateUnavailable, captured
from backend.write.refusal import RefusalCode
from backend.write.states.debtor import Debtor
from backend.write.states.invoice import INVOICE, IssuedState
from backend.write.states.template_book import TEMPLATE_BOOK, TemplateBook
from tests.given.issuing import (
    RATES,
    TODAY,
    a_debt,
    a_defined_template,
    a_draft,
    an_issuer_ready_to_issue,
    circumstances,
    issuing_facts,
    some_content,
)
from tests.given.parties import a_debtor, a_season


def issued(
    content: WantedContent | None = None,
    *,
    around: Circumstances | None = None,
    debtor: Debtor | None = None,
    kind: InvoiceType = "standard",
    **known: Any,
) -> InvoiceIssued:
    """The document that a draft becomes."""
    around, debtor = around or circumstances(), debtor or a_debtor()
    draft = a_draft(content, issuer=around.issuer, type=kind)
    facts = issuing_facts(debtor, around=around, **known)
    return Issuing(type=draft.type, content=draft.content, facts=facts).invoice(draft.invoice_id, debtor)


def test_a_draft_becomes_a_document() -> None:
    """S003-37, S003-30: numbered, dated, with its tax, and balanced in the books."""
    event = issued(some_content("400", "100"))
    assert (event.number, event.season, event.issued_on) == ("FAKTURA-2026-000001", "2026", TODAY)
    assert (event.net_minor, event.tax_minor, event.total_minor) == (50_000, 12_500, 62_500)
    assert entry_of(event).balance_minor == 0
    state = INVOICE.fold((event,))
    assert isinstance(state, IssuedState)
    assert not state.cancelled


def test_the_debtor_is_printed_as_they_are_today() -> None:
    """S002-24: a later change of name or club changes no document."""
    debtor = a_debtor()
    event = issued(debtor=debtor)
    assert (event.debtor_id, event.debtor_reference, event.debtor) == (
        debtor.debtor_id,
        debtor.reference,
        debtor.particulars,
    )


def test_a_reference_can_be_typed_in_two_ways() -> None:
    """S003-38, S003-39: OCR with its check digit, and RF."""
    event = issued()
    assert (event.reference_sequence, event.ocr_reference[:1], event.rf_reference[:2]) == (1, "1", "RF")


def test_a_licence_waits_for_what_is_owed() -> None:
    """S002-45, S002-47: by hand as by a run. Other invoices to somebody in debt are welcome (X16)."""
    debtor = a_debtor()
    owed = {debtor.debtor_id: (a_debt(),)}
    with pytest.raises(RenewalBlockedByDebt):
        issued(debtor=debtor, kind="licence_renewal", owed=owed)
    assert issued(debtor=debtor, kind="affiliation", owed=owed).type == "affiliation"
    assert issued(debtor=debtor, owed=owed).type == "standard"


def test_what_is_written_by_hand_may_repeat() -> None:
    """S001-3: only what is generated is told from what was billed before."""
    debtor = a_debtor()
    billed = {debtor.debtor_id: (Billed(debtor.debtor_id, "", 1, "F-8"),)}
    with pytest.raises(AlreadyBilled, match="F-8"):
        issued(debtor=debtor, kind="affiliation", billed=billed)
    around = circumstances(override_reason="lost card")
    again = issued(debtor=debtor, kind="affiliation", billed=billed, around=around)
    assert (again.occurrence, again.override_reason) == (2, "lost card")
    assert issued(debtor=debtor, billed=billed).occurrence == 1


def test_a_refused_invoice_takes_no_number() -> None:
    """C3: whatever refuses it comes before, and the next one gets the number."""
    known, unknown = a_debtor(), replace(a_debtor(), particulars=None)
    issuing = Issuing(type="standard", content=a_draft().content, facts=issuing_facts(known, unknown))
    with pytest.raises(PersonErased):
        issuing.invoice(InvoiceId(uuid4()), unknown)
    assert [issuing.invoice(InvoiceId(uuid4()), known).sequence for _ in range(2)] == [1, 2]


@pytest.mark.parametrize(
    ("invoice", "template", "days"), [(None, None, 30), (None, 14, 14), (10, 14, 10), (0, 14, 0), (None, 0, 0)]
)
def test_the_days_to_pay_are_the_invoice_s_the_template_s_or_the_issuer_s(
    invoice: int | None, template: int | None, days: int
) -> None:
    """S003-27: whoever is nearer to the invoice decides."""
    around = circumstances(template=a_defined_template(terms_days=template))
    event = issued(some_content(terms_days=invoice), around=around)
    assert (event.terms_days, event.due_on) == (days, TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("issuer", "debtor", "wanted", "language"),
    [("sv", "", None, "sv"), ("sv", "fi", None, "fi"), ("sv", "fi", "fr", "fr")],
)
def test_the_language_is_asked_for_the_debtor_s_or_the_issuer_s(
    issuer: str, debtor: str, wanted: str | None, language: str
) -> None:
    """X28: whoever reads it goes before whoever writes it."""
    assert language_of(an_issuer_ready_to_issue(language=issuer), a_debtor(language=debtor), wanted) == language


def test_the_platform_writes_english() -> None:
    """S002-26: its invoices are locked to English."""
    platform = an_issuer_ready_to_issue(issuer_type="platform")
    assert language_of(platform, a_debtor(language="sv"), "fr") == "en"


def test_the_texts_of_the_template_are_in_the_language_of_the_invoice() -> None:
    """S002-13: or in English, where there are none."""
    template = a_defined_template(footer={"en": "Thanks", "sv": "Tack"})
    for language, footer in (("sv", "Tack"), ("fi", "Thanks")):
        event = issued(around=circumstances(template=template), debtor=a_debtor(language=language))
        assert event.issuer.template.footer == footer


def test_no_invoice_is_of_tomorrow() -> None:
    """C4: INVOICE_DATE_IN_FUTURE where the issuer is."""
    assert issue_date(None, TODAY) == issue_date(TODAY, TODAY) == TODAY
    assert issue_date(date(2026, 1, 1), TODAY) == date(2026, 1, 1)
    with pytest.raises(DateInFuture) as refused:
        issue_date(TODAY + timedelta(days=1), TODAY)
    assert (refused.value.code, refused.value.path) == (RefusalCode.INVOICE_DATE_IN_FUTURE, ("issuedOn",))


@pytest.mark.parametrize(("wanted", "on"), [("2030", TODAY), (None, date(2030, 1, 1))])
def test_a_number_names_a_season_that_exists(wanted: str | None, on: date) -> None:
    """S002-50: SEASON_UNKNOWN, whether it was asked for or follows from the date."""
    issuer = an_issuer_ready_to_issue(a_season("2026"))
    assert season_code(issuer, None, TODAY) == season_code(issuer, "2026", TODAY) == "2026"
    with pytest.raises(SeasonUnknown) as refused:
        season_code(issuer, wanted, on)
    assert (refused.value.code, refused.value.path) == (RefusalCode.SEASON_UNKNOWN, ("season",))


def test_without_a_template_nothing_can_be_printed() -> None:
    """S002-17: TEMPLATE_MISSING, until the first one is defined."""
    issuer = an_issuer_ready_to_issue()
    for book in (None, TemplateBook()):
        with pytest.raises(TemplateMissing) as refused:
            template_for(book, issuer.issuer_id)
        assert refused.value.code is RefusalCode.TEMPLATE_MISSING


def test_the_issuer_s_own_template_goes_before_the_default() -> None:
    """S002-11, S002-17."""
    issuer, default = an_issuer_ready_to_issue(), a_defined_template()
    own = replace(a_defined_template(), issuer_id=issuer.issuer_id)
    assert template_for(TEMPLATE_BOOK.fold((default,)), issuer.issuer_id) == default
    assert template_for(TEMPLATE_BOOK.fold((default, own)), issuer.issuer_id) == own


def test_the_rate_is_the_last_one_published() -> None:
    """S002-28: with its day, and never a guess."""
    rate = captured(RATES, invoice_currency="SEK", accounting_currency="EUR", on=TODAY)
    assert (rate.eur_to_invoice, rate.published_on, rate.source) == (Decimal("11.0205"), date(2026, 11, 19), "ECB")
    old: dict[str, Any] = {"SEK": replace(RATES["SEK"], published_on=TODAY - timedelta(days=8))}
    for known, currency in ((old, "SEK"), ({}, "SEK"), (RATES, "NOK")):
        with pytest.raises(ExchangeRateUnavailable) as refused:
            captured(known, invoice_currency=currency, accounting_currency="SEK", on=TODAY)
        assert (refused.value.code, refused.value.path) == (RefusalCode.EXCHANGE_RATE_MISSING, ("issuedOn",))


def test_a_rate_of_the_demo_says_so() -> None:
    """S002-28: an invoice tells on paper where its rate is from."""
    demo = {"SEK": replace(RATES["SEK"], source="ECB, demo copy of 2026-10-01")}
    rate = captured(demo, invoice_currency="SEK", accounting_currency="SEK", on=TODAY)
    assert rate.source == "ECB, demo copy of 2026-10-01"
