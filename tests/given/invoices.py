"""Invoices that were really issued through the front door, and what happened to them since."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from backend.events.parts import Attachment
from backend.values.identifiers import CreditNoteId, DebtorId, InvoiceId, PaymentId
from backend.write.credit_notes import CancelInvoice
from backend.write.execute import Receipt, execute
from backend.write.invoices.draft import DraftInvoice, WantedContent, WantedLine
from backend.write.invoices.issue import IssueInvoice
from backend.write.payments import RegisterPayment
from tests.given.federation import Federation


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """An invoice somebody got. Its total is what the lines come to with 25 % VAT."""

    invoice_id: InvoiceId
    debtor_id: DebtorId
    number: str
    total_minor: int


async def a_drafted_invoice(
    federation: Federation, *prices: str, debtor_id: DebtorId | None = None, **content: Any
) -> tuple[InvoiceId, DebtorId]:
    """A draft to a member, with one line for each price (400 kronor unless said otherwise), or with this content."""
    invoice_id, debtor = InvoiceId(federation.write.new_id()), debtor_id or await federation.a_member()
    lines = tuple(WantedLine(description="Licens senior", unit_price=Decimal(price)) for price in prices or ("400",))
    draft = DraftInvoice(
        invoice_id=invoice_id,
        issuer_id=federation.issuer_id,
        debtor_id=debtor,
        content=WantedContent(**({"lines": lines} | content)),
    )
    await execute(federation.write, federation.system, draft)
    return invoice_id, debtor


async def an_issued_invoice(
    federation: Federation,
    *prices: str,
    debtor_id: DebtorId | None = None,
    deliver: bool = False,
    attachments: tuple[Attachment, ...] = (),
) -> Issued:
    """A draft that was issued today."""
    invoice_id, debtor = await a_drafted_invoice(federation, *prices, debtor_id=debtor_id, attachments=attachments)
    receipt = await execute(federation.write, federation.system, IssueInvoice(invoice_id=invoice_id, deliver=deliver))
    return Issued(
        invoice_id=invoice_id,
        debtor_id=debtor,
        number=str(receipt.answer["number"]),
        total_minor=int(receipt.answer["total_minor"]),
    )


def a_wanted_payment(invoice_id: InvoiceId, amount_minor: int, **changes: Any) -> RegisterPayment:
    said = {
        "payment_id": PaymentId(uuid4()),
        "invoice_id": invoice_id,
        "amount_minor": amount_minor,
        "currency": "SEK",
        "method": "bankgiro",
        "received_on": date(2026, 11, 20),
    }
    return RegisterPayment(**(said | changes))


async def it_was_paid(
    federation: Federation, invoice: Issued, amount_minor: int | None = None, **changes: Any
) -> Receipt:
    """Money arrived for it: all of it, or so much."""
    wanted = a_wanted_payment(
        invoice.invoice_id,
        invoice.total_minor if amount_minor is None else amount_minor,
        payment_id=PaymentId(federation.write.new_id()),
        **changes,
    )
    return await execute(federation.write, federation.system, wanted)


async def it_was_cancelled(federation: Federation, invoice: Issued, reason: str = "wrong club") -> Receipt:
    command = CancelInvoice(
        credit_note_id=CreditNoteId(federation.write.new_id()), invoice_id=invoice.invoice_id, reason=reason
    )
    return await execute(federation.write, federation.system, command)
