"""Issuing through the front door, on real PostgreSQL."""

from datetime import date
from decimal import Decimal

import pytest

from backend.values.identifiers import DebtorId, InvoiceId, PaymentId
from backend.write.execute import execute
from backend.write.invoices.assessment import InvoiceHasNoLines
from backend.write.invoices.draft import DraftInvoice, WantedContent, WantedLine
from backend.write.invoices.gate import RenewalBlockedByDebt
from backend.write.invoices.issue import IssueInvoice
from backend.write.invoices.refusals import InvoiceAlreadyPosted
from backend.write.payments import RegisterPayment
from tests.given.every_command import CONTENT
from tests.given.federation import Federation
from tests.given.invoices import a_drafted_invoice


def content(*prices: str) -> WantedContent:
    return WantedContent(
        lines=tuple(WantedLine(description="Licens senior", unit_price=Decimal(price)) for price in prices)
    )


async def a_draft(federation: Federation, *prices: str) -> InvoiceId:
    return (await a_drafted_invoice(federation, lines=content(*prices).lines))[0]


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


async def drafted(federation: Federation, debtor: DebtorId, kind: str) -> InvoiceId:
    invoice_id = InvoiceId(federation.write.new_id())
    await execute(
        federation.write,
        federation.system,
        DraftInvoice(
            invoice_id=invoice_id,
            issuer_id=federation.issuer_id,
            debtor_id=debtor,
            content=CONTENT,
            type=kind,  # type: ignore[arg-type]
        ),
    )
    return invoice_id


async def test_a_renewal_by_hand_is_refused_until_the_debt_is_paid(federation: Federation) -> None:
    """S002-45, S002-47: refused at the front door, and released by the payment at once."""
    write, system, debtor = federation.write, federation.system, await federation.a_member()
    owed = await drafted(federation, debtor, "standard")
    await execute(write, system, IssueInvoice(invoice_id=owed))
    renewal = IssueInvoice(invoice_id=await drafted(federation, debtor, "licence_renewal"))
    with pytest.raises(RenewalBlockedByDebt, match="FAKTURA-2026-000001"):
        await execute(write, system, renewal)
    payment = RegisterPayment(
        payment_id=PaymentId(write.new_id()),
        invoice_id=owed,
        amount_minor=50_000,
        currency="SEK",
        method="bankgiro",
        received_on=date(2026, 11, 20),
    )
    await execute(write, system, payment)
    assert (await execute(write, system, renewal)).answer["number"] == "FAKTURA-2026-000002"


async def test_other_invoices_to_someone_in_debt_are_welcome(federation: Federation) -> None:
    """X16: the gate guards licences and transfers, not every sale."""
    debtor = await federation.a_member()
    for number in (1, 2):
        draft = await drafted(federation, debtor, "standard")
        issued = await execute(federation.write, federation.system, IssueInvoice(invoice_id=draft))
        assert issued.answer["number"] == f"FAKTURA-2026-00000{number}"
