"""A licence renewal drafted by hand meets the same gate as a run."""

from datetime import date

import pytest

from backend.values.identifiers import DebtorId, InvoiceId, PaymentId
from backend.write.execute import execute
from backend.write.invoices.draft import DraftInvoice
from backend.write.invoices.gate import RenewalBlockedByDebt
from backend.write.invoices.issue import IssueInvoice
from backend.write.payments import RegisterPayment
from tests.given.every_command import CONTENT
from tests.given.federation import Federation


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
