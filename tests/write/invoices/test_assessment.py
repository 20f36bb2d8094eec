"""What the lines of an invoice come to: tax by the matrix, totals, and nothing that is guessed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from backend.rules.tax import TaxMatrix
from backend.values.parties import Address
from backend.write.debtors.erase import PersonErased
from backend.write.invoices.assessment import (
    Assessed,
    InvoiceHasNoLines,
    TaxNotDetermined,
    TotalNotPositive,
    assess,
    position_of,
)
from backend.write.invoices.draft import WantedContent
from backend.write.refusal import InvalidValue, RefusalCode
from tests.given.issuing import MATRIX, TODAY, a_draft, a_line, an_issuer_ready_to_issue, some_content
from tests.given.parties import a_debtor, some_particulars

FINLAND = Address(street="Katu 1", postal_code="00100", city="Helsinki", country="FI")
NORWAY = Address(street="Gate 1", postal_code="0150", city="Oslo", country="NO")


def assessed(content: WantedContent, *, matrix: TaxMatrix = MATRIX, on: date = TODAY, **issuer: Any) -> Assessed:
    who = an_issuer_ready_to_issue(**issuer)
    return assess(a_draft(content).content, who, matrix, position=position_of(who, a_debtor()), on=on)


def test_tax_is_charged_by_the_rate_of_the_day() -> None:
    """S003-34: at home, by the category of the line."""
    result = assessed(some_content("400", "100"))
    assert (result.net_minor, result.tax_minor, result.total_minor) == (50_000, 12_500, 62_500)
    assert [group.percent for group in result.groups] == [Decimal(25)]
    assert sum(line.tax_minor for line in result.lines) == result.tax_minor


def test_without_a_rate_nothing_is_issued() -> None:
    """Issue 2, item 5: TAX_UNDETERMINED; nothing is issued with a guessed tax."""
    lines = (a_line(), a_line(tax_category="timber"))
    with pytest.raises(TaxNotDetermined, match="nothing is issued with a guessed tax") as refused:
        assessed(WantedContent(lines=lines))
    assert (refused.value.code, refused.value.path) == (RefusalCode.TAX_UNDETERMINED, ("lines", 1, "taxCategory"))
    with pytest.raises(TaxNotDetermined):
        assessed(some_content(), matrix=TaxMatrix())
    with pytest.raises(TaxNotDetermined):
        assessed(some_content(), on=date(1950, 1, 1))


def test_an_invoice_has_lines() -> None:
    """S003-46: INVOICE_NO_LINES, in the published words."""
    with pytest.raises(InvoiceHasNoLines, match=r"Cannot post an invoice with no lines\."):
        assessed(WantedContent(lines=()))


@pytest.mark.parametrize(
    "content",
    [some_content("0"), some_content("-400"), some_content("400", "-400"), some_content("400", discount_minor=40_000)],
)
def test_an_invoice_asks_for_something(content: WantedContent) -> None:
    """C5: INVOICE_TOTAL_NOT_POSITIVE; what gives money back is a credit note."""
    with pytest.raises(TotalNotPositive) as refused:
        assessed(content)
    assert (refused.value.code, refused.value.path) == (RefusalCode.INVOICE_TOTAL_NOT_POSITIVE, ("lines",))


@pytest.mark.parametrize("content", [some_content("400", discount_minor=40_001), some_content("70000000000000")])
def test_amounts_stay_within_what_can_be_added_up(content: WantedContent) -> None:
    """I19, C49: what no read model could add up never stands in the journal."""
    with pytest.raises(InvalidValue) as refused:
        assessed(content)
    assert refused.value.path[0] == "lines"


def test_who_earns_a_line_decides_its_account() -> None:
    """S003-30: what is collected for others is no revenue."""
    lines = (a_line(recipient="federation"), a_line(recipient="district"))
    assert [line.account for line in assessed(WantedContent(lines=lines)).lines] == ["3010", "2890"]


def test_a_discount_is_spread_over_the_lines() -> None:
    """S003-28: the lines add up to the total, to the öre."""
    result = assessed(some_content("10", "10", "10", discount_minor=1_000))
    assert sum(line.discount_minor for line in result.lines) == 1_000
    assert sum(line.net_minor for line in result.lines) == result.net_minor == 2_000


@pytest.mark.parametrize(
    ("issuer", "debtor", "position"),
    [
        ({}, {}, "domestic"),
        ({}, {"particulars": some_particulars(address=FINLAND)}, "eu_consumer"),
        ({}, {"kind": "club", "particulars": some_particulars(address=FINLAND, vat_number="FI1")}, "eu_reverse_charge"),
        ({}, {"kind": "club", "particulars": some_particulars(address=NORWAY, vat_number="NO1")}, "export"),
        ({"exempt_sport": True}, {}, "exempt_sport"),
    ],
)
def test_the_position_follows_from_the_two_parties(
    issuer: dict[str, Any], debtor: dict[str, Any], position: str
) -> None:
    """S003-34: where they are, and whether the debtor is a business."""
    assert position_of(an_issuer_ready_to_issue(**issuer), a_debtor(**debtor)) == position


def test_an_issuer_without_vat_number_charges_none() -> None:
    issuer = an_issuer_ready_to_issue()
    small = replace(issuer, identity=replace(issuer.identity, vat_number=""))
    assert position_of(small, a_debtor()) == "outside_scope"


def test_somebody_who_was_erased_gets_no_invoice() -> None:
    """C48: PERSON_ERASED."""
    with pytest.raises(PersonErased):
        position_of(an_issuer_ready_to_issue(), replace(a_debtor(), particulars=None))
