"""Issuing through the front door, on real PostgreSQL."""

from decimal import Decimal

import pytest

from backend.values.identifiers import InvoiceId
from backend.write.execute import execute
from backend.write.invoices.assessment import InvoiceHasNoLines
from backend.write.invoices.draft import DraftInvoice, WantedContent, WantedLine
from backend.write.invoices.issue import IssueInvoice
from backend.write.invoices.refusals import InvoiceAlreadyPosted
from tests.given.federation import Federation


def content(*prices: str) -> WantedContent:
    return WantedContent(
        lines=tuple(WantedLine(description="Licens senior", unit_price=Decimal(price)) for price in prices)
    )


async def a_draft(federation: Federation, *prices: str) -> InvoiceId:
    invoice_id = InvoiceId(federation.write.new_id())
    await execute(
        federation.write,
        federation.system,
        DraftInvoice(
            invoice_id=invoice_id,
            issuer_id=federation.issuer_id,
            debtor_id=await federation.a_member(),
            content=content(*prices),
        ),
    )
    return invoice_id


async def test_the_first_invoice_of_a_season_is_number_one(federation: Federation) -> None:
    """S002-50, S003-37: numbers follow one another, per issuer and season."""
    first, second = await a_draft(federation, "400"), await a_draft(federation, "400")
    one = await execute(federation.write, federation.system, IssueInvoice(invoice_id=first))
    two = await execute(federation.write, federation.system, IssueInvoice(invoice_id=second))
    assert one.answer["number"] == "FAKTURA-2026-000001"
    assert two.answer["number"] == "FAKTURA-2026-000002"
    assert one.answer["total_minor"] == 50_000


async def test_an_invoice_without_lines_takes_no_number(federation: Federation) -> None:
    """S003-46: INVOICE_NO_LINES, and the next invoice gets the number this one did not."""
    with pytest.raises(InvoiceHasNoLines):
        await execute(federation.write, federation.system, IssueInvoice(invoice_id=await a_draft(federation)))
    issued = await execute(
        federation.write, federation.system, IssueInvoice(invoice_id=await a_draft(federation, "100"))
    )
    assert issued.answer["number"] == "FAKTURA-2026-000001"


async def test_the_same_key_gives_the_same_answer(federation: Federation) -> None:
    """S001-3: issuing twice with one idempotency key issues once."""
    command = IssueInvoice(invoice_id=await a_draft(federation, "100"))
    first = await execute(federation.write, federation.system, command, idempotency_key="k-1")
    again = await execute(federation.write, federation.system, command, idempotency_key="k-1")
    assert again.replayed
    assert (again.position, again.answer) == (first.position, first.answer)
    with pytest.raises(InvoiceAlreadyPosted):
        await execute(federation.write, federation.system, command, idempotency_key="k-2")
